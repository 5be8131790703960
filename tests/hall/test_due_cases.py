"""What is due at the hall: the summary, the day's mail, and days on papers that the calendar has moved."""

from datetime import date

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import translation

from intranet.audit.models import AuditEntry
from intranet.hall.clocks import Clocks
from intranet.hall.due import awaited
from intranet.hall.due_cases.finding import due_cases
from intranet.hall.due_cases.reminding import cases_by_person, questions_by_person
from intranet.hall.inquiries import asking
from intranet.hall.life import deciding, materials, reviewing
from intranet.hall.models import Case, ToldDay
from intranet.hall.told import differing
from intranet.organisation.models import CalendarDay, Post
from intranet.publication.reminders.sending import send_reminders
from tests.factories import draft_matter, person_in
from tests.hall.cases import item_of, now, row


def at(day, month=3):
    return time_machine.travel(f"2026-{month:02d}-{day:02d} 10:00+08:00", tick=False)


@pytest.fixture(autouse=True)
def in_spring():
    """Everything begins on Monday, 2 March 2026: a notice is due on the 9th, a decision on the 23rd."""
    with at(2):
        yield


def lights(day):
    return [(due.case.state, due.light.value) for due in due_cases(today=date(2026, 3, day))]


# Which cases


@pytest.mark.parametrize(
    ("day", "light"),
    [(4, []), (5, ["soon"]), (6, ["soon"]), (8, ["soon"]), (9, ["today"])],
)
def test_a_received_case_is_due_two_working_days_ahead(hall, day, light):
    hall.received()
    assert [each for _state, each in lights(day)] == light


@pytest.mark.parametrize(
    ("day", "light"), [(18, []), (19, ["soon"]), (20, ["soon"]), (23, ["today"]), (24, ["overdue"])]
)
def test_a_decision_is_due_by_the_promise(hall, day, light):
    hall.in_review()
    assert [each for _state, each in lights(day)] == light


def test_after_silence_the_decision_is_due_and_no_notice(hall):
    hall.received()
    assert (lights(10), lights(23)) == ([], [("received", "today")])


@pytest.mark.parametrize("state", ["notified", "delivered", "closed", "withdrawn", "not_accepted"])
def test_what_waits_for_nobody_of_the_bureau_is_not_due(hall, state):
    getattr(hall, state)()
    assert lights(31) == []


@pytest.mark.parametrize(("day", "light"), [(23, []), (24, [("paused", "overdue")])])
def test_a_pause_takes_no_case_off_the_list_that_was_overdue_before_it(hall, day, light):
    case = hall.in_review()
    with at(day):
        reviewing.pause(case, by=hall.handler, kind="test", reason="送检", expected_days=10, notice_number="检1号")
    assert lights(31) == light


def paused_for(hall, days):
    case = hall.in_review()
    with at(10):
        reviewing.pause(case, by=hall.handler, kind="test", reason="送检", expected_days=days, notice_number="检1号")
    return case


@pytest.mark.parametrize(("today", "light"), [(17, []), (18, [("paused", "overrun")])])
def test_a_pause_that_lasts_longer_than_its_applicant_was_told_is_on_the_list(hall, today, light):
    paused_for(hall, days=5)
    assert lights(today) == light


@pytest.mark.parametrize(("today", "told"), [(12, ("waiting", "")), (18, ("overrun", "pause over its time"))])
def test_a_paused_case_says_by_when_its_pause_is_to_be_over(hall, today, told):
    case = paused_for(hall, days=5)
    with at(today):
        found = awaited(now(case), Clocks())
    assert (found.light, found.told, found.on) == (*told, date(2026, 3, 17))


def test_of_a_pause_that_lasts_too_long_the_handlers_and_their_head_are_reminded(hall):
    paused_for(hall, days=5)
    with at(18):
        reminded_now = cases_by_person()
    assert {hall.handler.pk, hall.head.pk} <= set(reminded_now)
    assert hall.clerk.pk not in reminded_now


