"""No version goes live on one person's word: each step of its review is decided by another person."""

import pytest
from django.urls import reverse
from django.utils import timezone

from intranet.access.delegating import delegate
from intranet.access.rights import Right, may, works_at_the_desk
from intranet.organisation.models import Department, Post
from intranet.publication.approval import ApprovalRefused, current_step, return_to_author
from intranet.publication.awaiting import awaiting, open_steps
from intranet.publication.deciders import find_deciders
from intranet.publication.desk.bureau import unmanned_of
from tests.factories import PostFactory, approve, draft_matter, fresh, person_in, submit


@pytest.fixture
def both(bureau):
    """Reviews secrecy and heads licensing, as in a small bureau."""
    PostFactory(person=bureau.head, department=bureau.licensing, kind=Post.Kind.SECRECY_REVIEWER)
    return bureau.head


def submitted(bureau, *, category="E1"):
    """Of a category whose route asks for the office, unless another is given."""
    matter = draft_matter(bureau.licensing, category=category, type_code="notice", author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    return fresh(matter)


def deciders(matter):
    return find_deciders(current_step(fresh(matter)).task.specific, fresh(matter))


def test_who_reviewed_does_not_approve_as_head(bureau, both):
    matter = submitted(bureau)
    approve(matter, by=both)
    with pytest.raises(ApprovalRefused, match="approved an earlier step"):
        approve(fresh(matter), by=both)


def test_the_deputy_approves_what_the_head_reviewed(bureau, both):
    deputy = person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
    matter = submitted(bureau)
    approve(matter, by=both)
    assert deciders(matter).keys == {deputy.pk}


def test_the_office_stands_in_where_the_one_head_reviewed(bureau, both):
    matter = submitted(bureau)
    approve(matter, by=both)
    found = deciders(matter)
    assert (found.keys, found.stands_in) == ({bureau.office.pk}, True)


def test_what_one_decided_before_is_not_on_the_own_desk(bureau, both):
    matter = submitted(bureau)
    approve(matter, by=both)
    assert matter.pk not in {step.matter.pk for step in awaiting(both)}


def test_who_stood_in_for_a_head_does_not_decide_the_offices_step(bureau, yesterday):
    second = person_in(bureau.office_unit, Post.Kind.OFFICE_STAFF)
    bureau.head.posts.update(ends_on=yesterday)
    matter = submitted(bureau)
    approve(matter, by=bureau.reviewer)
    approve(fresh(matter), by=bureau.office)
    assert deciders(matter).keys == {second.pk}


def test_a_step_for_which_nobody_remains_is_listed_as_one_that_nobody_decides(bureau, yesterday):
    bureau.head.posts.update(ends_on=yesterday)
    matter = submitted(bureau)
    approve(matter, by=bureau.reviewer)
    approve(fresh(matter), by=bureau.office)
    unmanned = unmanned_of(open_steps(Department.objects.all()))
    assert [(step.matter.pk, step.deciders.keys) for step in unmanned] == [(matter.pk, frozenset())]


def test_the_desk_of_the_office_says_that_nobody_can_decide(bureau, client, yesterday):
    bureau.head.posts.update(ends_on=yesterday)
    matter = submitted(bureau)
    approve(matter, by=bureau.reviewer)
    approve(fresh(matter), by=bureau.office)
    client.force_login(bureau.office)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert ("nobody can decide" in page, "approved an earlier step" in page) == (True, True)


def test_nobody_comes_back_to_a_second_step_as_a_stand_in(bureau):
    today = timezone.localdate()
    delegate(bureau.head.posts.get(), to=bureau.reviewer, starts_on=today, ends_on=today, by=bureau.head)
    matter = submitted(bureau)
    approve(matter, by=bureau.reviewer)
    assert deciders(matter).keys == {bureau.head.pk}


def test_a_newer_version_is_decided_on_anew_by_anybody(bureau, both):
    deputy = person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
    matter = submitted(bureau)
    approve(matter, by=both)
    return_to_author(fresh(matter), by=deputy, comment="改")
    again = fresh(matter)
    again.save_revision(user=bureau.liaison)
    submit(again, by=bureau.liaison)
    assert deciders(matter).keys == {both.pk}


def test_three_people_bring_a_matter_of_the_offices_route_up(bureau):
    matter = submitted(bureau)
    for person in (bureau.reviewer, bureau.head, bureau.office):
        approve(fresh(matter), by=person)
    assert fresh(matter).live


@pytest.mark.parametrize(
    ("kind", "acts"),
    [
        (Post.Kind.OFFICE_STAFF, True),
        (Post.Kind.HEAD, True),
        (Post.Kind.DEPUTY_HEAD, True),
        (Post.Kind.SECRECY_REVIEWER, False),
        (Post.Kind.LIAISON, False),
        (Post.Kind.MEMBER, False),
    ],
)
def test_the_offices_staff_and_heads_act_for_it(bureau, kind, acts):
    person = person_in(bureau.office_unit, kind)
    rights = may(person, Right.APPROVE_FOR_OFFICE, bureau.office_unit), person.has_perm("organisation.change_post")
    assert rights == (acts, acts)


@pytest.mark.parametrize(("kind", "works"), [(Post.Kind.OFFICE_STAFF, True), (Post.Kind.MEMBER, False)])
def test_who_acts_for_the_office_works_at_the_desk(bureau, kind, works):
    assert works_at_the_desk(person_in(bureau.office_unit, kind)) is works


def test_staff_of_the_office_in_another_unit_are_its_members_and_no_more(bureau):
    person = person_in(bureau.finance, Post.Kind.OFFICE_STAFF)
    assert (works_at_the_desk(person), person.has_perm("organisation.change_post")) == (False, False)
