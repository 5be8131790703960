"""Due days against a calendar that is walked day by day, and acceptance by silence."""

from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from intranet.hall.clocks import Clocks, due_after
from intranet.hall.deemed import deemed_accepted_on, last_receipt_overdue, notice_due_on, state_on
from intranet.hall.life import ending, materials, reviewing
from intranet.hall.models import Case, ItemStage, ToldDay
from intranet.hall.refusals import MoveRefused
from intranet.hall.told import differing
from intranet.organisation.models import CalendarDay
from intranet.organisation.working_days import WorkingCalendar
from tests.hall.cases import item_of, now, row

DAYS = st.dates(date(2023, 12, 1), date(2026, 12, 31))


@st.composite
def pauses(draw, start):
    """Pauses that follow each other after the start."""
    found, day = [], start
    for _number in range(draw(st.integers(0, 3))):
        began = day + timedelta(days=draw(st.integers(0, 30)))
        day = began + timedelta(days=draw(st.integers(0, 40)))
        found.append((began, day))
    return found


def naive(calendar, start, days, spans):
    """Walk from the day after, crossing out each working day that is in no pause."""
    day = start
    while days:
        day += timedelta(days=1)
        is_paused = any(began < day <= ended for began, ended in spans)
        if calendar.is_working_day(day) and not is_paused:
            days -= 1
    return day


class TestAgainstTheNaiveOne(TestCase):
    @settings(max_examples=150, deadline=None)
    @given(st.data(), DAYS, st.integers(1, 45), st.integers(0, 10))
    def test_the_due_day_is_that_of_who_counts_day_by_day(self, data, start, days, extension):
        calendar, spans = WorkingCalendar(), data.draw(pauses(start))
        due = due_after(calendar, start, days, extension=extension, spans=spans)
        assert due.on == naive(calendar, start, days + extension, spans)

    @settings(max_examples=100, deadline=None)
    @given(st.data(), DAYS, st.integers(1, 45))
    def test_no_pause_makes_a_limit_shorter(self, data, start, days):
        calendar, spans = WorkingCalendar(), data.draw(pauses(start))
        assume(spans)
        assert due_after(calendar, start, days, spans=spans).on >= due_after(calendar, start, days).on

    @settings(max_examples=150, deadline=None)
    @given(DAYS, DAYS, st.integers(1, 5))
    def test_the_last_receipt_overdue_parts_the_days(self, today, receipt, days):
        calendar = WorkingCalendar()
        is_over = naive(calendar, receipt, days, []) < today
        assert (receipt <= last_receipt_overdue(today, days, calendar)) == is_over


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2024, 9, 10), 20, date(2024, 10, 14)),
        (date(2025, 1, 20), 5, date(2025, 1, 26)),
        (date(2025, 1, 20), 7, date(2025, 2, 5)),
        (date(2026, 1, 1), 20, date(2026, 1, 29)),
    ],
)
def test_the_days_that_the_domain_gives(db, start, days, due):
    assert due_after(WorkingCalendar(), start, days).on == due


def test_how_it_was_counted_is_told(db):
    calendar = WorkingCalendar()
    spans = [(date(2024, 9, 12), date(2024, 9, 14))]
    due = due_after(calendar, date(2024, 9, 10), 20, extension=2, spans=spans)
    assert due.counted == (
        "from Sept. 10, 2024, 20 working days, extended by 2, paused for 2, holidays: September 15–September 17; "
        "October 1–October 7, weekend days made up: September 14; September 29; October 12: to be done by Oct. 18, 2024"
    )


def at(day):
    """A day of March 2026. Five working days after Monday the 2nd is Monday the 9th."""
    return time_machine.travel(f"2026-03-{day:02d} 10:00+08:00", tick=False)


@pytest.fixture
def received(hall):
    with at(2):
        return hall.received(brought=("申请书",))


def test_the_term_for_a_notice_is_five_working_days(received):
    assert notice_due_on(received) == date(2026, 3, 9)


