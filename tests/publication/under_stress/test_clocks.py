"""Clocks across midnight and a year's end: days are the bureau's; a year without calendar is counted and said so."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from chinese_calendar.constants import holidays, workdays
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.organisation.models import CalendarDay, Post
from intranet.organisation.working_days import AHEAD_DAYS, PUBLISHED_YEARS, WorkingCalendar, years_to_enter
from intranet.publication.approval import current_step
from intranet.publication.deadlines import due_on
from intranet.publication.reminders.sending import send_reminders
from tests.factories import approve, draft_matter, fresh

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAST = max(PUBLISHED_YEARS)
UNKNOWN = LAST + 1
IN_WORDS = f"provisional, because the holidays of {UNKNOWN} are not entered"


def at(*moment, zone=SHANGHAI):
    return time_machine.travel(datetime(*moment, tzinfo=zone), tick=False)


def enter_national_holidays(year):
    days = [date(year, 1, 1), date(year, 5, 1), date(year, 10, 1)]
    CalendarDay.objects.bulk_create(CalendarDay(day=day, is_working=False, reason="法定节假日") for day in days)


@pytest.fixture(autouse=True)
def posts_of_old(bureau):
    Post.objects.update(starts_on=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("moment", "urgency"),
    [
        (datetime(2026, 3, 6, 23, 59, tzinfo=SHANGHAI), "next"),
        (datetime(2026, 3, 7, 0, 1, tzinfo=SHANGHAI), "overdue"),
        (datetime(2026, 3, 6, 23, 59, tzinfo=UTC), "overdue"),
        (datetime(2026, 3, 6, 15, 59, tzinfo=UTC), "next"),
    ],
)
def test_a_deadline_ends_at_the_bureaus_midnight_wherever_the_clock_stands(bureau, moment, urgency):
    """Twenty working days from 2 February 2026, with the Spring Festival between, end on 6 March."""
    matter = draft_matter(bureau.licensing, formed_on=date(2026, 2, 2))
    with time_machine.travel(moment, tick=False):
        assert (due_on(matter).on, due_on(matter).urgency) == (date(2026, 3, 6), urgency)


@pytest.mark.parametrize(("hour", "minute"), [(23, 59), (0, 1), (7, 59), (8, 1)])
def test_the_minute_at_which_it_is_asked_moves_no_deadline(bureau, hour, minute):
    matter = draft_matter(bureau.licensing, formed_on=date(2026, 2, 2))
    with at(2026, 2, 3, hour, minute):
        assert due_on(matter).on == date(2026, 3, 6)


@pytest.mark.parametrize(
    ("moment", "year"),
    [((2026, 12, 31, 16, 0), 2026), ((2026, 12, 31, 23, 59, 59), 2026), ((2027, 1, 1, 0, 0, 0), 2027)],
)
def test_a_matter_that_goes_live_as_the_year_ends_has_number_and_date_of_one_year(bureau, at_head, moment, year):
    matter = at_head()
    with at(*moment):
        approve(matter, by=bureau.head)
    live = fresh(matter)
    assert (live.published_on.year, live.index_number.split("-")[2]) == (year, str(year))


def test_a_deadline_beyond_the_last_calendar_is_computed_on_weekends(bureau):
    matter = draft_matter(bureau.licensing, formed_on=date(UNKNOWN, 2, 1))
    due = due_on(matter)
    assert (due.estimated, sum(day.weekday() < 5 for day in days_between(due.formed_on, due.on))) == (True, due.days)


def days_between(start, end):
    return [start + timedelta(days=number) for number in range(1, (end - start).days + 1)]


def test_a_deadline_that_only_runs_into_a_year_without_calendar_is_provisional_and_says_why(bureau):
    with translation.override("en"):
        due = due_on(draft_matter(bureau.licensing, formed_on=date(LAST, 12, 28)))
        assert (due.estimated, IN_WORDS in due.counted) == (True, True)


def test_a_deadline_within_the_calendar_is_not_provisional(bureau):
    due = due_on(draft_matter(bureau.licensing, formed_on=date(LAST, 11, 2)))
    assert (due.estimated, due.derivation.years_unknown) == (False, ())


def test_a_local_holiday_alone_makes_no_year_known(bureau):
    CalendarDay.objects.create(day=date(UNKNOWN, 2, 8), is_working=False, reason="藏历新年")
    assert not WorkingCalendar().is_known(UNKNOWN)


def test_with_the_national_holidays_entered_the_deadline_is_provisional_no_more(bureau):
    matter = draft_matter(bureau.licensing, formed_on=date(LAST, 12, 28))
    enter_national_holidays(UNKNOWN)
    assert not due_on(matter).estimated


@pytest.mark.parametrize("office_knows", [True, False])
def test_the_office_is_warned_of_the_next_year_before_anything_is_due_in_it(bureau, client, office_knows):
    if office_knows:
        enter_national_holidays(UNKNOWN)
    with at(LAST, 12, 31, 23, 59):
        client.force_login(bureau.office)
        page = client.get("/admin/").content.decode()
    assert (f"The holidays of {UNKNOWN} are not entered" in page) is not office_knows


def test_the_warning_begins_in_time_and_not_a_year_ahead(db):
    turn = date(UNKNOWN, 1, 1)
    assert years_to_enter(on=turn - timedelta(days=AHEAD_DAYS + 1)) == []
    assert years_to_enter(on=turn - timedelta(days=AHEAD_DAYS)) == [UNKNOWN]
    assert years_to_enter(on=turn) == [UNKNOWN]


def test_nobody_but_who_keeps_the_calendar_is_warned(bureau, client):
    with at(LAST, 12, 31, 12, 0):
        client.force_login(bureau.head)
        assert "are not entered" not in client.get("/admin/").content.decode()


def test_the_desk_marks_a_provisional_deadline_in_its_list(bureau, client, at_head):
    with at(LAST, 12, 30, 12, 0):
        at_head(formed_on=date(LAST, 12, 28))
        client.force_login(bureau.head)
        page = client.get("/admin/").content.decode()
    assert ("provisional</small>" in page, IN_WORDS in page) == (True, True)


def test_reminders_go_out_in_a_year_without_calendar(bureau):
    draft_matter(bureau.licensing, author=bureau.liaison, formed_on=date(LAST, 12, 1))
    with at(UNKNOWN, 3, 3, 9, 0):
        assert send_reminders().sent > 0


def test_a_matter_goes_through_its_review_in_a_year_without_calendar(bureau, at_head):
    with at(UNKNOWN, 3, 3, 9, 0):
        matter = at_head(formed_on=date(UNKNOWN, 3, 1))
        approve(matter, by=bureau.head)
    assert (fresh(matter).live, current_step(fresh(matter))) == (True, None)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.dates(date(LAST - 1, 6, 1), date(UNKNOWN + 1, 12, 31)), days=st.integers(1, 40))
def test_a_count_is_an_estimate_exactly_where_one_of_its_days_has_no_calendar(db, start, days):
    """Written down day by day, with the published tables alone."""
    day, left, unknown = start, days, set()
    while left:
        day += timedelta(days=1)
        unknown |= {day.year} - PUBLISHED_YEARS
        left -= day in workdays or (day not in holidays and day.isoweekday() < 6)
    counted = WorkingCalendar().working_days_after(start, days)
    derivation = WorkingCalendar().derivation(start, counted.on)
    assert (counted.on, counted.estimated, set(derivation.years_unknown)) == (day, bool(unknown), unknown)
