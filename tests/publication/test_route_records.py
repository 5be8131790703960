"""What a route wants on record before anybody decides: price audits, decisions of the meeting, notice periods."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageLogEntry

from intranet.disclosure.going_live import PublicationRefused
from intranet.disclosure.models import MATTER_TYPES, AttachedDocument
from intranet.organisation.models import User
from intranet.organisation.working_days import WorkingCalendar
from intranet.publication.approval import current_step
from intranet.publication.emergency import release_in_emergency
from intranet.publication.models import Objection, OutgoingMail, RouteRecord
from intranet.publication.release import release_imported
from intranet.publication.route_records.notice_period import working_days_within
from intranet.publication.route_records.objections import (
    ObjectionRefused,
    decide_objection,
    enter_objection,
    raise_objection,
)
from intranet.publication.route_records.recording import (
    RecordRefused,
    possible_notices,
    record_decision,
    record_notice,
)
from intranet.publication.scrutiny.checks import warnings_in
from intranet.publication.submission import SubmissionRefused
from intranet.publication.withdrawal import withdraw
from tests.factories import approve, draft_matter, fresh, live_matter, submit

MONDAY = date(2026, 3, 2)
DURING, AFTER = date(2026, 3, 4), date(2026, 3, 9)
"""A Wednesday within the notice period from Monday to Friday, and the Monday after it."""


def recorded(matter, by, *, kind="meeting_decision", document=None, **changes):
    said = {"organ": "局务会议", "number": "甘安监局务〔2026〕3号", "decided_on": date(2026, 1, 5), **changes}
    return record_decision(matter, kind=kind, document=document or minutes(), by=by, **said)


def minutes():
    return AttachedDocument.objects.create(title="会议纪要", file=SimpleUploadedFile("minutes.txt", b"minutes"))


@pytest.mark.parametrize(("category", "words"), [("E5", "director's office meeting"), ("E9", "price audit")])
def test_nothing_is_submitted_without_the_record_that_its_route_asks_for(bureau, category, words):
    draft = draft_matter(bureau.licensing, category=category, type_code="report", author=bureau.liaison)
    with pytest.raises(SubmissionRefused, match=words):
        submit(draft, by=bureau.liaison)


@pytest.mark.parametrize(("category", "kind"), [("E5", "meeting_decision"), ("E9", "price_audit")])
def test_with_its_record_a_matter_is_submitted(bureau, category, kind):
    draft = draft_matter(bureau.licensing, category=category, type_code="report", author=bureau.liaison)
    recorded(draft, bureau.liaison, kind=kind)
    submit(draft, by=bureau.liaison)
    assert fresh(draft).workflow_in_progress


@pytest.mark.parametrize(("decided_on", "doubtful"), [(date(2026, 1, 5), True), (date(2026, 3, 4), False)])
def test_a_decision_on_the_version_before_is_doubtful_for_the_next_one(bureau, decided_on, doubtful):
    with time_machine.travel(MONDAY):
        matter = live_matter(bureau.licensing, category="E5", type_code="report")
    recorded(matter, bureau.office, decided_on=decided_on)
    found = [finding.kind for finding in warnings_in(fresh(matter), reader=bureau.liaison)]
    assert ("route_records" in found) is doubtful


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"decided_on": date(2030, 1, 1)}, "not decided yet"),
        ({"number": " "}, "number"),
        ({"kind": "notice"}, "Choose what is recorded"),
    ],
)
def test_a_record_that_says_too_little_is_refused_with_the_reason(bureau, changes, words):
    draft = draft_matter(bureau.licensing, category="E5", type_code="report", author=bureau.liaison)
    with pytest.raises(RecordRefused, match=words):
        recorded(draft, bureau.liaison, **changes)


def test_a_decision_of_the_meeting_has_its_minutes(bureau):
    draft = draft_matter(bureau.licensing, category="E5", type_code="report", author=bureau.liaison)
    said = {"organ": "局务会议", "number": "3", "decided_on": MONDAY}
    with pytest.raises(RecordRefused, match="minutes"):
        record_decision(draft, kind="meeting_decision", document=None, by=bureau.liaison, **said)


def test_only_the_department_and_the_office_record(bureau):
    draft = draft_matter(bureau.licensing, category="E5", type_code="report", author=bureau.liaison)
    with pytest.raises(RecordRefused, match="Only liaison officers"):
        recorded(draft, bureau.cadre2)


def test_nothing_is_recorded_while_somebody_decides(bureau):
    draft = draft_matter(bureau.licensing, category="E5", type_code="report", author=bureau.liaison)
    recorded(draft, bureau.liaison)
    submit(draft, by=bureau.liaison)
    with pytest.raises(RecordRefused, match="under review"):
        recorded(fresh(draft), bureau.liaison)


def test_a_liaison_officer_records_on_the_screen(bureau, client):
    draft = draft_matter(bureau.licensing, category="E5", type_code="report", author=bureau.liaison)
    client.force_login(bureau.liaison)
    posted = {"kind": "meeting_decision", "organ": "局务会议", "number": "3", "decided_on": "2026-01-05"}
    file = SimpleUploadedFile("minutes.txt", b"minutes")
    client.post(reverse("publication:records", args=[draft.pk]), {**posted, "minutes": file})
    assert RouteRecord.objects.get().document.title == "minutes.txt"


def test_the_minutes_are_not_the_readers(bureau, client):
    matter = live_matter(bureau.licensing, category="E5", type_code="report")
    record = recorded(matter, bureau.liaison)
    client.force_login(bureau.cadre)
    assert client.get(record.document.url).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("liaison", 200), ("reviewer", 200), ("head", 200)])
def test_the_minutes_are_read_by_who_drafts_and_who_decides(bureau, client, who, status):
    draft = draft_matter(bureau.licensing, category="E5", type_code="report", author=bureau.liaison)
    record = recorded(draft, bureau.liaison)
    submit(draft, by=bureau.liaison)
    client.force_login(getattr(bureau, who))
    assert client.get(reverse("publication:record_file", args=[record.pk])).status_code == status


def test_the_decision_screen_shows_what_is_on_record(bureau, client):
    draft = draft_matter(bureau.licensing, category="E5", type_code="report", author=bureau.liaison)
    recorded(draft, bureau.liaison)
    submit(draft, by=bureau.liaison)
    client.force_login(bureau.reviewer)
    screen = client.get(reverse("publication:decide", args=[current_step(fresh(draft)).pk])).content.decode()
    assert "甘安监局务〔2026〕3号" in screen


# Notice periods


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.integers(-3, 40))
def test_working_days_within_a_period_are_counted_with_both_its_ends(db, first, length):
    calendar, last = WorkingCalendar(), first + timedelta(days=length)
    days = [first + timedelta(days=number) for number in range(length + 1)]
    assert working_days_within(first, last) == sum(calendar.is_working_day(day) for day in days)


def notice(bureau, *, until=date(2026, 3, 6), **changes):
    with time_machine.travel(MONDAY):
        said = {"notice_from": MONDAY, "notice_until": until, "objection_channel": "人事科", **changes}
        return live_matter(
            bureau.licensing, category="N4", type_code="notice", visibility="staff", title="任前公示", **said
        )


def approved_until_the_last_step(bureau, *, follows):
    """A result of N4 that awaits the office's approval, its last step."""
    draft = draft_matter(
        bureau.licensing, category="N4", type_code="result", visibility="staff", title="任职决定", author=bureau.liaison
    )
    recorded(draft, bureau.liaison)
    record_notice(draft, notice=follows, by=bureau.liaison)
    submit(draft, by=bureau.liaison)
    approve(fresh(draft), by=bureau.reviewer)
    approve(fresh(draft), by=bureau.head)
    return fresh(draft)