@pytest.mark.parametrize(("day", "state"), [(2, "received"), (9, "received"), (10, "accepted"), (31, "accepted")])
def test_silence_accepts_from_the_day_after_the_term(received, day, state):
    assert state_on(received, date(2026, 3, day)) == state


@pytest.mark.parametrize("day", [2, 9, 10, 31])
def test_a_list_says_what_the_case_says(received, day):
    on = date(2026, 3, day)
    assert Case.objects.as_of(on).get().state_today == state_on(received, on)


def test_silence_accepts_as_of_receipt(received):
    assert deemed_accepted_on(received, date(2026, 3, 10)) == date(2026, 3, 2)


def test_the_decision_counts_from_the_receipt_that_silence_accepted(received):
    clock = Clocks(date(2026, 3, 10)).decision(now(received))
    assert (clock.legal.start, clock.promised.days) == (date(2026, 3, 2), 15)


def test_after_the_term_no_notice_is_given_any_more(hall, received):
    with at(10), pytest.raises(MoveRefused, match="counts as accepted"):
        materials.notify(received, by=hall.clerk, wanted={row(received, "营业执照"): "补"})


def test_a_notice_is_not_dated_back_into_the_term(hall, received):
    with at(10), pytest.raises(MoveRefused, match="counts as accepted"):
        materials.notify(received, by=hall.clerk, wanted={row(received, "营业执照"): "补"}, on=date(2026, 3, 9))


def test_a_notice_in_the_term_stops_silence(hall, received):
    with at(9):
        materials.notify(received, by=hall.clerk, wanted={row(received, "营业执照"): "补"})
    assert state_on(now(received), date(2026, 3, 31)) == "notified"


def test_silence_after_a_supplement_counts_from_it(hall, received):
    with at(9):
        materials.notify(received, by=hall.clerk, wanted={row(received, "营业执照"): "补"})
    with at(12):
        materials.supplement(received, by=hall.clerk, brought=[row(received, "营业执照")])
    case = now(received)
    assert (state_on(case, date(2026, 3, 19)), state_on(case, date(2026, 3, 20))) == ("supplemented", "accepted")
    assert deemed_accepted_on(case, date(2026, 3, 20)) == date(2026, 3, 12)


def test_the_next_move_writes_down_what_silence_did(hall, received):
    with at(11):
        reviewing.begin_review(received, by=hall.handler)
    case = now(received)
    assert (case.is_deemed_accepted, case.accepted_on) == (True, date(2026, 3, 2))
    moves = [(move.act, move.by, move.on.day) for move in case.moves.all()]
    assert moves == [("receive", hall.clerk, 2), ("deem", None, 2), ("begin", hall.handler, 11)]


def test_a_calendar_without_that_day_takes_silence_back(received):
    CalendarDay.objects.create(day=date(2026, 3, 4), is_working=False, reason="藏历年")
    assert state_on(received, date(2026, 3, 10)) == "received"
    assert Case.objects.as_of(date(2026, 3, 10)).get().state_today == "received"


# Limits of the case


def test_a_limit_from_receipt_leaves_out_the_time_that_the_applicant_took(hall):
    item = item_of(hall.bureau.licensing, code="XKZ", legal_days=45, promised_days=30, clock="receipt")
    with at(2):
        case = hall.received(item=item, brought=("申请书",))
    with at(4):
        materials.notify(case, by=hall.clerk, wanted={row(case, "营业执照"): "补"})
    with at(11):
        materials.supplement(case, by=hall.clerk, brought=[row(case, "营业执照")])
    clock = Clocks(date(2026, 3, 12)).decision(now(case))
    assert (clock.legal.start, clock.legal.not_counted) == (date(2026, 3, 2), 5)
    assert clock.legal.on == naive(WorkingCalendar(), date(2026, 3, 2), 50, [])