def test_cases_paused_too_long_are_counted_and_found_in_the_list(hall, client):
    case = paused_for(hall, days=5)
    with at(18):
        client.force_login(hall.handler)
        due = client.get(reverse("hall_due:due")).content.decode()
        found = client.get(reverse("window:cases"), {"due": "overrun"}).content.decode()
    assert "end of the pause" in due
    assert case.number in found


def test_a_case_that_is_overdue_and_paused_says_so(hall):
    case = hall.in_review()
    with at(24):
        reviewing.pause(case, by=hall.handler, kind="test", reason="送检", expected_days=10, notice_number="检1号")
    with at(31):
        found = awaited(now(case), Clocks())
    assert (found.light, found.on, found.told) == ("overdue", date(2026, 3, 23), "overdue")


@pytest.mark.parametrize(("promised", "name", "day"), [(15, "decision as promised", 23), (20, "decision by law", 30)])
def test_what_is_due_is_named_by_the_limit_whose_day_is_shown(hall, client, promised, name, day):
    case = hall.in_review(item=item_of(hall.bureau.licensing, code="AQ-009", promised_days=promised))
    with at(31):
        due = due_cases()[0]
        client.force_login(hall.handler)
        pages = [client.get(reverse("hall_due:due")), client.get(reverse("window:case", args=[case.number]))]
        lines = cases_by_person()[hall.handler.pk].lines
    assert (due.stage.due_name, due.on.day, awaited(now(case), Clocks(date(2026, 3, 31))).what) == (name, day, name)
    assert [name in page.content.decode() for page in pages] == [True, True]
    assert [str(line.note) for line in lines] == [f"{case.item.name}, {name}"]


def test_a_reminder_names_what_is_due_in_its_readers_language(hall):
    hall.in_review()
    with at(24), translation.override("en"):
        line = cases_by_person()[hall.handler.pk].lines[0]
    with translation.override("zh-hans"):
        assert "决定（承诺期限）" in str(line.note)


def test_the_oldest_day_comes_first(hall):
    hall.in_review(), hall.granted(), hall.received()
    days = [due.on for due in due_cases(today=date(2026, 3, 31))]
    assert (len(days), days) == (3, sorted(days))


def test_due_cases_take_a_fixed_number_of_queries(hall, django_assert_max_num_queries):
    for _time in range(3):
        hall.in_review(), hall.received(), hall.granted()
    with django_assert_max_num_queries(8):
        assert len(due_cases(today=date(2026, 4, 30))) == 9


# The summary


@pytest.mark.parametrize("by", ["department", "clerk", "item", "nonsense"])
def test_the_summary_counts_by_department_clerk_and_item(hall, client, by):
    case = hall.accepted()
    item = item_of(hall.bureau.finance, code="CW-001")
    item.name_zh = "收费许可"
    item.save()
    hall.accepted(item=item)
    with at(24):
        client.force_login(hall.clerk)
        page = client.get(reverse("hall_due:due"), {"by": by})
    counts = {count.name: count.by_light["overdue"] for count in page.context["counts"]}
    expected = 1 if by == "clerk" else 2
    assert (len(counts), sum(counts.values()), case.number in page.content.decode()) == (expected, 2, True)


def test_a_head_sees_the_own_departments_cases_alone(hall, client):
    own = hall.in_review()
    other = hall.received(item=item_of(hall.bureau.finance, code="CW-001"))
    with at(31):
        client.force_login(hall.head)
        page = client.get(reverse("hall_due:due")).content.decode()
    assert (own.number in page, other.number in page, "李小明" in page) == (True, False, False)


@pytest.mark.parametrize("name", ["cadre", "liaison", "office", "leader"])
def test_nobody_else_opens_the_summary(hall, client, name):
    client.force_login(getattr(hall.bureau, name))
    assert client.get(reverse("hall_due:due")).status_code == 302


def test_the_summary_takes_fewer_than_twenty_queries(hall, client, django_assert_max_num_queries):
    for _time in range(3):
        hall.in_review(), hall.granted()
    with at(31, month=3):
        client.force_login(hall.clerk)
        client.get(reverse("hall_due:due"))
        with django_assert_max_num_queries(19):
            client.get(reverse("hall_due:due"))


# The day's mail


def reminded(day):
    with at(day):
        return set(cases_by_person())


