"""Who may do what, as one table: what is in it, where it comes from, who sees which part."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from guardian.shortcuts import assign_perm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.access.delegating import delegate, end_early
from intranet.access.rights import Right, deciding_rights_of, rights_of
from intranet.access.rights_table import Source, rights_table
from intranet.audit.models import AuditEntry
from intranet.organisation.closing import close_account
from intranet.organisation.models import Delegation, Post, User
from tests.factories import PostFactory, UserFactory, person_in

TODAY = timezone.localdate


def of(person, *, on=None):
    """The person's rights by the table: pairs of right and department."""
    return {
        (right, holding.department.pk) for holding in rights_table(on, people=[person.pk]) for right in holding.rights
    }


def by_the_rule(person):
    fresh = User.objects.get(pk=person.pk)
    return {(right, key) for right, keys in deciding_rights_of(fresh).items() for key in keys}


def test_the_table_says_of_everybody_what_the_rule_says(bureau):
    everybody = User.objects.all()
    assert {person: of(person) for person in everybody} == {person: by_the_rule(person) for person in everybody}


POSTS = st.lists(
    st.tuples(st.sampled_from(Post.Kind.values), st.integers(0, 3), st.integers(-3, 3), st.integers(0, 4)), max_size=6
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posts=POSTS)
def test_whatever_posts_somebody_holds_table_and_rule_agree(bureau, posts):
    person = UserFactory()
    units = [bureau.licensing, bureau.finance, bureau.office_unit, bureau.leading_group]
    for kind, unit, starts, length in posts:
        first = TODAY() + timedelta(days=starts)
        last = first + timedelta(days=length)
        PostFactory(person=person, department=units[unit], kind=kind, starts_on=first, ends_on=last)
    assert of(person) == by_the_rule(person)


def test_a_stand_in_is_in_the_table_with_whom_they_stand_in_for(bureau):
    other = person_in(bureau.finance, Post.Kind.HEAD)
    delegate(bureau.head.posts.get(), to=other, starts_on=TODAY(), ends_on=TODAY(), by=bureau.office)
    (holding,) = [row for row in rights_table(people=[other.pk]) if row.source == Source.DELEGATION]
    assert (holding.department, holding.rights, str(bureau.head) in holding.why) == (
        bureau.licensing,
        {Right.APPROVE_MATTERS, Right.DECIDE_CASES},
        True,
    )


def test_a_right_that_was_given_to_a_group_by_hand_stands_out(bureau):
    group = Group.objects.create(name="手工组")
    assign_perm("organisation.approve_matters", group, bureau.licensing)
    bureau.cadre2.groups.add(group)
    (holding,) = [row for row in rights_table(people=[bureau.cadre2.pk]) if row.source == Source.GROUP]
    assert (holding.rights, "手工组" in holding.why) == ({"approve_matters"}, True)


def test_the_table_of_another_day_is_of_its_posts(bureau, yesterday):
    bureau.head.posts.update(ends_on=yesterday)
    assert (of(bureau.head), bool(of(bureau.head, on=yesterday))) == (set(), True)


def test_of_a_day_that_is_over_it_says_what_was_so(bureau, yesterday):
    """An account that was closed since, and a delegation that was ended since, held on it."""
    head, before = bureau.head, yesterday - timedelta(days=1)
    stand_in = person_in(bureau.finance, Post.Kind.HEAD, username="stand-in")
    made = delegate(head.posts.get(), to=stand_in, starts_on=TODAY(), ends_on=TODAY(), by=head)
    Delegation.objects.filter(pk=made.pk).update(starts_on=before)
    was = of(head, on=before), of(stand_in, on=before)
    end_early(made, by=head)
    close_account(head, by=bureau.office)
    assert (of(head, on=before), of(stand_in, on=before)) == was
    assert (of(head), bool(was[0])) == (set(), True)


def test_a_superuser_stands_in_the_table_without_any_decision(bureau, admin_user):
    (holding,) = rights_table(people=[admin_user.pk])
    assert (holding.source, holding.rights) == (Source.SUPERUSER, frozenset())


def test_a_closed_account_holds_nothing(bureau):
    User.objects.filter(pk=bureau.head.pk).update(is_active=False)
    assert of(bureau.head) == set()


def test_the_table_takes_a_fixed_number_of_queries(bureau, django_assert_max_num_queries):
    for _each in range(10):
        person_in(bureau.finance)
    with django_assert_max_num_queries(10):
        rights_table()


def shown(client, reader, /, **asked):
    client.force_login(reader)
    response = client.get(reverse("rights:table"), asked)
    content = b"".join(response) if response.streaming else response.content
    return response.status_code, content.decode(errors="replace")


def test_the_office_sees_everybody(bureau, client):
    text = shown(client, bureau.office)[1]
    assert all(str(person) in text for person in (bureau.head, bureau.cadre, bureau.leader))


def test_a_head_sees_the_own_rights_alone(bureau, client):
    text = shown(client, bureau.head)[1].split("<tbody>")[1]
    assert (str(bureau.head) in text, str(bureau.liaison) in text) == (True, False)


def test_it_is_not_for_who_does_not_work_at_the_desk(bureau, client):
    assert shown(client, bureau.cadre)[0] == 302


@pytest.mark.parametrize(
    ("asked", "seen", "not_seen"),
    [
        ({"right": "approve_matters"}, "head", "cadre2"),
        ({"person": "cadre2"}, "cadre2", "head"),
    ],
)
def test_it_is_filtered(bureau, client, asked, seen, not_seen):
    text = shown(client, bureau.office, **asked)[1].split("<tbody>")[1]
    assert (str(getattr(bureau, seen)) in text, str(getattr(bureau, not_seen)) in text) == (True, False)


def test_it_is_filtered_by_department(bureau, client):
    text = shown(client, bureau.office, department=bureau.finance.pk)[1].split("<tbody>")[1]
    assert (str(bureau.cadre2) in text, str(bureau.head) in text) == (True, False)


def test_it_says_that_nobody_is_left_after_a_filter(bureau, client):
    assert "Take a filter off" in shown(client, bureau.office, person="nobody at all")[1]


def test_it_is_taken_away_a_line_a_right(bureau, client):
    lines = shown(client, bureau.office, export="csv")[1].splitlines()
    assert len([line for line in lines if line.split(",")[1] == "head"]) == 5


def test_taking_it_away_is_recorded(bureau, client):
    shown(client, bureau.office, export="csv")
    assert AuditEntry.objects.filter(action="rights.export", person=bureau.office.pk).exists()


def test_rights_without_delegations_are_those_of_the_posts_alone(bureau):
    other = person_in(bureau.finance, Post.Kind.HEAD)
    delegate(bureau.head.posts.get(), to=other, starts_on=TODAY(), ends_on=TODAY(), by=bureau.head)
    assert bureau.licensing.pk not in rights_of(other)[Right.APPROVE_MATTERS]