@pytest.fixture
def standing(bureau):
    """Everybody's posts, from before the days that these tests are set in."""
    for person in (bureau.liaison, bureau.head, bureau.reviewer, bureau.office, bureau.cadre, bureau.cadre2):
        person.posts.update(starts_on=date(2020, 1, 1))
    return bureau


def test_a_result_without_its_notice_is_not_submitted(standing):
    draft = draft_matter(
        standing.licensing, category="N4", type_code="result", visibility="staff", author=standing.liaison
    )
    recorded(draft, standing.liaison)
    with pytest.raises(SubmissionRefused, match="notice period"):
        submit(draft, by=standing.liaison)


@pytest.mark.parametrize(("day", "live"), [(DURING, False), (date(2026, 3, 6), False), (AFTER, True)])
def test_a_result_goes_live_after_its_notice_period(standing, day, live):
    follows = notice(standing)
    with time_machine.travel(day):
        result = approved_until_the_last_step(standing, follows=follows)
        try:
            approve(result, by=standing.office)
        except PublicationRefused as refused:
            assert "notice period ends" in str(refused)
        assert fresh(result).live is live


def test_a_notice_that_stood_too_short_carries_no_result(standing):
    follows = notice(standing, until=date(2026, 3, 5))
    with time_machine.travel(AFTER):
        result = approved_until_the_last_step(standing, follows=follows)
        with pytest.raises(PublicationRefused, match="4 working days; at least 5"):
            approve(result, by=standing.office)