@pytest.mark.parametrize(
    "end",
    [
        lambda hall, case: ending.withdraw(case, by=hall.clerk, reason="申请人书面撤回"),
        lambda hall, case: materials.not_accept(case, by=hall.clerk, reason="不需许可", document_number="1号"),
    ],
)
def test_a_case_that_ended_without_an_answer_keeps_its_days(hall, end):
    item = item_of(hall.bureau.licensing, code="XKZ", legal_days=45, promised_days=30, clock="receipt")
    with at(2):
        case = hall.received(item=item, brought=("申请书",))
    with at(4):
        materials.notify(case, by=hall.clerk, wanted={row(case, "营业执照"): "补"})
    with at(11):
        end(hall, case)
    days = {
        (stage.limit, stage.done_on, stage.legal.on)
        for today in (date(2026, 3, 11), date(2026, 3, 31), date(2026, 6, 30))
        for stage in Clocks(today).of(now(case))
    }
    decision = naive(WorkingCalendar(), date(2026, 3, 2), 50, [])
    assert days == {("notice", date(2026, 3, 4), date(2026, 3, 9)), ("decision", None, decision)}


def test_a_limit_from_acceptance_does_not_run_before_it(received):
    assert Clocks(date(2026, 3, 5)).decision(now(received)) is None


def test_a_pause_and_an_extension_move_both_limits(hall):
    with at(2):
        case = hall.in_review()
        before = Clocks().decision(now(case))
        reviewing.extend(case, by=hall.head, days=10, reason="复杂", notice_number="1号")
        reviewing.pause(case, by=hall.handler, kind="test", reason="检测", expected_days=10, notice_number="2号")
    with at(5):
        reviewing.resume(case, by=hall.handler)
        after = Clocks().decision(now(case))
    calendar = WorkingCalendar()
    for one, other in ((before.legal, after.legal), (before.promised, after.promised)):
        assert calendar.working_days_until(one.on, other.on) == 13


def test_an_items_own_stages_are_due_one_after_the_other(hall):
    ItemStage.objects.create(version=hall.version, name="审查", legal_days=10, promised_days=5, sort_order=0)
    ItemStage.objects.create(version=hall.version, name="决定", legal_days=10, promised_days=10, sort_order=1)
    with at(2):
        case = now(hall.in_review())
        stages = [(each.name, each.legal.days, each.promised.days) for each in Clocks().of(case) if not each.limit]
    assert stages == [("审查", 10, 5), ("决定", 20, 15)]


@pytest.mark.parametrize(
    ("state", "limit"),
    [
        ("received", "notice"), ("notified", None), ("supplemented", "notice"), ("accepted", "decision"),
        ("in_review", "decision"), ("paused", "decision"), ("granted", "delivery"), ("delivered", None),
        ("withdrawn", None),
    ],
)  # fmt: skip
def test_the_current_stage_is_the_one_in_which_the_bureau_must_act(hall, state, limit):
    current = Clocks().current(now(getattr(hall, state)()))
    assert (current and current.limit) == limit


def test_clocks_of_many_cases_take_a_fixed_number_of_queries(hall, django_assert_max_num_queries):
    for _number in range(3):
        hall.paused()
    with django_assert_max_num_queries(5):
        assert len([Clocks.of(clocks, case) for clocks in [Clocks()] for case in Case.objects.with_clocks()]) == 3


# What was told


def test_what_the_applicant_was_told_is_kept(hall):
    with at(2):
        case = hall.accepted()
    told = dict(ToldDay.objects.filter(case=case).in_force().values_list("limit", "due_on"))
    clock = Clocks(date(2026, 3, 2)).decision(now(case))
    assert (told["decision"], told["promise"]) == (clock.legal.on, clock.promised.on)


def test_a_change_of_the_calendar_is_listed_and_what_was_told_stays(hall):
    with at(2):
        case = hall.accepted()
    told = ToldDay.objects.filter(case=case).count()
    CalendarDay.objects.create(day=date(2026, 3, 5), is_working=False, reason="藏历年")
    listed = {each.limit: (each.due_on - each.told_on).days for each in differing(date(2026, 3, 3))}
    assert set(listed) == {"decision", "promise"}
    assert min(listed.values()) >= 1
    assert ToldDay.objects.filter(case=case).count() == told


def test_where_nothing_changed_nothing_is_listed(hall):
    with at(2):
        hall.accepted(), hall.received(), hall.granted()
    assert list(differing(date(2026, 3, 3))) == []
