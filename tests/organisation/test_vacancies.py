"""Every department has a head and a liaison officer, or the leading group's office is warned until it has."""

import pytest

from intranet.organisation.models import Post
from intranet.organisation.vacancies import departments_with_several_heads, vacancies
from tests.factories import DepartmentFactory, PostFactory, person_in


def missing(**options) -> set[tuple[str, str]]:
    return {(vacancy.department.code, vacancy.kind) for vacancy in vacancies(**options)}


def first_page(client, person) -> str:
    client.force_login(person)
    response = client.get("/admin/")
    return response.content.decode() if response.status_code == 200 else ""


def test_a_department_with_both_is_not_named(bureau):
    assert not [code for code, _kind in missing() if code == "licensing"]


def test_a_department_with_neither_is_named_for_both(bureau):
    assert {("finance", "head"), ("finance", "liaison")} <= missing()


def test_a_deputy_head_is_no_head(bureau):
    person_in(bureau.finance, Post.Kind.DEPUTY_HEAD)
    assert ("finance", "head") in missing()


def test_the_warning_ends_when_the_post_is_filled(bureau):
    person_in(bureau.finance, Post.Kind.HEAD)
    assert ("finance", "head") not in missing()


def test_the_warning_begins_on_the_day_after_the_last(bureau, today, tomorrow):
    bureau.head.posts.update(ends_on=today)
    assert (("licensing", "head") in missing(), ("licensing", "head") in missing(on=tomorrow)) == (False, True)


def test_a_head_who_begins_tomorrow_does_not_fill_the_post_today(bureau, tomorrow):
    PostFactory(department=bureau.finance, kind=Post.Kind.HEAD, starts_on=tomorrow)
    assert ("finance", "head") in missing()


@pytest.mark.parametrize("kind", ["leading_group", "leading_group_office", "hall", "discipline"])
def test_units_that_are_no_department_need_neither(bureau, kind):
    unit = DepartmentFactory(code="unit", kind=kind)
    assert not [code for code, _kind in missing() if code == unit.code]


@pytest.mark.parametrize("words", ["Department finance: no head of department", "Department finance: no liaison"])
def test_the_office_is_warned_on_its_first_page(bureau, client, words):
    assert words in first_page(client, bureau.office)


def test_the_office_is_shown_where_to_enter_the_post(bureau, client):
    assert "/snippets/organisation/post/add/" in first_page(client, bureau.office)


def test_the_office_is_told_when_nobody_is_missing(bureau, client):
    for kind in (Post.Kind.HEAD, Post.Kind.LIAISON):
        person_in(bureau.finance, kind)
    assert "Every department has a head and a liaison officer." in first_page(client, bureau.office)


@pytest.mark.parametrize("kind", [Post.Kind.LIAISON, Post.Kind.HEAD, Post.Kind.SECRECY_REVIEWER])
def test_others_who_work_in_the_admin_are_not_shown_it(bureau, client, kind):
    page = first_page(client, person_in(bureau.licensing, kind))
    assert (bool(page), "Department finance: no" in page) == (True, False)


def test_a_cadre_has_no_first_page(bureau, client):
    assert first_page(client, bureau.cadre) == ""


def test_a_department_with_two_heads_is_named(bureau):
    person_in(bureau.licensing, Post.Kind.HEAD)
    assert [department.code for department in departments_with_several_heads()] == ["licensing"]


def test_one_head_with_two_posts_is_one_head(bureau, today):
    PostFactory(person=bureau.head, department=bureau.licensing, kind=Post.Kind.HEAD, starts_on=today)
    assert departments_with_several_heads() == []


def test_a_head_who_ended_yesterday_is_no_second_head(bureau, yesterday):
    PostFactory(department=bureau.licensing, kind=Post.Kind.HEAD, ends_on=yesterday)
    assert departments_with_several_heads() == []


def test_the_office_sees_two_heads(client, bureau):
    person_in(bureau.licensing, Post.Kind.HEAD)
    assert "more than one head" in first_page(client, bureau.office)
