"""Tables that a process keeps: current at each reading, and those of one moment within one search."""

import pytest

from search.kept import Kept, one_moment, stamp_anew

pytestmark = pytest.mark.django_db


@pytest.fixture
def readings():
    return iter(range(100))


@pytest.fixture
def kept(readings):
    stamp_anew()
    return Kept(lambda: next(readings))


def test_what_nobody_changed_is_read_once(kept):
    assert [kept.current(), kept.current()] == [0, 0]


def test_what_was_changed_is_read_anew(kept):
    kept.current()
    stamp_anew()
    assert kept.current() == 1


def test_within_one_moment_the_database_is_asked_once(kept, django_assert_num_queries):
    kept.current()
    with django_assert_num_queries(1), one_moment(), one_moment():
        assert [kept.current(), kept.current()] == [0, 0]


def test_a_change_counts_from_the_next_moment_on(kept):
    with one_moment():
        kept.current()
        stamp_anew()
        assert kept.current() == 0
    with one_moment():
        assert kept.current() == 1


def test_a_moment_ends_where_something_fails(kept):
    with pytest.raises(ZeroDivisionError), one_moment():
        kept.current()
        raise ZeroDivisionError
    stamp_anew()
    assert kept.current() == 1
