"""Who handles and reads cases: the hall's clerks all, a department's handlers and head its own, nobody else any."""

import pytest
from django.utils import timezone

from intranet.access.delegating import delegate
from intranet.access.handling import Actor, actors_of, reach_of
from intranet.organisation.models import Post
from tests.factories import DepartmentFactory, UserFactory, person_in


@pytest.fixture
def hall(db):
    return DepartmentFactory(code="hall", kind="hall", name_zh="窗口")


def test_a_clerk_of_the_hall_reads_the_cases_of_all_departments(bureau, hall):
    assert reach_of(person_in(hall, Post.Kind.CLERK)).everywhere


def test_a_clerk_of_a_department_reads_its_own_cases(bureau):
    reach = reach_of(person_in(bureau.licensing, Post.Kind.CLERK))
    assert (reach.everywhere, reach.departments) == (False, {bureau.licensing.pk})


def test_a_head_handles_and_decides_in_the_own_department(bureau):
    assert actors_of(bureau.head, bureau.licensing) == {Actor.HANDLER, Actor.HEAD}


def test_a_head_is_nobody_in_another_department(bureau):
    assert actors_of(bureau.head, bureau.finance) == frozenset()


def test_who_stands_in_for_a_head_decides_and_handles_nothing(bureau):
    other, today = person_in(bureau.finance, Post.Kind.HEAD), timezone.localdate()
    delegate(bureau.head.posts.get(), to=other, starts_on=today, ends_on=today, by=bureau.office)
    assert actors_of(other, bureau.licensing) == {Actor.HEAD}


@pytest.mark.parametrize("name", ["cadre", "liaison", "office", "leader", "reviewer"])
def test_no_other_cadre_reads_any_case(bureau, hall, name):
    reach = reach_of(getattr(bureau, name))
    assert (reach.everywhere, reach.departments) == (False, frozenset())


def test_a_superuser_without_a_post_reads_no_case(bureau, hall):
    reach = reach_of(UserFactory(is_superuser=True))
    assert (reach.everywhere, reach.departments) == (False, frozenset())
