"""The e-mail that tells of what is new in saved searches."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from intranet.access.sharing import revoke
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import CalendarDay
from intranet.publication.withdrawal import withdraw
from search.engines import main_engine
from search.engines.base import EngineUnavailable
from search.saved import news
from search.saved.digest import CLAIM, SHOWN
from search.saved.models import SavedSearch
from search.worker import drain
from tests.factories import fresh, name_reader
from tests.search.saved.conftest import QUERY, TUESDAY, disclose, internal, save, send, texts

pytestmark = pytest.mark.django_db
NEW = f"{QUERY}新办法"


# What is new


def test_what_was_disclosed_since_is_told(bureau, old):
    save(bureau.cadre)
    matter = disclose(bureau.licensing, NEW)
    assert send().sent == 1
    assert (NEW in texts()[0], old.title in texts()[0], f"http://127.0.0.1:8000{matter.url}" in texts()[0]) == (
        True, False, True,
    )  # fmt: skip


def test_nothing_is_sent_when_nothing_is_new(bureau, old):
    save(bureau.cadre)
    assert (send().without_news, mail.outbox) == (1, [])


def test_what_was_told_is_not_told_again(bureau, old):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    send()
    disclose(bureau.licensing, f"{QUERY}更新的办法")
    send(TUESDAY + timedelta(days=1))
    assert [NEW in text for text in texts()] == [True, False]


def test_an_older_matter_that_has_become_the_readers_is_new(bureau, old):
    matter = internal(bureau.finance, NEW, visibility="department")
    save(bureau.cadre)
    name_reader(matter, bureau.cadre, by=bureau.office)
    drain()
    main_engine().refresh()
    send()
    assert NEW in texts()[0]


def test_what_has_only_some_of_the_words_is_not_told(bureau, old):
    save(bureau.cadre, "q=烟花爆竹 尾矿库闭库")
    disclose(bureau.licensing, NEW)
    assert send().without_news == 1


def test_filters_hold_in_the_mail(bureau, old):
    save(bureau.cadre, f"q={QUERY}&department=finance")
    disclose(bureau.licensing, NEW)
    assert send().without_news == 1


def test_what_moves_up_into_the_window_is_not_new(bureau, monkeypatch):
    monkeypatch.setattr(news, "WINDOW", 2)
    matters = [disclose(bureau.licensing, f"{QUERY}之{number}") for number in range(3)]
    for number, matter in enumerate(matters):
        MatterPage.objects.filter(pk=matter.pk).update(published_on=TUESDAY - timedelta(days=10 - number))
        fresh(matter).save()
    drain()
    main_engine().refresh()
    save(bureau.cadre)
    withdraw(fresh(matters[2]), by=bureau.head, reason="更正")
    drain()
    main_engine().refresh()
    assert send().without_news == 1


def test_what_a_search_remembers_is_bounded(bureau, old, monkeypatch):
    monkeypatch.setattr(news, "KEPT", 2)
    saved = save(bureau.cadre)
    for number in range(3):
        disclose(bureau.licensing, f"{QUERY}之{number}")
    send()
    assert len(fresh_search(saved).known) == 2


def fresh_search(saved: SavedSearch) -> SavedSearch:
    return SavedSearch.objects.get(pk=saved.pk)


# One mail a person


def test_all_searches_of_a_person_come_in_one_mail_each_matter_once(bureau, old):
    save(bureau.cadre)
    save(bureau.cadre, "q=办法")
    disclose(bureau.licensing, NEW)
    send()
    send(TUESDAY + timedelta(days=1))
    assert [message.body.count(NEW) for message in mail.outbox] == [1]


def test_many_new_matters_are_shown_in_part_and_all_are_told_of(bureau, old):
    save(bureau.cadre)
    for number in range(SHOWN + 2):
        disclose(bureau.licensing, f"{QUERY}之{number}。")
    send()
    send(TUESDAY + timedelta(days=1))
    (message,) = mail.outbox
    assert (message.body.count("- "), "and 2 more" in message.body) == (SHOWN, True)


@pytest.mark.parametrize(("language", "words"), [("en", "new disclosure"), ("zh-hans", "新公开内容")])
def test_a_mail_speaks_the_language_in_which_the_search_was_saved(bureau, old, language, words):
    save(bureau.cadre, language=language)
    disclose(bureau.licensing, NEW)
    send()
    assert words in mail.outbox[0].subject


# When


def test_no_mail_comes_on_a_day_off(bureau, old):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    CalendarDay.objects.create(day=TUESDAY, reason="藏历新年")
    assert (send().is_day_off, mail.outbox) == (True, [])
    assert send(TUESDAY + timedelta(days=1)).sent == 1


def test_a_weekly_mail_comes_on_the_first_working_day_of_the_week(bureau, old):
    save(bureau.cadre, frequency="weekly")
    disclose(bureau.licensing, NEW)
    days = [TUESDAY + timedelta(days=number) for number in range(7)]
    assert [send(day).sent for day in days] == [0, 0, 0, 0, 0, 0, 1]


def test_who_wants_no_mail_gets_none(bureau, old):
    save(bureau.cadre, frequency="off")
    disclose(bureau.licensing, NEW)
    assert (send().sent, mail.outbox) == (0, [])


# Who


def test_a_mail_tells_each_person_what_is_theirs(bureau, old):
    for person in (bureau.cadre, bureau.cadre2):
        save(person)
    disclose(bureau.licensing, NEW)
    internal(bureau.licensing, f"{QUERY}本科通知", visibility="department")
    send()
    assert {message.to[0]: "本科通知" in message.body for message in mail.outbox} == {
        bureau.cadre.email: True,
        bureau.cadre2.email: False,
    }


def test_a_person_without_a_post_is_told_of_what_is_public_alone(bureau, old):
    save(bureau.cadre)
    bureau.cadre.posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    disclose(bureau.licensing, NEW)
    internal(bureau.licensing)
    send()
    assert (NEW in texts()[0], "内部通知" in texts()[0]) == (True, False)


def test_a_closed_account_is_told_nothing(bureau, old):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    type(bureau.cadre).objects.filter(pk=bureau.cadre.pk).update(is_active=False)
    send()
    assert mail.outbox == []


@pytest.mark.parametrize("end", ["withdrawn", "unshared"])
def test_what_has_stopped_being_readable_is_not_told_while_the_worker_is_stopped(bureau, old, end):
    save(bureau.cadre2)
    disclose(bureau.finance, NEW)
    secret = internal(bureau.licensing, f"{QUERY}密件", visibility="department")
    name_reader(secret, bureau.cadre2, by=bureau.head)
    drain()
    main_engine().refresh()
    if end == "withdrawn":
        withdraw(fresh(secret), by=bureau.head, reason="更正")
    else:
        revoke(secret.as_matter(), of=bureau.cadre2, by=bureau.head)
    send()
    assert (NEW in texts()[0], "密件" in texts()[0]) == (True, False)


def test_what_stops_being_readable_between_finding_and_sending_is_not_told(bureau, old, monkeypatch):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    secret = internal(bureau.licensing, f"{QUERY}密件")
    found = news.find

    def find_then_withdraw(*args: object) -> object:
        results = found(*args)
        withdraw(fresh(secret), by=bureau.head, reason="更正")
        return results

    monkeypatch.setattr(news, "find", find_then_withdraw)
    send()
    assert (NEW in texts()[0], "密件" in texts()[0]) == (True, False)


# Failing and beginning again


class OneMailboxIsFull(EmailBackend):
    def send_messages(self, messages):
        if any(message.to == ["cadre@example.org"] for message in messages):
            raise OSError("mailbox full")
        return super().send_messages(messages)


@pytest.fixture
def full_mailbox(settings) -> None:
    settings.MAIL_DELIVERY_BACKEND = f"{OneMailboxIsFull.__module__}.OneMailboxIsFull"


def test_a_mail_that_fails_is_told_of_and_the_others_go_on(bureau, old, full_mailbox, caplog, sent_to):
    for person in (bureau.cadre, bureau.cadre2):
        save(person)
    disclose(bureau.licensing, NEW)
    with caplog.at_level(logging.ERROR, "gongkai.search"):
        done = send()
    assert ((done.sent, done.failed), sent_to()) == ((1, 1), [bureau.cadre2.email])
    assert f"account {bureau.cadre.pk} was not sent" in caplog.text


def test_a_mail_that_failed_is_sent_by_the_next_run_and_no_other_again(bureau, old, full_mailbox, settings, sent_to):
    for person in (bureau.cadre, bureau.cadre2):
        save(person)
    disclose(bureau.licensing, NEW)
    send()
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send()
    assert sent_to() == [bureau.cadre2.email, bureau.cadre.email]


def test_a_second_run_of_the_day_sends_nothing(bureau, old):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    send()
    disclose(bureau.licensing, f"{QUERY}更新的办法")
    assert (send().sent, len(mail.outbox)) == (0, 1)


def test_a_run_that_is_under_way_is_not_doubled_and_one_that_died_is_made_up_for(bureau, old):
    saved = save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    SavedSearch.objects.update(claimed_until=timezone.now() + CLAIM)
    assert send().sent == 0
    with time_machine.travel(timezone.now() + CLAIM * 2, tick=False):
        assert send().sent == 1
    assert fresh_search(saved).claimed_until is None


def test_a_person_whose_search_cannot_answer_is_due_again(bureau, old, monkeypatch):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    with monkeypatch.context() as patch:
        patch.setattr(type(main_engine()), "search", _away)
        assert send().failed == 1
    assert send().sent == 1


def _away(*args: object) -> None:
    raise EngineUnavailable("away")


def test_a_mail_that_is_sent_twice_has_one_identity(bureau, old):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    send()
    SavedSearch.objects.update(known=[], digested_on=TUESDAY - timedelta(days=1))
    send()
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1
    assert len(mail.outbox) == 2


# The command


def test_the_command_says_what_it_sent(bureau, old):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    told = StringIO()
    with time_machine.travel(f"{TUESDAY}T09:00+08:00", tick=False):
        call_command("search", "digest", stdout=told)
    assert told.getvalue() == "1 sent, 0 without news, 0 failed.\n"


def test_the_command_fails_where_a_mail_did(bureau, old, full_mailbox):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    with time_machine.travel(f"{TUESDAY}T09:00+08:00", tick=False), pytest.raises(CommandError, match="not sent"):
        call_command("search", "digest", stdout=StringIO())


def test_the_command_waits_for_the_hour(bureau, old):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    told = StringIO()
    for hour in (6, 7):
        with time_machine.travel(f"{TUESDAY}T0{hour}:30+08:00", tick=False):
            call_command("search", "digest", "--after", "7", stdout=told)
    assert told.getvalue().splitlines() == [
        "No digest is sent before 7 o'clock.",
        "1 sent, 0 without news, 0 failed.",
    ]


def test_the_command_says_that_it_is_a_day_off(bureau):
    told = StringIO()
    with time_machine.travel("2026-11-28T09:00+08:00", tick=False):
        call_command("search", "digest", stdout=told)
    assert told.getvalue() == "A day off: no digest is sent.\n"


# Ending it


def unsubscribe_address() -> str:
    return mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")


def test_a_mail_program_ends_it_with_one_click(client, bureau, old):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    send()
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.handler.enforce_csrf_checks = True
    answer = client.post(unsubscribe_address(), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, SavedSearch.objects.get().frequency) == (200, "off")


def test_opening_the_link_asks_first(client, bureau, old):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    send()
    assert "End the e-mail" in client.get(unsubscribe_address()).text
    assert SavedSearch.objects.get().frequency == "daily"


def test_a_forged_link_is_an_address_that_is_none(client, bureau, old):
    save(bureau.cadre)
    assert client.post("/search/saved/unsubscribe/1:x:y/").status_code == 404
    assert SavedSearch.objects.get().frequency == "daily"


def test_another_persons_mail_goes_on(client, bureau, old):
    for person in (bureau.cadre, bureau.cadre2):
        save(person)
    disclose(bureau.licensing, NEW)
    send()
    client.post(unsubscribe_address())
    assert SavedSearch.objects.filter(frequency="daily").count() == 1


def test_the_mail_names_the_same_link_in_text_and_html(bureau, old):
    save(bureau.cadre)
    disclose(bureau.licensing, NEW)
    send()
    address = unsubscribe_address()
    message = mail.outbox[0]
    assert (address in message.body, address in message.alternatives[0].content) == (True, True)