def test_the_days_before_a_notice_went_live_do_not_count(standing):
    follows = notice(standing, notice_from=date(2026, 2, 20))
    with time_machine.travel(AFTER):
        result = approved_until_the_last_step(standing, follows=follows)
        approve(result, by=standing.office)
        assert fresh(result).live


def test_a_withdrawn_notice_carries_no_result(standing):
    follows = notice(standing)
    with time_machine.travel(AFTER):
        withdraw(follows, by=standing.head, reason="有误")
        result = approved_until_the_last_step(standing, follows=follows)
        with pytest.raises(PublicationRefused, match="not disclosed"):
            approve(result, by=standing.office)


@pytest.mark.parametrize(("outcome", "words"), [("", "not decided yet"), ("upheld", "was upheld"), ("dismissed", "")])
def test_an_objection_holds_the_result_until_it_is_dismissed(standing, outcome, words):
    follows = notice(standing)
    with time_machine.travel(DURING):
        made = raise_objection(follows, text="任职条件不符", by=standing.cadre)
    with time_machine.travel(AFTER):
        if outcome:
            decide_objection(made, outcome=outcome, answer="经核查", by=standing.office)
        result = approved_until_the_last_step(standing, follows=follows)
        try:
            approve(result, by=standing.office)
        except PublicationRefused as refused:
            assert words in str(refused)
        assert fresh(result).live is (outcome == "dismissed")


@pytest.mark.parametrize(("day", "live"), [(DURING, False), (AFTER, True)])
def test_an_import_shortens_no_notice_period_that_is_on_record(standing, day, live):
    follows = notice(standing)
    with time_machine.travel(day):
        result = approved_until_the_last_step(standing, follows=follows)
        current_step(result).workflow_state.cancel(user=standing.office)
        try:
            release_imported(fresh(result), by=standing.head, reason="test", reviewed_by=standing.reviewer)
        except PublicationRefused as refused:
            assert "notice period ends" in str(refused)
        assert fresh(result).live is live


def test_an_emergency_shortens_no_notice_period(standing):
    follows = notice(standing)
    with time_machine.travel(DURING):
        draft = draft_matter(
            standing.licensing, category="N4", type_code="result", visibility="staff", author=standing.liaison
        )
        recorded(draft, standing.liaison)
        record_notice(draft, notice=follows, by=standing.liaison)
        with pytest.raises(PublicationRefused, match="notice period ends"):
            release_in_emergency(fresh(draft), by=standing.head, reason="急")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"notice_from": None}, "from when and until when"),
        ({"notice_until": date(2026, 3, 5)}, "4 working days; at least 5"),
        ({"objection_channel": ""}, "where objections are raised"),
    ],
)
def test_a_notice_that_says_too_little_is_not_submitted(bureau, changes, words):
    said = {"notice_from": MONDAY, "notice_until": date(2026, 3, 6), "objection_channel": "人事科", **changes}
    draft = draft_matter(
        bureau.licensing, category="N4", type_code="notice", visibility="staff", author=bureau.liaison, **said
    )
    recorded(draft, bureau.liaison)
    with pytest.raises(SubmissionRefused, match=words):
        submit(draft, by=bureau.liaison)


# What carries a result, and what does not


RESULT_TYPES = [code for code in MATTER_TYPES if code != "notice"]


def result(bureau, *, follows, type_code="result", **attributes):
    """A draft of N4 with its meeting's decision and its notice on record."""
    draft = draft_matter(
        bureau.licensing,
        category="N4",
        type_code=type_code,
        visibility="staff",
        title="任职决定",
        author=bureau.liaison,
        **attributes,
    )
    recorded(draft, bureau.liaison)
    record_notice(draft, notice=follows, by=bureau.liaison)
    return draft


def through_review(bureau, draft):
    submit(draft, by=bureau.liaison)
    for person in (bureau.reviewer, bureau.head, bureau.office):
        approve(fresh(draft), by=person)
    return fresh(draft)


def objected_to(bureau, follows, *, outcome=""):
    with time_machine.travel(DURING):
        made = raise_objection(follows, text="任职条件不符", by=bureau.cadre)
        if outcome:
            decide_objection(made, outcome=outcome, answer="属实", by=bureau.office)
    return made


