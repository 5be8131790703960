"""A post, and nothing but a post, makes a person part of a department; by date, without anybody running anything."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from guardian.shortcuts import get_groups_with_perms

from intranet.access.rights import Right, holders, may
from intranet.access.tokens import tokens_of
from intranet.organisation.membership import groups_of
from intranet.organisation.models import Department, DepartmentGroup, Post, User
from tests.factories import DepartmentFactory, PostFactory, UserFactory, draft_matter, person_in


def group_names(person: User) -> set[str]:
    return {group.name for group in groups_of(person)}


def history_of(post: Post) -> str:
    return reverse("wagtailsnippets_organisation_post:history", args=[post.pk])


def post_form(bureau, **changes) -> dict:
    """What the office posts once it has seen what the post changes."""
    return {
        "effect_confirmed": "1",
        "person": bureau.cadre.pk,
        "department": bureau.finance.pk,
        "kind": "member",
        "starts_on": "2026-01-05",
        "ends_on": "",
        "responsibilities": "",
        **changes,
    }


# What a post gives


def test_an_account_without_a_post_is_in_no_group(db):
    assert group_names(UserFactory()) == set()


def test_a_post_puts_its_holder_into_the_departments_groups(bureau):
    PostFactory(person=bureau.cadre2, department=bureau.licensing, kind=Post.Kind.LIAISON)
    assert {"licensing: members", "licensing: liaisons"} <= group_names(bureau.cadre2)


def test_a_post_writes_the_group_rows_at_once(bureau):
    person = UserFactory()
    PostFactory(person=person, department=bureau.licensing, kind=Post.Kind.HEAD)
    assert set(person.groups.values_list("name", flat=True)) == {"licensing: members", "licensing: heads"}


def test_a_new_department_has_a_group_for_every_role(db):
    department = DepartmentFactory(code="dispatch")
    assert department.department_groups.count() == len(DepartmentGroup.Role)


@pytest.mark.parametrize(
    ("kind", "right"),
    [
        (Post.Kind.HEAD, Right.APPROVE_MATTERS),
        (Post.Kind.DEPUTY_HEAD, Right.APPROVE_MATTERS),
        (Post.Kind.LIAISON, Right.DRAFT_MATTERS),
        (Post.Kind.SECRECY_REVIEWER, Right.REVIEW_SECRECY),
        (Post.Kind.CLERK, Right.HANDLE_CASES),
        (Post.Kind.HEAD, Right.HANDLE_CASES),
        (Post.Kind.HEAD, Right.DECIDE_CASES),
        (Post.Kind.MEMBER, Right.READ_INTERNAL),
    ],
)
def test_a_post_gives_its_right_on_its_department(bureau, kind, right):
    assert may(person_in(bureau.licensing, kind), right, bureau.licensing)


@pytest.mark.parametrize("right", [right for right in Right if right != Right.READ_INTERNAL])
def test_a_member_has_no_right_but_to_read(bureau, right):
    assert not may(bureau.cadre, right, bureau.licensing)


@pytest.mark.parametrize("right", Right)
def test_a_post_gives_nothing_on_another_department(bureau, right):
    assert not may(bureau.head, right, bureau.finance)


def test_rights_are_granted_to_groups_and_not_to_people(bureau):
    with_rights = get_groups_with_perms(bureau.licensing)
    assert {group.department_group.department for group in with_rights} == {bureau.licensing}


def test_several_posts_give_what_each_of_them_gives(bureau):
    PostFactory(person=bureau.liaison, department=bureau.finance, kind=Post.Kind.HEAD)
    assert (
        may(bureau.liaison, Right.DRAFT_MATTERS, bureau.licensing),
        may(bureau.liaison, Right.APPROVE_MATTERS, bureau.licensing),
        may(bureau.liaison, Right.APPROVE_MATTERS, bureau.finance),
    ) == (True, False, True)


def test_of_two_posts_the_end_of_one_leaves_the_other(bureau, yesterday):
    second = PostFactory(person=bureau.liaison, department=bureau.finance, kind=Post.Kind.HEAD)
    Post.objects.filter(pk=second.pk).update(ends_on=yesterday)
    assert group_names(bureau.liaison) == {"licensing: members", "licensing: liaisons"}


# When it begins and ends


def test_a_post_that_begins_tomorrow_gives_no_group_yet(bureau, tomorrow):
    person = UserFactory()
    PostFactory(person=person, department=bureau.licensing, kind=Post.Kind.HEAD, starts_on=tomorrow)
    assert (person.groups.exists(), group_names(person)) == (False, set())


def test_a_post_that_begins_today_gives_its_groups(bureau, today):
    person = PostFactory(department=bureau.licensing, starts_on=today).person
    assert group_names(person) == {"licensing: members"}


def test_a_deleted_post_takes_its_groups_along(bureau):
    bureau.head.posts.get().delete()
    assert not bureau.head.groups.exists()


def test_a_post_whose_last_day_passed_gives_no_group_though_the_row_is_there(bureau, yesterday):
    bureau.head.posts.update(ends_on=yesterday)
    assert (bureau.head.groups.exists(), group_names(bureau.head)) == (True, set())


def test_who_left_yesterday_is_no_holder_of_the_right(bureau, yesterday):
    bureau.head.posts.update(ends_on=yesterday)
    assert bureau.head not in holders(Right.APPROVE_MATTERS, bureau.licensing)


def test_the_admin_is_closed_from_the_day_after_the_last(bureau, client, yesterday):
    client.force_login(bureau.liaison)
    bureau.liaison.posts.update(ends_on=yesterday)
    assert client.get("/admin/").status_code != 200


def test_a_draft_is_closed_from_the_day_after_the_last(bureau, client, yesterday):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    client.force_login(bureau.liaison)
    bureau.liaison.posts.update(ends_on=yesterday)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[matter.pk])).status_code != 200


def test_the_first_request_on_the_first_day_opens_the_admin(bureau, client, today, tomorrow):
    person = UserFactory()
    post = PostFactory(person=person, department=bureau.licensing, kind=Post.Kind.LIAISON, starts_on=tomorrow)
    Post.objects.filter(pk=post.pk).update(starts_on=today)
    client.force_login(person)
    assert client.get("/admin/").status_code == 200


def test_a_closed_accounts_posts_give_nothing(bureau):
    bureau.head.is_active = False
    bureau.head.save()
    assert (group_names(bureau.head), tokens_of(bureau.head)) == (set(), {"public"})


def test_a_renamed_group_still_follows_the_posts(bureau):
    Group.objects.filter(name="licensing: heads").update(name="许可科负责人")
    assert "许可科负责人" in group_names(bureau.head)


# What a post must be


def test_a_post_does_not_end_before_it_begins(bureau, today, yesterday):
    with pytest.raises(IntegrityError), transaction.atomic():
        PostFactory(department=bureau.licensing, starts_on=today, ends_on=yesterday)


def test_a_post_may_be_of_one_day(bureau, today):
    assert PostFactory(department=bureau.licensing, starts_on=today, ends_on=today).pk


def test_departments_have_two_levels(bureau):
    section = DepartmentFactory(code="licensing-review", parent=bureau.licensing)
    with pytest.raises(ValidationError) as refused:
        Department(code="third", name_zh="三级", parent=section).full_clean()
    assert set(refused.value.message_dict) == {"parent"}


# What the office does in the admin


def test_the_office_gives_a_post_in_the_admin(bureau, client):
    client.force_login(bureau.office)
    client.post(reverse("wagtailsnippets_organisation_post:add"), post_form(bureau))
    assert bureau.cadre.posts.filter(department=bureau.finance).exists()


def test_the_office_is_told_of_a_post_that_ends_before_it_begins(bureau, client):
    client.force_login(bureau.office)
    response = client.post(
        reverse("wagtailsnippets_organisation_post:add"),
        post_form(bureau, starts_on="2026-02-01", ends_on="2026-01-01"),
    )
    assert (response.status_code, bool(response.context["form"].errors)) == (200, True)


def test_the_history_of_a_post_says_who_ended_it(bureau, client):
    post = bureau.cadre.posts.get()
    client.force_login(bureau.office)
    form = post_form(bureau, department=bureau.licensing.pk, starts_on="2025-01-06", ends_on="2026-06-30")
    client.post(reverse("wagtailsnippets_organisation_post:edit", args=[post.pk]), form)
    assert str(bureau.office) in client.get(history_of(post)).content.decode()


def test_a_liaison_officer_gives_no_post(bureau, client):
    client.force_login(bureau.liaison)
    client.post(reverse("wagtailsnippets_organisation_post:add"), post_form(bureau))
    assert not bureau.cadre.posts.filter(department=bureau.finance).exists()


def test_nobody_deletes_a_post_in_the_admin_but_a_superuser(bureau, client):
    post = bureau.cadre.posts.get()
    client.force_login(bureau.office)
    client.post(reverse("wagtailsnippets_organisation_post:delete", args=[post.pk]))
    assert Post.objects.filter(pk=post.pk).exists()
