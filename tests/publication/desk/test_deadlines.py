"""How a deadline was counted, in days and in words."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from intranet.organisation.models import CalendarDay
from intranet.organisation.working_days import WorkingCalendar
from intranet.publication.deadlines import Deadlines, due_on
from tests.factories import draft_matter

AUTUMN = date(2024, 9, 10)


@pytest.fixture
def autumn(bureau):
    """The deadline of the specification's own example."""
    return due_on(draft_matter(bureau.licensing, formed_on=AUTUMN))


def test_holidays_are_told_in_runs_with_their_weekends(autumn):
    runs = ((date(2024, 9, 15), date(2024, 9, 17)), (date(2024, 10, 1), date(2024, 10, 7)))
    assert autumn.derivation.holidays == runs


def test_weekend_days_made_up_are_told(autumn):
    assert autumn.derivation.made_up == (date(2024, 9, 14), date(2024, 9, 29), date(2024, 10, 12))


def test_the_count_is_told_in_words(autumn):
    with translation.override("en"):
        assert autumn.counted == (
            "formed on Sept. 10, 2024, 20 working days, "
            "holidays: September 15–September 17; October 1–October 7, "
            "weekend days made up: September 14; September 29; October 12: due on Oct. 14, 2024"
        )


def test_the_count_is_told_in_chinese(autumn):
    with translation.override("zh-hans"):
        assert autumn.counted == (
            "2024年9月10日 形成，20 个工作日，节假日：9月15日–9月17日、10月1日–10月7日，"
            "调休上班：9月14日、9月29日、10月12日：应于 2024年10月14日 前公开"
        )


def test_what_the_office_entered_is_told_like_the_rest(bureau):
    CalendarDay.objects.create(day=date(2024, 9, 11), is_working=False, reason="州庆")
    CalendarDay.objects.create(day=date(2024, 9, 21), is_working=True, reason="补班")
    derivation = due_on(draft_matter(bureau.licensing, formed_on=AUTUMN)).derivation
    assert (date(2024, 9, 11), date(2024, 9, 11)) in derivation.holidays
    assert date(2024, 9, 21) in derivation.made_up


def test_matters_of_many_categories_take_two_queries(bureau, django_assert_num_queries):
    matters = [draft_matter(bureau.licensing, category=code) for code in ("E1", "E2", "E3", "E4")]
    with django_assert_num_queries(2):
        deadlines = Deadlines()
        assert all(deadlines.of(matter.category_id, matter.formed_on) for matter in matters)


class TestDaysLeft(TestCase):
    @given(st.dates(date(2004, 1, 1), date(2028, 12, 31)), st.integers(0, 40))
    @settings(max_examples=100, deadline=None)
    def test_as_many_are_left_as_were_counted(self, start, days):
        calendar = WorkingCalendar()
        assert calendar.working_days_until(start, calendar.working_days_after(start, days).on) == days

    @given(st.dates(date(2004, 1, 1), date(2028, 12, 31)), st.integers(1, 60))
    @settings(max_examples=100, deadline=None)
    def test_what_has_passed_is_less_than_nothing(self, day, days):
        assert WorkingCalendar().working_days_until(day + timedelta(days=days), day) <= 0

    @given(st.dates(date(2004, 1, 1), date(2026, 10, 1)), st.integers(1, 60))
    @settings(max_examples=100, deadline=None)
    def test_holidays_are_rest_and_days_made_up_are_work(self, start, days):
        calendar = WorkingCalendar()
        derivation = calendar.derivation(start, start + timedelta(days=days))
        assert all(calendar.is_working_day(day) for day in derivation.made_up)
        assert not any(calendar.is_working_day(day) for run in derivation.holidays for day in run)