def earlier_notice(bureau):
    """Last month's, of another appointment."""
    with time_machine.travel(date(2026, 2, 2)):
        said = {"notice_from": date(2026, 2, 2), "notice_until": date(2026, 2, 9), "objection_channel": "人事科"}
        return live_matter(
            bureau.licensing, category="N4", type_code="notice", visibility="staff", title="上月公示", **said
        )


def second_notice(bureau):
    """One that was made after the first one's period."""
    with time_machine.travel(AFTER):
        said = {"notice_from": AFTER, "notice_until": date(2026, 3, 13), "objection_channel": "人事科"}
        return live_matter(
            bureau.licensing, category="N4", type_code="notice", visibility="staff", title="再次公示", **said
        )


@pytest.mark.parametrize("type_code", RESULT_TYPES)
def test_an_appointment_has_its_notice_whatever_type_it_is_filed_under(standing, type_code):
    draft = draft_matter(
        standing.licensing, category="N4", type_code=type_code, visibility="staff", author=standing.liaison
    )
    recorded(draft, standing.liaison)
    with pytest.raises(SubmissionRefused, match="notice period"):
        submit(draft, by=standing.liaison)


def test_what_is_filed_as_a_report_waits_for_its_notice_period_too(standing):
    follows = notice(standing)
    with time_machine.travel(DURING):
        draft = result(standing, follows=follows, type_code="report")
        with pytest.raises(PublicationRefused, match="notice period ends"):
            through_review(standing, draft)


def test_a_notice_that_expired_within_its_period_carries_no_result(standing):
    follows = notice(standing, expire_at=datetime(2026, 3, 3, 12, tzinfo=UTC))
    with time_machine.travel(AFTER):
        draft = result(standing, follows=follows)
        with pytest.raises(PublicationRefused, match="2 working days; at least 5"):
            through_review(standing, draft)


def test_days_on_which_a_notice_was_withdrawn_do_not_count(standing):
    follows = notice(standing)
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        withdraw(follows, by=standing.head, reason="有误")
    with time_machine.travel(datetime(2026, 3, 6, 2, tzinfo=UTC)):
        fresh(follows).save_revision()
        release_imported(fresh(follows), by=None, reason="test")
    with time_machine.travel(AFTER):
        draft = result(standing, follows=fresh(follows))
        with pytest.raises(PublicationRefused, match="2 working days; at least 5"):
            through_review(standing, draft)


def test_a_notice_that_was_corrected_within_its_period_stood_all_the_while(standing):
    follows = notice(standing)
    with time_machine.travel(DURING):
        fresh(follows).save_revision()
        release_imported(fresh(follows), by=None, reason="test")
    with time_machine.travel(AFTER):
        assert through_review(standing, result(standing, follows=fresh(follows))).live


def test_a_notice_that_came_from_elsewhere_stood_since_the_day_that_its_operator_said(standing):
    with time_machine.travel(DURING):
        said = {"notice_from": MONDAY, "notice_until": date(2026, 3, 6), "published_on": MONDAY}
        follows = live_matter(standing.licensing, category="N4", type_code="notice", visibility="staff", **said)
    with time_machine.travel(AFTER):
        assert through_review(standing, result(standing, follows=follows)).live


def test_nothing_is_recorded_while_an_approved_version_waits_for_its_moment(standing):
    follows, other = notice(standing), earlier_notice(standing)
    with time_machine.travel(AFTER):
        draft = result(standing, follows=follows, go_live_at=datetime(2026, 3, 10, tzinfo=UTC))
        through_review(standing, draft)
        with pytest.raises(RecordRefused, match="waits for its moment"):
            record_notice(fresh(draft), notice=other, by=standing.office, reason="改用")


def test_only_the_office_replaces_a_notice(standing):
    follows, other = notice(standing), earlier_notice(standing)
    with time_machine.travel(AFTER):
        draft = result(standing, follows=follows)
        with pytest.raises(RecordRefused, match="Only the leading group's office"):
            record_notice(draft, notice=other, by=standing.liaison, reason="改用")


def test_the_office_gives_its_reason_for_replacing_a_notice(standing):
    follows, other = notice(standing), earlier_notice(standing)
    with time_machine.travel(AFTER):
        draft = result(standing, follows=follows)
        with pytest.raises(RecordRefused, match="Give the reason"):
            record_notice(draft, notice=other, by=standing.office)