def test_of_a_notice_the_receiving_clerk_is_reminded(hall):
    hall.received()
    assert (reminded(4), reminded(5)) == (set(), {hall.clerk.pk})


def test_of_a_decision_the_departments_handlers_are(hall):
    hall.in_review()
    assert reminded(20) == {hall.handler.pk, hall.head.pk} | {
        person.pk for person in asking.takers() if person.posts.filter(department=hall.bureau.licensing).exists()
    }


def test_of_what_is_overdue_the_head_hears_too(hall):
    hall.received()
    assert hall.head.pk not in reminded(9)
    hall.granted()
    with at(17):
        assert hall.head.pk in cases_by_person()


def test_a_pause_silences_no_reminder_of_what_was_overdue(hall):
    case = hall.in_review()
    with at(24):
        before = set(cases_by_person())
        reviewing.pause(case, by=hall.handler, kind="test", reason="送检", expected_days=10, notice_number="检1号")
        assert set(cases_by_person()) == before
    assert hall.head.pk in before


def test_where_the_clerk_has_left_the_handlers_are_reminded(hall):
    hall.received()
    Post.objects.filter(person=hall.clerk).update(ends_on=date(2026, 3, 3))
    assert hall.handler.pk in reminded(9)


def test_where_the_clerk_works_elsewhere_by_now_the_handlers_are_reminded_alone(hall):
    hall.received()
    Post.objects.filter(person=hall.clerk).update(ends_on=date(2026, 3, 3))
    finance = hall.bureau.finance
    Post.objects.create(person=hall.clerk, department=finance, kind=Post.Kind.CLERK, starts_on=date(2026, 3, 4))
    assert (hall.handler.pk in reminded(9), hall.clerk.pk in reminded(9)) == (True, False)


def test_of_what_nobody_handles_the_office_is_told_by_number(hall):
    Post.objects.filter(person=hall.bureau.office).update(starts_on=date(2020, 1, 1))
    case = hall.in_review()
    with at(24):
        assert hall.bureau.office.pk not in cases_by_person()
        Post.objects.filter(department=hall.bureau.licensing).update(ends_on=date(2026, 3, 20))
        told = cases_by_person()
    assert {person: [line.title for line in part.lines] for person, part in told.items()} == {
        hall.bureau.office.pk: [case.number]
    }


def test_one_mail_has_matters_and_cases(hall):
    head = hall.head
    Post.objects.filter(person=head).update(starts_on=date(2020, 1, 1))
    hall.in_review()
    liaison = hall.bureau.liaison
    person_in(hall.bureau.licensing, Post.Kind.CLERK)
    draft_matter(hall.bureau.licensing, author=liaison, title="逾期草稿", formed_on=date(2026, 1, 5))
    Post.objects.create(
        person=liaison, department=hall.bureau.licensing, kind=Post.Kind.CLERK, starts_on=date(2020, 1, 1)
    )
    with at(24):
        send_reminders()
        first = len(mail.outbox)
        send_reminders()
    sent = [each for each in mail.outbox if each.to == [liaison.email]]
    assert (len(sent), len(mail.outbox)) == (1, first)
    case = Case.objects.get()
    assert ("逾期草稿" in sent[0].body, case.number in sent[0].body, "2 things" in sent[0].subject) == (
        True,
        True,
        True,
    )
    assert "李小明" not in sent[0].body


def test_nobody_is_reminded_on_a_day_off(hall):
    hall.in_review()
    with at(28):
        assert send_reminders().is_day_off
    assert mail.outbox == []


def test_of_a_question_its_owner_is_reminded_and_whom_it_was_handed_to(hall):
    made = asking.ask("如何延期？", by=hall.clerk)
    assert set(questions_by_person()) == set()
    asking.hand_over(made, to=hall.handler, by=hall.clerk)
    assert set(questions_by_person()) == {hall.handler.pk}
    with at(6):
        assert set(questions_by_person()) == {hall.handler.pk, hall.clerk.pk}


