"""With the mail server down every request succeeds, mails wait, the office is told, and each comes once afterwards."""

import socket
from datetime import datetime
from email import message_from_bytes, policy
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse

from intranet.disclosure.models import CategoryTerms
from intranet.organisation.models import Post
from intranet.publication.approval import current_step
from intranet.publication.awaiting import awaiting
from intranet.publication.deciding_many import approve_many
from intranet.publication.models import OutgoingMail, Reminder
from intranet.publication.outgoing.delivery import CLAIM, deliver
from intranet.publication.reminders.sending import send_reminders
from tests.factories import approve, draft_matter, fresh, person_in
from tests.publication.under_stress.many import copies_at_head

TUESDAY = datetime(2026, 5, 26, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
TOLD = "E-mail does not get through"


class MailServer:
    """A real one, which can be down and come back, and refuses some."""

    def __init__(self, port):
        self.port, self.received, self.refused = port, [], set()
        self._controller = None

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        for address in envelope.rcpt_tos:
            self.received.append((address, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"

    def start(self):
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self):
        if self._controller:
            self._controller.stop()
            self._controller = None

    def got(self, person):
        return [message for address, message in self.received if address == person.email]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(settings):
    """Down, and the portal sends as it does in production."""
    server = MailServer(free_port())
    settings.EMAIL_BACKEND = "intranet.publication.outgoing.backend.EmailBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def on_a_tuesday(bureau):
    Post.objects.update(starts_on=TUESDAY.date().replace(year=2025))
    CategoryTerms.objects.update(deadline_days=10)
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


def desk(client, person):
    client.force_login(person)
    return client.get("/admin/").content.decode()


def decide(client, matter, **posted):
    return client.post(reverse("publication:decide", args=[current_step(matter).pk]), {"comment": "请改", **posted})


# Requests


@pytest.mark.parametrize(("decision", "is_live"), [("approve", True), ("return", False)])
def test_a_decision_is_made_although_the_server_is_down(bureau, client, server, at_head, decision, is_live):
    matter = at_head()
    client.force_login(bureau.head)
    answer = decide(client, matter, decision=decision)
    assert (answer.status_code, fresh(matter).live) == (302, is_live)


@pytest.mark.parametrize("decision", ["approve", "return"])
def test_who_submitted_is_told_of_the_decision_once_the_server_is_back(bureau, client, server, at_head, decision):
    matter = at_head(title="关于检查的通知")
    client.force_login(bureau.head)
    decide(client, matter, decision=decision)
    assert deliver().failed == 1
    server.start()
    deliver()
    deliver()
    [mail] = server.got(bureau.liaison)
    assert "关于检查的通知" in mail.get_body(("plain",)).get_content()


def test_an_approval_that_is_undone_tells_nobody(bureau, server, at_head):
    matter = at_head()
    with pytest.raises(RuntimeError), transaction.atomic():
        approve(matter, by=bureau.head)
        raise RuntimeError
    assert not OutgoingMail.objects.exists()


def test_many_approvals_are_one_mail(bureau, server, at_head):
    copies_at_head(at_head(title="样本"), 19)
    approve_many(awaiting(bureau.head), by=bureau.head)
    server.start()
    deliver()
    [mail] = server.got(bureau.liaison)
    assert ("20 messages" in mail["Subject"], mail.get_body(("plain",)).get_content().count("第")) == (True, 19 * 2)


# Delivery


@pytest.fixture
def owed(bureau, server, at_head):
    """A mail for the liaison officer, which was tried once."""
    approve(at_head(), by=bureau.head)
    deliver()


def test_the_office_is_told_with_the_reason_and_what_to_do_and_nobody_else_is(bureau, client, owed):
    page = desk(client, bureau.office)
    assert (TOLD in page, "ConnectionRefusedError" in page, "Nothing is lost" in page) == (True, True, True)
    assert TOLD not in desk(client, bureau.head)


def test_the_office_is_told_nothing_more_once_it_was_delivered(bureau, client, server, owed):
    server.start()
    deliver()
    assert TOLD not in desk(client, bureau.office)


def test_one_whom_the_server_refuses_keeps_nobody_elses_mail(bureau, server, at_head, owed):
    second = person_in(bureau.licensing, Post.Kind.LIAISON, username="zz-second", email="zz@example.org")
    approve(at_head(author=second), by=bureau.head)
    server.refused.add(bureau.liaison.email)
    server.start()
    done = deliver()
    assert (done.delivered, done.failed, len(server.got(second))) == (1, 1, 1)


def test_what_another_run_is_delivering_is_left_to_it(bureau, server, owed, on_a_tuesday):
    OutgoingMail.objects.update(claimed_until=TUESDAY + CLAIM)
    server.start()
    deliver()
    assert server.received == []
    on_a_tuesday.move_to(TUESDAY + 2 * CLAIM)
    deliver()
    assert len(server.got(bureau.liaison)) == 1


def test_the_command_fails_with_what_to_do(owed):
    with pytest.raises(CommandError, match="EMAIL_HOST"):
        call_command("publication", "deliver", stdout=StringIO())


# Reminders


@pytest.fixture
def due(bureau):
    return draft_matter(bureau.licensing, author=bureau.liaison, formed_on=TUESDAY.date().replace(day=13))


def test_a_reminder_that_failed_stays_owed_and_comes_once_when_the_server_is_back(bureau, server, due):
    assert (send_reminders().sent, Reminder.objects.unsent().count()) == (0, 1)
    server.start()
    for _run in range(3):
        send_reminders()
    assert (len(server.got(bureau.liaison)), Reminder.objects.unsent().count()) == (1, 0)


def test_a_reminder_that_came_in_the_morning_does_not_come_again_when_others_failed(bureau, server, due):
    server.start()
    send_reminders()
    server.stop()
    draft_matter(bureau.licensing, author=bureau.liaison, formed_on=TUESDAY.date().replace(day=13))
    send_reminders()
    server.start()
    send_reminders()
    assert len(server.got(bureau.liaison)) == 1


def test_the_office_is_told_of_reminders_that_failed(bureau, client, server, due):
    send_reminders()
    page = desk(client, bureau.office)
    assert (TOLD in page, "1 person did not get" in page) == (True, True)


def test_the_command_of_the_reminders_fails_and_says_that_the_next_run_tries_again(server, due):
    with pytest.raises(CommandError, match="next run"):
        call_command("publication", "remind", stdout=StringIO())