def test_a_notice_is_replaced_for_a_reason_that_stays_in_the_log(standing, client):
    follows, other = notice(standing), earlier_notice(standing)
    with time_machine.travel(AFTER):
        draft = result(standing, follows=follows)
        client.force_login(standing.office)
        posted = {"notice": other.pk, "reason": "登记有误"}
        client.post(reverse("publication:records", args=[draft.pk]), posted)
    entry = PageLogEntry.objects.get(action="gongkai.notice_replaced")
    assert (entry.user, entry.data["reason"]) == (standing.office, "登记有误")


@pytest.mark.parametrize(("who", "offered"), [("liaison", False), ("office", True)])
def test_the_screen_offers_another_notice_to_the_office_alone(standing, client, who, offered):
    follows = notice(standing)
    earlier_notice(standing)
    with time_machine.travel(AFTER):
        draft = result(standing, follows=follows)
        client.force_login(getattr(standing, who))
        screen = client.get(reverse("publication:records", args=[draft.pk])).content.decode()
    assert ('name="notice"' in screen) is offered


@pytest.mark.parametrize(("outcome", "words"), [("", "not decided yet"), ("upheld", "was upheld")])
def test_no_objection_is_got_rid_of_by_an_earlier_notice(standing, outcome, words):
    follows, other = notice(standing), earlier_notice(standing)
    objected_to(standing, follows, outcome=outcome)
    with time_machine.travel(AFTER):
        draft = result(standing, follows=follows)
        record_notice(draft, notice=other, by=standing.office, reason="改用")
        with pytest.raises(PublicationRefused, match=words):
            through_review(standing, draft)


@pytest.mark.parametrize(("outcome", "live"), [("", False), ("upheld", True)])
def test_after_an_upheld_objection_another_notice_stands_first(standing, outcome, live):
    follows = notice(standing)
    objected_to(standing, follows, outcome=outcome)
    other = second_notice(standing)
    with time_machine.travel(date(2026, 3, 16)):
        draft = result(standing, follows=follows)
        record_notice(draft, notice=other, by=standing.office, reason="重新公示")
        try:
            through_review(standing, draft)
        except PublicationRefused as refused:
            assert "not decided yet" in str(refused)
        assert fresh(draft).live is live


def test_an_objection_holds_what_was_approved_for_a_later_moment(standing):
    follows = notice(standing)
    with time_machine.travel(AFTER):
        draft = result(standing, follows=follows, go_live_at=datetime(2026, 3, 10, tzinfo=UTC))
        through_review(standing, draft)
        enter_objection(follows, text="任职条件不符", channel="letter", by=standing.office)
    with time_machine.travel(date(2026, 3, 11)):
        with pytest.raises(CommandError, match="not decided yet"):
            call_command("publish_scheduled")
        assert not fresh(draft).live


def test_a_notice_with_a_live_result_is_not_offered_for_another(standing, client):
    follows = notice(standing)
    with time_machine.travel(AFTER):
        through_review(standing, result(standing, follows=follows))
        another = draft_matter(
            standing.licensing, category="N4", type_code="result", visibility="staff", author=standing.liaison
        )
        assert follows not in possible_notices(another)


def test_a_notice_carries_one_result(standing):
    follows = notice(standing)
    with time_machine.travel(AFTER):
        first, second = result(standing, follows=follows), result(standing, follows=follows, summary="另一人")
        through_review(standing, first)
        with pytest.raises(PublicationRefused, match="follows this notice already"):
            through_review(standing, second)


# Objections


def test_a_cadre_objects_on_the_notices_page(standing, client):
    follows = notice(standing)
    with time_machine.travel(DURING):
        client.force_login(standing.cadre2)
        page = client.get(follows.url).content.decode()
        client.post(reverse("object_to", args=[follows.pk]), {"text": "任职条件不符"})
    assert (reverse("object_to", args=[follows.pk]) in page, Objection.objects.get().raised_by) == (
        True,
        standing.cadre2,
    )


@pytest.mark.parametrize("day", [date(2026, 2, 27), AFTER])
def test_outside_the_period_nobody_objects(standing, client, day):
    follows = notice(standing)
    with time_machine.travel(day):
        client.force_login(standing.cadre)
        assert client.get(reverse("object_to", args=[follows.pk])).status_code == 404


def test_who_cannot_read_the_notice_cannot_object(standing, client):
    follows = notice(standing)
    with time_machine.travel(DURING):
        assert client.get(reverse("object_to", args=[follows.pk])).status_code == 404