def test_a_question_that_was_left_is_told_to_who_answers_it_now(hall):
    second = person_in(hall.unit, Post.Kind.CLERK, username="second-clerk")
    asking.ask("如何延期？", by=hall.clerk)
    hall.clerk.posts.update(ends_on=date(2026, 3, 5))
    with at(9):
        assert set(questions_by_person()) == {second.pk}


# Days that the calendar has moved


def move_the_calendar():
    CalendarDay.objects.create(day=date(2026, 3, 5), is_working=False, reason="藏历年")


@pytest.mark.parametrize(("name", "status"), [("office", 200), ("cadre", 302), ("leader", 302)])
def test_the_office_sees_what_the_calendar_has_moved(hall, client, name, status):
    case = hall.accepted()
    move_the_calendar()
    client.force_login(getattr(hall.bureau, name))
    page = client.get(reverse("hall_due:moved"))
    assert (page.status_code, case.number in page.content.decode()) == (status, status == 200)


def test_old_and_new_day_stand_beside_each_other_and_nothing_is_told_anew(hall, client):
    hall.accepted()
    told = ToldDay.objects.count()
    move_the_calendar()
    client.force_login(hall.clerk)
    page = client.get(reverse("hall_due:moved")).content.decode()
    assert [day for day in ("March 23, 2026", "March 24, 2026") if day not in page] == []
    assert ("李小明" in page, ToldDay.objects.count()) == (False, told)


def listed(case):
    return [(each.limit, each.due_on.day) for each in differing(date(2026, 3, 5), Case.objects.filter(pk=case.pk))]


@pytest.mark.parametrize(
    "move",
    [
        lambda hall, case: reviewing.begin_review(case, by=hall.handler),
        lambda hall, case: materials.take_in(case, by=hall.clerk, brought=[row(case, "环评批复")]),
    ],
)
def test_a_move_that_tells_the_applicant_nothing_forgets_no_change_of_the_calendar(hall, move):
    case = hall.accepted()
    move_the_calendar()
    before = listed(case)
    move(hall, case)
    assert (listed(case), len(before)) == (before, 2)


@pytest.mark.parametrize("made", ["in_review", "filed"])
def test_a_filing_and_its_signature_forget_no_change_of_the_calendar(hall, made):
    case = getattr(hall, made)()
    move_the_calendar()
    before = listed(case)
    if made == "in_review":
        deciding.file_refusal(case, by=hall.handler, basis="法", reasons="由", relief="复议")
    else:
        deciding.sign_refusal(case, by=hall.head)
    assert (listed(case), len(before)) == (before, 2)


def test_a_notice_of_another_limit_tells_the_new_days(hall):
    case = hall.in_review()
    move_the_calendar()
    reviewing.extend(case, by=hall.head, days=5, reason="案情复杂", notice_number="延1号")
    assert listed(case) == []


def confirm(client, person, case, limit="decision", day="2026-03-31"):
    client.force_login(person)
    return client.post(reverse("hall_due:told_anew"), {"case": case.number, "limit": limit, "day": day})


def test_the_office_confirms_a_day_that_the_applicant_was_told(hall, client):
    case = hall.accepted()
    move_the_calendar()
    assert listed(case) == [("decision", 31), ("promise", 24)]
    confirm(client, hall.bureau.office, case)
    entry = AuditEntry.objects.get(action="hall.told_anew")
    assert (listed(case), entry.person, entry.facts) == (
        [("promise", 24)],
        hall.bureau.office.pk,
        {"limit": "decision", "day": "2026-03-31"},
    )


@pytest.mark.parametrize("said", [{"day": "2026-03-30"}, {"limit": "delivery"}])
def test_no_other_day_than_the_one_that_is_counted_is_confirmed(hall, client, said):
    case = hall.accepted()
    move_the_calendar()
    confirm(client, hall.bureau.office, case, **said)
    assert len(listed(case)) == 2


@pytest.mark.parametrize("name", ["handler", "clerk", "head"])
def test_nobody_but_the_office_confirms_it(hall, client, name):
    case = hall.accepted()
    move_the_calendar()
    confirm(client, getattr(hall, name), case)
    assert len(listed(case)) == 2


