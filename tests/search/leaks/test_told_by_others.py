"""What is told of many, or sent after somebody: popular words, the office's reports, the digest."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from intranet.disclosure.models import MatterPage
from intranet.publication.withdrawal import withdraw
from search.demand.models import Asking
from search.popularity import ENOUGH, frequent_queries
from search.saved.digest import send_digests
from search.saved.models import SavedSearch
from search.saved.news import begin
from tests.factories import fresh, live_matter
from tests.search.leaks.conftest import NUMBER, TITLE, WORD, secret, write_index
from tests.search.saved.conftest import TUESDAY

REPORTS = ["most_asked", "without_result", "abandoned", "least_helpful"]


@pytest.fixture
def bureau(background):
    return background


def ask(text: str, person=None) -> None:
    client = Client()
    if person:
        client.force_login(person)
    client.get("/search/", {"q": text})


def test_words_that_find_only_what_is_not_public_are_nowhere_popular(bureau):
    secret(bureau)
    write_index()
    for _session in range(ENOUGH):
        ask(TITLE, bureau.leader)
        ask(WORD, bureau.leader)
        ask(WORD)
    assert (frequent_queries(), frequent_queries(WORD), WORD in Client().get("/").text) == ([], [], False)


def test_the_log_of_a_visitor_is_the_same_whether_or_not_there_is_a_secret(bureau):
    ask(WORD)
    secret(bureau)
    write_index()
    ask(WORD)
    kept = Asking.objects.values_list("text", "results_from", "relaxed", "language", "engine")
    assert len(set(kept)) == 1


def test_the_office_is_told_words_and_never_what_they_found(bureau):
    """A reviewer of the office reads nothing of the leading group's; the leaders' searches open it."""
    matter = secret(bureau)
    write_index()
    leader, office = Client(), Client()
    leader.force_login(bureau.leader)
    token = leader.get("/search/", {"q": "烟花爆竹许可证"}).context["page_token"]
    for position in (1, 2):
        assert leader.post("/search/opened/", {"token": token, "position": position}).status_code == 204
    Asking.objects.update(asked_at="2026-11-24T00:00Z")
    office.force_login(bureau.office)
    for report in REPORTS:
        for params in ({}, {"export": "csv"}):
            answer = office.get(reverse(f"demand:{report}"), params)
            text = answer.getvalue().decode() if params else answer.text
            assert [told for told in (TITLE, NUMBER, WORD, f"matter:{matter.pk}", matter.url) if told in text] == []


@pytest.mark.parametrize("visibility", ["leaders", "department"])
def test_a_digest_is_the_same_whether_or_not_there_is_a_secret(bureau, visibility):
    for text in ("烟花爆竹", WORD, ""):
        saved = SavedSearch(person=bureau.cadre2, params=f"q={text}", name="x", frequency="daily", language="en")
        saved.digested_on = TUESDAY - timedelta(days=1)
        begin(saved, bureau.cadre2)
        saved.save()
    secret(bureau, visibility=visibility)
    write_index()
    assert (send_digests(TUESDAY).sent, mail.outbox) == (0, [])


def test_a_digest_tells_nothing_of_what_was_withdrawn_since_it_was_found(bureau):
    saved = SavedSearch(person=bureau.leader, params="q=烟花爆竹", name="x", frequency="daily", language="en")
    saved.digested_on = TUESDAY - timedelta(days=1)
    begin(saved, bureau.leader)
    saved.save()
    hidden = secret(bureau)
    live_matter(bureau.licensing, title="烟花爆竹新办法")
    write_index()
    withdraw(fresh(hidden), by=bureau.head, reason="更正")
    assert not MatterPage.objects.get(pk=hidden.pk).live
    send_digests(TUESDAY)
    (message,) = mail.outbox
    text = message.body + message.alternatives[0].content
    assert ("新办法" in text, WORD in text, NUMBER in text) == (True, False, False)
