"""The written notices of a case: printed by who handles it, whole, to be sealed and handed over."""

from datetime import date

import pypdfium2
import pytest
import time_machine
from django.urls import reverse

from intranet.audit.models import AuditEntry
from intranet.hall.life import materials, reviewing
from intranet.hall.told import confirm_told_anew
from intranet.organisation.models import CalendarDay
from tests.hall.cases import item_of, now


def text_of(answer) -> str:
    pages = pypdfium2.PdfDocument(answer.content)
    return "".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", "")


@pytest.fixture
def printed(hall, client):
    """Print a notice of the case; answers what it says."""

    def get(case, key, person=None):
        client.force_login(person or hall.handler)
        return client.get(reverse("window:paper", args=[case.number, key]))

    return get


def extended(hall):
    case = hall.in_review()
    reviewing.extend(now(case), by=hall.head, days=5, reason="案情复杂", notice_number="延期1号")
    return case


@pytest.mark.parametrize(
    ("made", "key", "said"),
    [
        ("notified", "notice-1", ("营业执照", "复印件加盖公章")),
        ("accepted", "accepted", ("安全生产许可证核发", "was accepted", "By law the decision is due on")),
        ("not_accepted", "not-accepted", ("不受理1号", "不属本局职权", "reconsideration")),
        ("paused", "pause-1", ("检1号", "送检", "10 working days")),
        ("granted", "decision", ("甘安许〔2026〕1号", "was granted")),
        ("refused", "decision", ("甘安不许〔2026〕1号", "条例第六条", "无安全设施", "六十日内复议")),
    ],
)
def test_a_notice_is_printed_with_all_that_it_says(hall, printed, made, key, said):
    words = text_of(printed(getattr(hall, made)(), key))
    assert [each for each in (*said, "李小明") if each not in words] == []


def test_an_extension_is_printed_with_its_reason(hall, printed):
    words = text_of(printed(extended(hall), "extension"))
    assert [each for each in ("延期1号", "案情复杂", "5 working days") if each not in words] == []


def test_what_was_typed_is_printed_as_it_was_typed(hall, printed):
    case = hall.in_review()
    said = {"kind": "experts", "reason": "请专家到李小明一号井评审", "notice_number": "评审1号", "expected_days": 5}
    reviewing.pause(case, by=hall.handler, **said)
    assert "请专家到李小明一号井评审" in text_of(printed(case, "pause-1"))


@pytest.mark.parametrize("made", ["notified", "paused", "granted", "not_accepted"])
def test_the_case_screen_leads_to_each(hall, client, made):
    case = getattr(hall, made)()
    client.force_login(hall.handler)
    page = client.get(reverse("window:case", args=[case.number])).content.decode()
    keys = {"notified": "notice-1", "paused": "pause-1", "granted": "decision", "not_accepted": "not-accepted"}
    assert reverse("window:paper", args=[case.number, keys[made]]) in page


def test_a_case_without_notices_leads_to_none(hall, client):
    client.force_login(hall.handler)
    page = client.get(reverse("window:case", args=[hall.received().number])).content.decode()
    assert "Notices to print" not in page


def test_printing_is_logged(hall, printed):
    printed(hall.granted(), "decision")
    assert AuditEntry.objects.get(action="hall.paper").facts == {"paper": "decision"}


def test_it_is_kept_by_nobody_between(hall, printed):
    answer = printed(hall.granted(), "decision")
    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("application/pdf", True)


@pytest.mark.parametrize("name", ["liaison", "office"])
def test_nobody_else_prints_one(hall, printed, name):
    assert printed(hall.granted(), "decision", getattr(hall.bureau, name)).status_code == 404


def test_a_notice_that_was_not_given_is_not_there(hall, printed):
    assert printed(hall.received(), "decision").status_code == 404


DAYS = ["March 23, 2026", "March 30, 2026"]


def days_told(printed, case):
    said = text_of(printed(case, "accepted"))
    return [words for words in DAYS if words in said]


@pytest.mark.parametrize(("day", "is_provisional"), [("2026-03-02", False), ("2098-12-23", True)])
def test_a_paper_says_of_a_day_that_it_may_move_yet(hall, client, printed, day, is_provisional):
    with time_machine.travel(f"{day} 10:00+08:00"):
        for person in (hall.clerk, hall.handler):
            person.posts.update(starts_on=date(2020, 1, 1))
        case = hall.accepted()
        told = [text_of(printed(case, "accepted")), client.get(reverse("window:case", args=[case.number])).text]
        told += [text_of(client.get(reverse("window:receipt", args=[case.number])))]
    assert ["provisional" in words for words in told] == [is_provisional] * 3


@pytest.mark.parametrize("since", ["extended", "paused"])
def test_the_notice_of_acceptance_says_the_days_that_were_told_then(hall, printed, since):
    with time_machine.travel("2026-03-02 10:00+08:00") as clock:
        case = hall.in_review()
        clock.shift(86400)
        if since == "extended":
            reviewing.extend(now(case), by=hall.head, days=5, reason="案情复杂", notice_number="延期1号")
        else:
            said = {"kind": "test", "reason": "送检", "notice_number": "检1号", "expected_days": 5}
            reviewing.pause(now(case), by=hall.handler, **said)
            clock.shift(86400)
            reviewing.resume(now(case), by=hall.handler)
        assert days_told(printed, case) == DAYS


@pytest.mark.parametrize("written_down", [False, True])
def test_the_notice_of_acceptance_by_silence_says_the_days_of_law_and_promise(hall, printed, written_down):
    with time_machine.travel("2026-03-02 10:00+08:00") as clock:
        case = hall.received()
        clock.shift(14 * 86400)
        if written_down:
            reviewing.begin_review(now(case), by=hall.handler)
        assert days_told(printed, case) == DAYS


@pytest.mark.parametrize("accepted", ["by a word", "by silence"])
def test_a_calendar_that_is_changed_afterwards_changes_no_notice_of_acceptance(hall, printed, accepted):
    item = item_of(hall.bureau.licensing, code="AQ-010", clock="receipt")
    with time_machine.travel("2026-03-02 10:00+08:00") as clock:
        case = hall.received(item=item)
        if accepted == "by a word":
            materials.accept(now(case), by=hall.clerk)
        clock.shift(10 * 86400)
        reviewing.begin_review(now(case), by=hall.handler)
        clock.shift(86400)
        CalendarDay.objects.create(day=date(2026, 3, 17), is_working=False)
        confirm_told_anew(now(case), "promise", due_on=date(2026, 3, 24), by=hall.bureau.office)
        assert days_told(printed, case) == DAYS
