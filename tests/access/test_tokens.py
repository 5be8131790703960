"""What a reader carries, and that it follows today's posts."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone

from intranet.access.rights import Right, may
from intranet.access.tokens import tokens_of
from intranet.organisation.membership import synchronise
from tests.factories import DepartmentFactory, PostFactory, UserFactory


def test_a_visitor_carries_the_public_token_alone():
    assert tokens_of(AnonymousUser()) == {"public"}


def test_an_account_without_a_post_carries_no_more_than_a_visitor(db):
    assert tokens_of(UserFactory()) == {"public"}


def test_a_cadre_carries_staff_own_department_and_self(bureau):
    assert {"public", "staff", "department:licensing", f"user:{bureau.cadre.pk}"} <= tokens_of(bureau.cadre)


def test_a_cadre_carries_no_other_department(bureau):
    assert "department:finance" not in tokens_of(bureau.cadre)


def test_a_cadre_is_not_of_the_leading_group(bureau):
    assert "leaders" not in tokens_of(bureau.cadre)


def test_a_member_of_the_leading_group_carries_leaders(bureau):
    assert "leaders" in tokens_of(bureau.leader)


def test_a_sections_people_belong_to_the_department_above_it(bureau):
    section = DepartmentFactory(code="licensing-review", parent=bureau.licensing)
    person = PostFactory(department=section).person
    assert "department:licensing" in tokens_of(person)


def test_the_department_above_does_not_belong_to_its_section(bureau):
    DepartmentFactory(code="licensing-review", parent=bureau.licensing)
    assert "department:licensing-review" not in tokens_of(bureau.cadre)


def test_a_closed_account_carries_the_public_token_alone(bureau):
    bureau.cadre.is_active = False
    assert tokens_of(bureau.cadre) == {"public"}


@pytest.fixture
def today():
    return timezone.localdate()


def test_a_post_holds_on_its_last_day(bureau, today):
    bureau.cadre.posts.update(ends_on=today)
    assert "staff" in tokens_of(bureau.cadre)


def test_a_post_that_ended_yesterday_gives_nothing(bureau, today):
    bureau.cadre.posts.update(ends_on=today - timedelta(days=1))
    assert tokens_of(bureau.cadre) == {"public"}


def test_a_post_that_begins_tomorrow_gives_nothing_yet(db, today):
    person = PostFactory(starts_on=today + timedelta(days=1)).person
    assert tokens_of(person) == {"public"}


def test_the_right_to_approve_ends_with_the_post(bureau, today):
    bureau.head.posts.update(ends_on=today - timedelta(days=1))
    assert not may(bureau.head, Right.APPROVE_MATTERS, bureau.licensing)


def test_a_request_takes_an_ended_posts_groups_away(bureau, client, today):
    client.force_login(bureau.head)
    bureau.head.posts.update(ends_on=today - timedelta(days=1))
    client.get("/login/")
    assert not bureau.head.groups.exists()


def test_group_rows_added_behind_the_posts_are_taken_away(bureau):
    heads = Group.objects.get(name="licensing: heads")
    bureau.cadre.groups.add(heads)
    synchronise(bureau.cadre)
    assert heads not in bureau.cadre.groups.all()


def test_group_rows_added_behind_the_posts_give_no_right(bureau):
    bureau.cadre.groups.add(Group.objects.get(name="licensing: heads"))
    assert not may(bureau.cadre, Right.APPROVE_MATTERS, bureau.licensing)


def test_a_groups_own_members_carry_its_token(bureau):
    group = Group.objects.create(name="党支部")
    bureau.cadre.groups.add(group)
    assert f"group:{group.pk}" in tokens_of(bureau.cadre)