def test_the_department_is_not_told_who_objects(standing, client):
    follows = notice(standing)
    with time_machine.travel(DURING):
        made = raise_objection(follows, text="任职条件不符", by=standing.cadre2)
        client.force_login(standing.head)
        screen = client.get(reverse("publication:objection", args=[made.pk])).content.decode()
    assert ("任职条件不符" in screen, str(standing.cadre2) in screen) == (True, False)


def test_the_office_is_told_whom_to_answer(standing, client):
    follows = notice(standing)
    with time_machine.travel(DURING):
        made = raise_objection(follows, text="任职条件不符", by=standing.cadre2)
        client.force_login(standing.office)
        assert standing.cadre2.email in client.get(reverse("publication:objection", args=[made.pk])).content.decode()


@pytest.mark.parametrize("outcome", ["upheld", "dismissed"])
def test_whoever_objected_is_told_the_outcome_and_its_reasons(standing, mailoutbox, outcome):
    follows = notice(standing)
    with time_machine.travel(DURING):
        made = raise_objection(follows, text="任职条件不符", by=standing.cadre2)
        decide_objection(made, outcome=outcome, answer="经核查属实", by=standing.head)
    (mail,) = mailoutbox
    assert (mail.to, "经核查属实" in mail.body, follows.title in mail.subject) == ([standing.cadre2.email], True, True)


def test_the_mail_is_put_down_with_the_decision(standing, settings):
    settings.EMAIL_BACKEND = "intranet.publication.outgoing.backend.EmailBackend"
    follows = notice(standing)
    with time_machine.travel(DURING):
        made = raise_objection(follows, text="任职条件不符", by=standing.cadre2)
        decide_objection(made, outcome="dismissed", answer="无据", by=standing.head)
    assert OutgoingMail.objects.get().address == standing.cadre2.email


def test_nobody_is_written_to_about_an_objection_that_came_by_letter(standing, mailoutbox):
    made = enter_objection(notice(standing), text="不符", channel="letter", by=standing.office)
    decide_objection(made, outcome="dismissed", answer="无据", by=standing.office)
    assert not mailoutbox


def test_who_has_left_is_written_to_no_more(standing, mailoutbox):
    follows = notice(standing)
    with time_machine.travel(DURING):
        made = raise_objection(follows, text="任职条件不符", by=standing.cadre2)
        User.objects.filter(pk=standing.cadre2.pk).update(is_active=False)
        decide_objection(made, outcome="dismissed", answer="无据", by=standing.head)
    assert not mailoutbox


def test_nobody_decides_on_their_own_objection(standing):
    follows = notice(standing)
    with time_machine.travel(DURING):
        made = raise_objection(follows, text="不符", by=standing.head)
        with pytest.raises(ObjectionRefused, match="own objection"):
            decide_objection(made, outcome="dismissed", answer="无据", by=standing.head)


def test_a_decision_on_an_objection_gives_its_reasons(standing):
    made = enter_objection(notice(standing), text="不符", channel="letter", by=standing.office)
    with pytest.raises(ObjectionRefused, match="Give the reasons"):
        decide_objection(made, outcome="dismissed", answer="", by=standing.office)


def test_an_objection_is_decided_once(standing):
    made = enter_objection(notice(standing), text="不符", channel="letter", by=standing.office)
    decide_objection(made, outcome="dismissed", answer="无据", by=standing.office)
    with pytest.raises(ObjectionRefused, match="decided already"):
        decide_objection(made, outcome="upheld", answer="有据", by=standing.head)


def test_the_head_decides_an_objection_on_the_screen(standing, client):
    made = enter_objection(notice(standing), text="不符", channel="letter", by=standing.office)
    client.force_login(standing.head)
    client.post(reverse("publication:objection", args=[made.pk]), {"outcome": "dismissed", "answer": "无据"})
    made.refresh_from_db()
    assert made.outcome == "dismissed"


def test_the_head_enters_an_objection_that_came_by_letter(standing, client):
    follows = notice(standing)
    client.force_login(standing.head)
    address = reverse("publication:enter_objection", args=[follows.pk])
    client.post(address, {"channel": "letter", "text": "任职条件不符"})
    assert Objection.objects.get().channel == "letter"


def test_objections_are_for_those_who_handle_them(standing, client):
    made = enter_objection(notice(standing), text="不符", channel="letter", by=standing.office)
    client.force_login(standing.liaison)
    assert client.get(reverse("publication:objection", args=[made.pk])).status_code == 404
