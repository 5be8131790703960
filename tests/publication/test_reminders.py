"""One mail a person and working day: what it tells whom, that nobody gets it twice, and what a failure costs."""

import logging
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.users.models import UserProfile

from intranet.disclosure.models import CategoryTerms
from intranet.organisation.models import CalendarDay, Post
from intranet.publication.approval import reject, return_to_author
from intranet.publication.models import Reminder
from intranet.publication.reminders.sending import CLAIM, send_reminders
from tests.factories import approve, correct, draft_matter, fresh, live_matter, person_in, submit

TUESDAY = datetime(2026, 5, 26, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture(autouse=True)
def ten_days(db):
    """Every category gives ten working days, which end on Tuesday for what was formed on Tuesday two weeks before."""
    CategoryTerms.objects.update(deadline_days=10)


@pytest.fixture
def bureau(bureau):
    Post.objects.update(starts_on=TUESDAY.date() - timedelta(days=300))
    return bureau


def formed(left):
    """A day of formation that leaves so many working days, within one week."""
    return TUESDAY.date() - timedelta(days=14) + timedelta(days=left)


def draft(bureau, left, **attributes):
    attributes.setdefault("title", f"余{left}日")
    return draft_matter(bureau.licensing, author=bureau.liaison, formed_on=formed(left), **attributes)


def at_head(bureau, left, **attributes):
    matter = draft(bureau, left, **attributes)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    return fresh(matter)


def told():
    """The titles in each person's mail."""
    titles = ("余3日", "余2日", "余1日", "余0日", "余-1日", "余-4日")
    return {sent.to[0]: [title for title in titles if title in sent.body] for sent in mail.outbox}


def test_a_liaison_officer_is_told_of_a_draft_that_is_due_soon(bureau):
    draft(bureau, 3)
    send_reminders()
    assert told() == {bureau.liaison.email: ["余3日"]}


def test_nobody_is_told_of_what_has_time(bureau):
    draft_matter(bureau.licensing, author=bureau.liaison, formed_on=TUESDAY.date())
    assert (send_reminders().sent, mail.outbox) == (0, [])


def test_what_was_returned_is_the_liaison_officers_again(bureau):
    matter = draft(bureau, 1)
    submit(matter, by=bureau.liaison)
    return_to_author(fresh(matter), by=bureau.reviewer, comment="请改")
    send_reminders()
    assert told() == {bureau.liaison.email: ["余1日"]}


def test_a_new_version_that_was_returned_is_told_although_it_has_no_deadline(bureau):
    matter = live_matter(bureau.licensing, author=bureau.liaison, title="余3日")
    matter.save_revision(user=bureau.liaison)
    submit(fresh(matter), by=bureau.liaison)
    return_to_author(fresh(matter), by=bureau.reviewer, comment="请改")
    mail.outbox.clear()
    send_reminders()
    assert (told(), "as soon as possible" in mail.outbox[0].body) == ({bureau.liaison.email: ["余3日"]}, True)


def test_of_what_was_rejected_nobody_is_reminded(bureau):
    matter = draft(bureau, -4)
    submit(matter, by=bureau.liaison)
    reject(fresh(matter), by=bureau.reviewer, reason="不予公开", basis="state_secret")
    assert send_reminders().sent == 0


@pytest.mark.parametrize(("left", "is_told"), [(3, False), (2, True), (0, True)])
def test_a_head_is_told_of_a_decision_in_the_last_two_days(bureau, left, is_told):
    at_head(bureau, left)
    send_reminders()
    assert (bureau.head.email in told()) is is_told


def test_a_reviewer_is_told_of_a_correction_that_no_deadline_hurries(bureau):
    matter = live_matter(bureau.licensing, author=bureau.liaison)
    matter.save_revision(user=bureau.liaison)
    correct(fresh(matter))
    submit(fresh(matter), by=bureau.liaison)
    send_reminders()
    assert bureau.reviewer.email in told()


def of_the_office(bureau):
    [sent] = [sent for sent in mail.outbox if sent.to == [bureau.office.email]]
    return sent


def test_the_office_is_told_of_what_is_overdue_anywhere_by_number(bureau):
    draft(bureau, -1)
    at_head(bureau, -4)
    send_reminders()
    sent = of_the_office(bureau)
    assert ("draft 1, in review 1" in sent.body, sent.subject) == (True, "2 matters wait for you")


def test_the_office_is_named_no_draft(bureau):
    draft(bureau, -1)
    send_reminders()
    assert "余-1日" not in of_the_office(bureau).body


def test_the_office_is_told_of_steps_that_nobody_else_decides(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison, formed_on=TUESDAY.date())
    submit(matter, by=bureau.liaison)
    bureau.reviewer.posts.update(ends_on=TUESDAY.date() - timedelta(days=1))
    send_reminders()
    assert "Steps that nobody else in office decides" in of_the_office(bureau).body


def test_where_there_is_no_liaison_officer_the_head_is_told_of_drafts(bureau):
    draft(bureau, 1)
    bureau.liaison.posts.update(ends_on=TUESDAY.date() - timedelta(days=1))
    send_reminders()
    assert told() == {bureau.head.email: ["余1日"]}


def test_another_departments_liaison_officer_is_not_told(bureau):
    other = person_in(bureau.finance, Post.Kind.LIAISON)
    draft(bureau, 1)
    send_reminders()
    assert other.email not in told()


def test_everything_is_in_one_mail(bureau):
    at_head(bureau, 1)
    draft(bureau, 2)
    bureau.liaison.posts.update(ends_on=TUESDAY.date() - timedelta(days=1))
    send_reminders()
    assert [sent.subject for sent in mail.outbox if sent.to == [bureau.head.email]] == ["2 matters wait for you"]


def test_a_mail_leads_to_the_decision_and_to_the_check(bureau):
    matter = at_head(bureau, 1)
    send_reminders()
    [body] = [sent.body for sent in mail.outbox if sent.to == [bureau.head.email]]
    assert f"http://127.0.0.1:8000/admin/publication/decide/{matter.current_workflow_task_state.pk}/" in body


def test_a_mail_speaks_its_persons_language(bureau):
    profile = UserProfile.get_for_user(bureau.liaison)
    profile.preferred_language = "zh-hans"
    profile.save()
    draft(bureau, 1)
    send_reminders()
    assert mail.outbox[0].subject == "有 1 件事项待您处理"


def test_titles_in_the_html_are_escaped(bureau):
    draft(bureau, 1, title="<b>余1日</b>")
    send_reminders()
    [(html, _kind)] = mail.outbox[0].alternatives
    assert ("&lt;b&gt;余1日" in html, "<b>余1日" in html) == (True, False)


def test_repeating_it_sends_nothing_twice(bureau):
    draft(bureau, 1)
    assert [send_reminders().sent, send_reminders().sent] == [1, 0]


def test_the_next_day_has_its_own(bureau):
    draft(bureau, 1)
    send_reminders()
    with time_machine.travel(TUESDAY + timedelta(days=1), tick=False):
        assert send_reminders().sent == 1


@pytest.mark.parametrize("day", [TUESDAY + timedelta(days=4), TUESDAY + timedelta(days=5)])
def test_none_is_sent_at_a_weekend(bureau, day):
    draft(bureau, 1)
    with time_machine.travel(day, tick=False):
        assert (send_reminders().is_day_off, mail.outbox) == (True, [])


def test_none_is_sent_on_a_day_that_the_office_entered_as_free(bureau):
    draft(bureau, -4)
    CalendarDay.objects.create(day=TUESDAY.date(), is_working=False, reason="州庆")
    assert send_reminders().is_day_off


def test_an_account_that_is_closed_or_without_an_address_gets_none(bureau):
    draft(bureau, 1)
    type(bureau.liaison).objects.filter(pk=bureau.liaison.pk).update(email="")
    assert send_reminders().sent == 0


def fail_for(address, monkeypatch):
    send = EmailBackend.send_messages

    def sometimes(self, messages):
        if any(address in message.to for message in messages):
            raise ConnectionRefusedError("mail server down")
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", sometimes)


def test_a_mail_that_fails_costs_the_others_nothing_and_is_told(bureau, monkeypatch, caplog):
    at_head(bureau, 1)
    draft(bureau, 2)
    fail_for(bureau.head.email, monkeypatch)
    with caplog.at_level(logging.ERROR, "gongkai.publication"):
        done = send_reminders()
    assert (done.sent, done.failed, f"account {bureau.head.pk} " in caplog.text) == (1, 1, True)


def test_a_mail_that_failed_is_sent_by_the_next_run(bureau, monkeypatch):
    draft(bureau, 1)
    with monkeypatch.context() as patch:
        fail_for(bureau.liaison.email, patch)
        send_reminders()
    assert send_reminders().sent == 1


def test_what_another_run_is_sending_is_left_to_it(bureau):
    draft(bureau, 1)
    until = timezone.now() + CLAIM
    Reminder.objects.create(person=bureau.liaison, day=TUESDAY.date(), claimed_until=until)
    assert send_reminders().sent == 0
    with time_machine.travel(until + timedelta(seconds=1), tick=False):
        assert send_reminders().sent == 1


def test_it_costs_no_more_queries_for_more_matters(bureau, django_assert_max_num_queries):
    for _count in range(5):
        at_head(bureau, -1)
        draft(bureau, -1)
    send_reminders()
    with django_assert_max_num_queries(44):
        send_reminders()


def run(*arguments):
    out = StringIO()
    call_command("publication", "remind", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_how_many_were_sent(bureau):
    draft(bureau, 1)
    assert run() == "1 reminders sent, 0 failed.\n"


def test_the_command_waits_for_its_hour(bureau):
    draft(bureau, 1)
    assert ("before 10" in run("--after", "10"), mail.outbox) == (True, [])


def test_the_command_says_that_it_is_a_day_off(bureau):
    with time_machine.travel(TUESDAY + timedelta(days=4), tick=False):
        assert run() == "A day off: no reminder is sent.\n"


def test_the_command_fails_where_a_mail_failed(bureau, monkeypatch):
    draft(bureau, 1)
    fail_for(bureau.liaison.email, monkeypatch)
    with pytest.raises(CommandError, match="next run"):
        run()