@pytest.mark.parametrize(("name", "is_offered"), [("office", True), ("clerk", False)])
def test_the_confirmation_is_offered_to_the_office_alone(hall, client, name, is_offered):
    hall.accepted()
    move_the_calendar()
    client.force_login(hall.bureau.office if name == "office" else hall.clerk)
    assert ("The applicant was told March 31" in client.get(reverse("hall_due:moved")).content.decode()) == is_offered


def test_a_department_sees_its_own_cases_alone(hall, client):
    hall.accepted()
    move_the_calendar()
    client.force_login(person_in(hall.bureau.finance, Post.Kind.CLERK))
    assert client.get(reverse("hall_due:moved")).context["differences"] == []


def test_where_nothing_was_moved_the_list_says_so(hall, client):
    hall.accepted()
    client.force_login(hall.bureau.office)
    assert "is the one that is counted today" in client.get(reverse("hall_due:moved")).content.decode()


def test_time_that_the_applicant_takes_is_no_change_of_the_calendar(hall):
    item = item_of(hall.bureau.licensing, code="XKZ", legal_days=45, promised_days=30, clock="receipt")
    case = hall.received(item=item, brought=("申请书",))
    materials.notify(case, by=hall.clerk, wanted={row(case, "营业执照"): "补"})
    assert list(differing(date(2026, 3, 10))) == []
    with at(11):
        materials.supplement(now(case), by=hall.clerk, brought=[row(case, "营业执照")])
        assert list(differing(date(2026, 3, 11))) == []


# On the desk


def desk_of(client, person):
    client.force_login(person)
    return client.get(reverse("wagtailadmin_home")).text


def test_a_clerks_desk_has_what_is_due(hall, client):
    with at(2):
        case = hall.received()
    with at(9):
        assert reverse("window:case", args=[case.number]) in desk_of(client, hall.clerk)


def test_a_clerk_is_told_that_nothing_is_due(hall, client):
    assert "Nothing is overdue, and nothing is due today" in desk_of(client, hall.clerk)


@pytest.mark.parametrize("name", ["head", "liaison", "office"])
def test_nobody_else_is_told_that_nothing_is_due(hall, client, name):
    assert "panel-due-cases" not in desk_of(client, getattr(hall.bureau, name))


def test_who_searches_no_pages_has_no_field_for_it(hall, client):
    assert "Search all pages" not in desk_of(client, hall.clerk)
    draft_matter(hall.bureau.licensing)
    assert "Search all pages" in desk_of(client, hall.bureau.liaison)


# An item that counts from receipt


def counting_from_receipt(hall, days, notice_days=5):
    return item_of(
        hall.bureau.licensing,
        code="AQ-010",
        clock="receipt",
        legal_days=days,
        promised_days=days,
        notice_days=notice_days,
    )


def test_a_decision_that_is_due_before_the_hall_must_answer_is_on_the_list(hall):
    hall.received(item=counting_from_receipt(hall, days=3))
    [due] = due_cases(today=date(2026, 3, 6))
    assert (due.stage.limit, due.on, due.light) == (ToldDay.Limit.DECISION, date(2026, 3, 5), "overdue")


@pytest.mark.parametrize(("days", "light"), [(3, [("notified", "overdue")]), (5, [])])
def test_a_decision_that_was_overdue_when_the_applicant_was_told_stays_so(hall, days, light):
    case = hall.received(item=counting_from_receipt(hall, days), brought=("申请书",))
    with at(9):
        materials.notify(case, by=hall.clerk, wanted={row(case, "营业执照"): "复印件"})
        assert lights(9) == light
    assert lights(31) == light


def test_the_clerk_is_reminded_of_a_decision_that_waits_for_the_clerks_word(hall):
    hall.received(item=counting_from_receipt(hall, days=3))
    with at(4):
        assert {hall.clerk.pk, hall.handler.pk} <= set(cases_by_person())


# An extension


@pytest.mark.parametrize(("day", "light"), [(23, []), (24, [("in_review", "overdue")])])
def test_an_extension_makes_good_no_promise_that_was_broken(hall, day, light):
    case = hall.in_review()
    with at(day):
        reviewing.extend(case, by=hall.head, days=8, reason="案情复杂", notice_number="延1号")
    assert lights(25) == light
