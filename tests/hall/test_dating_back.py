"""No clock is dated back: what a limit allows is judged by the day of entry, and an entry of another day is seen."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from intranet.hall.clocks import Clocks
from intranet.hall.deemed import state_on
from intranet.hall.life import deciding, materials, reviewing
from intranet.hall.refusals import MoveRefused
from tests.hall.cases import now, row


def march(day):
    return date(2026, 3, day)


def at(day):
    return time_machine.travel(f"2026-03-{day:02d} 10:00+08:00", tick=False)


@pytest.fixture
def case(hall):
    """In review since Monday, 2 March: promised by Monday the 23rd, due by law on Monday the 30th."""
    with at(2):
        return hall.in_review()


def extend(hall, case, on):
    reviewing.extend(case, by=hall.head, days=5, reason="案情复杂", notice_number="延1号", on=march(on))


def pause(hall, case, on):
    said = {"kind": "test", "reason": "送检", "notice_number": "检1号", "expected_days": 10}
    reviewing.pause(case, by=hall.handler, on=march(on), **said)


def decision(case, day):
    return Clocks(march(day)).decision(now(case))


@pytest.mark.parametrize("on", [30, 20, 2])
def test_an_extension_is_dated_back_into_no_limit_that_has_passed(hall, case, on):
    with at(31), pytest.raises(MoveRefused, match="limit has passed"):
        extend(hall, case, on)


@pytest.mark.parametrize("on", [30, 20])
def test_an_extension_is_given_up_to_the_last_day(hall, case, on):
    with at(30):
        extend(hall, case, on)
    assert now(case).extension.given_on == march(on)


@pytest.mark.parametrize("on", [23, 20, 18])
def test_a_pause_begins_on_its_notices_day_up_to_three_working_days_back(hall, case, on):
    with at(23):
        pause(hall, case, on)
    assert now(case).pauses.get().began_on == march(on)


def test_a_pause_of_a_notice_entered_later_begins_today(hall, case):
    with at(23), pytest.raises(MoveRefused, match="within 3 working days, else today"):
        pause(hall, case, 17)


@pytest.mark.parametrize("on", [23, 20])
def test_a_pause_of_an_overdue_case_is_not_dated_back(hall, case, on):
    with at(24), pytest.raises(MoveRefused, match="overdue; its pause begins today"):
        pause(hall, case, on)


def test_an_overdue_case_paused_and_resumed_today_stays_overdue(hall, case):
    with at(31):
        pause(hall, case, 31)
        reviewing.resume(case, by=hall.handler)
    assert (decision(case, 31).legal.on, decision(case, 31).promised.on) == (march(30), march(23))


@pytest.mark.parametrize(("on", "is_told"), [(9, True), (11, False)])
def test_the_case_says_when_a_move_of_an_earlier_day_was_entered(hall, case, client, on, is_told):
    with at(11):
        pause(hall, case, on)
        client.force_login(hall.handler)
        content = client.get(reverse("window:case", args=[case.number])).content.decode()
    assert ("entered on March 11, 2026" in content) == is_told


def supplemented(hall, case, on, **said):
    with at(20):
        licence = row(case, "营业执照")
        materials.supplement(case, by=hall.clerk, brought=[licence], on=march(on), **said)
        return state_on(now(case), march(20))


@pytest.fixture
def waiting(hall):
    """Told on Monday, 2 March what is missing."""
    with at(2):
        return hall.notified()


def test_a_supplement_of_a_day_since_which_silence_has_accepted_is_confirmed(hall, waiting):
    with pytest.raises(MoveRefused, match="Confirm that the day is right"):
        supplemented(hall, waiting, 3)


def test_once_confirmed_it_counts_from_its_day(hall, waiting):
    assert supplemented(hall, waiting, 3, late_is_confirmed=True) == "accepted"


def test_a_supplement_of_a_few_days_ago_is_not_asked_about(hall, waiting):
    assert supplemented(hall, waiting, 18) == "supplemented"


def grant(hall, case, on):
    deciding.grant(case, by=hall.handler, document_number="甘安许〔2026〕9号", on=march(on))


@pytest.mark.parametrize(("on", "today"), [(20, 31), (23, 27), (30, 31)])
def test_a_decision_is_dated_back_within_three_working_days_alone(hall, case, on, today):
    """The 20th lies seven working days before the 31st; the 23rd four before the 27th; the 30th one before the 31st."""
    with at(today):
        if on == 30:
            grant(hall, case, on)
            assert now(case).decided_on == march(30)
        else:
            with pytest.raises(MoveRefused, match="overdue"):
                grant(hall, case, on)


@pytest.mark.parametrize(("on", "today"), [(4, 20), (24, 27), (31, 31)])
def test_what_brings_nothing_back_into_time_may_lie_back(hall, case, on, today):
    with at(today):
        grant(hall, case, on)
    assert now(case).decided_on == march(on)
