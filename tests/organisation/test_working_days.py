"""Working days: the published calendar, the office's entries before it, and weekends where nobody entered a year."""

from datetime import date, timedelta

import pytest
from chinese_calendar.constants import holidays, workdays
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.organisation.models import CalendarDay
from intranet.organisation.working_days import WorkingCalendar


def after(start: str, days: int) -> str:
    return WorkingCalendar().working_days_after(date.fromisoformat(start), days).on.isoformat()


def enter(day: str, *, is_working: bool) -> None:
    CalendarDay.objects.create(day=date.fromisoformat(day), is_working=is_working, reason="office")


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2024-09-10", 20, "2024-10-14"),
        ("2025-01-20", 5, "2025-01-26"),
        ("2025-01-20", 7, "2025-02-05"),
        ("2026-01-01", 20, "2026-01-29"),
    ],
)
def test_the_specifications_own_examples(db, start, days, due):
    assert after(start, days) == due


def test_the_day_itself_does_not_count(db):
    assert after("2026-03-02", 1) == "2026-03-03"


def test_no_days_is_the_day_itself(db):
    assert after("2026-03-02", 0) == "2026-03-02"


def test_a_holiday_moved_to_a_sunday_makes_that_sunday_count(db):
    assert WorkingCalendar().is_working_day(date(2025, 1, 26))


def test_a_year_that_nobody_entered_says_so(db):
    assert WorkingCalendar().working_days_after(date(2031, 3, 3), 5).estimated


def test_a_year_that_nobody_entered_counts_weekends_alone(db):
    assert after("2031-09-29", 5) == "2031-10-06"


def test_a_count_that_only_runs_into_an_unknown_year_says_so(db):
    assert WorkingCalendar().working_days_after(date(2026, 12, 30), 5).estimated


def test_a_published_year_is_no_estimate(db):
    assert not WorkingCalendar().working_days_after(date(2026, 3, 2), 5).estimated


def test_a_holiday_that_the_office_enters_for_a_later_year_is_left_out(db):
    enter("2031-10-01", is_working=False)
    assert after("2031-09-29", 2) == "2031-10-02"


def test_a_working_saturday_that_the_office_enters_counts(db):
    enter("2031-10-11", is_working=True)
    assert after("2031-10-10", 1) == "2031-10-11"


def test_a_year_that_the_office_entered_is_no_estimate(db):
    for day in ("2031-01-01", "2031-05-01", "2031-10-01"):
        enter(day, is_working=False)
    assert not WorkingCalendar().working_days_after(date(2031, 9, 29), 2).estimated


def test_the_offices_entry_goes_before_the_published_calendar(db):
    enter("2026-03-03", is_working=False)
    assert after("2026-03-02", 1) == "2026-03-04"


def test_the_offices_entry_can_give_back_a_published_holiday(db):
    enter("2026-10-01", is_working=True)
    assert WorkingCalendar().is_working_day(date(2026, 10, 1))


def naive(start: date, days: int, entered: dict[date, bool]) -> date:
    """The answer by writing down every day of the coming years and counting off those that are worked."""
    everyday = [start + timedelta(days=n) for n in range(1, 12 * days + 60)]
    worked = [
        day
        for day in everyday
        if entered.get(day, day in workdays or (day not in holidays and day.isoweekday() not in (6, 7)))
    ]
    return ([start, *worked])[days]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.dates(date(2004, 1, 1), date(2032, 12, 31)),
    days=st.integers(0, 60),
    offsets=st.dictionaries(st.integers(0, 90), st.booleans(), max_size=20),
)
def test_any_count_is_that_of_writing_the_days_down(db, start, days, offsets):
    entered = {start + timedelta(days=offset): is_working for offset, is_working in offsets.items()}
    with transaction.atomic():
        CalendarDay.objects.bulk_create(CalendarDay(day=day, is_working=works) for day, works in entered.items())
        assert WorkingCalendar().working_days_after(start, days).on == naive(start, days, entered)
        transaction.set_rollback(True)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.dates(date(2004, 1, 1), date(2032, 12, 31)), first=st.integers(0, 40), more=st.integers(0, 40))
def test_counting_in_two_goes_is_counting_in_one(db, start, first, more):
    calendar = WorkingCalendar()
    halfway = calendar.working_days_after(start, first).on
    assert calendar.working_days_after(halfway, more).on == calendar.working_days_after(start, first + more).on
