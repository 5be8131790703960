"""A search as an Atom feed."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from lxml import etree

from intranet.disclosure.models import MatterPage
from search.engines import main_engine
from search.engines.base import EngineUnavailable
from tests.factories import fresh
from tests.search.saved.conftest import QUERY, disclose, internal, write_index

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def fetch(client, **params: str):
    return client.get("/search/feed/", {"q": QUERY, **params})


def entries(client, what: str = "title", **params: str) -> list[str]:
    return etree.fromstring(fetch(client, **params).content).xpath(f"//a:entry/a:{what}/text()", namespaces=ATOM)


@pytest.fixture
def three(bureau) -> list[MatterPage]:
    """The newest last; one of finance."""
    matters = [
        disclose(bureau.finance if number == 1 else bureau.licensing, f"{QUERY}之{number}") for number in range(3)
    ]
    for number, matter in enumerate(matters):
        day = timezone.localdate() - timedelta(days=10 - number)
        MatterPage.objects.filter(pk=matter.pk).update(published_on=day)
        fresh(matter).save()
    write_index()
    return matters


def test_the_newest_comes_first(client, three):
    assert entries(client) == [matter.title for matter in reversed(three)]


def test_order_and_page_are_the_feeds_own(client, three):
    assert entries(client, sort="oldest", page="2") == [matter.title for matter in reversed(three)]


def test_filters_hold(client, three):
    assert entries(client, department="finance") == [three[1].title]


def test_an_entry_leads_to_its_matter(client, three):
    link = etree.fromstring(fetch(client).content).xpath("//a:entry/a:link/@href", namespaces=ATOM)[0]
    assert link == f"http://testserver{three[2].url}"


def test_an_entry_keeps_its_id_when_it_is_changed_and_says_when(client, three):
    before = entries(client, "id"), entries(client, "updated")
    matter = fresh(three[2])
    matter.last_published_at = timezone.now() + timedelta(hours=1)
    matter.save()
    assert entries(client, "id") == before[0]
    assert entries(client, "updated") != before[1]


def test_a_feed_is_the_publics_whoever_asks(client, bureau, three):
    internal(bureau.licensing)
    as_visitor = fetch(client).content
    client.force_login(bureau.cadre)
    assert fetch(client).content == as_visitor


def test_what_has_only_some_of_the_words_is_not_in_it(client, three):
    assert entries(client, q=f"{QUERY} 尾矿库闭库") == []


@pytest.mark.parametrize("q", [QUERY, "尾矿库闭库"])
def test_what_has_not_changed_is_not_sent_again(client, three, q):
    first = fetch(client, q=q)
    again = client.get("/search/feed/", {"q": q}, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_it_says_when_it_was_changed_last(client, three):
    since = fetch(client)["Last-Modified"]
    assert client.get("/search/feed/", {"q": QUERY}, headers={"if-modified-since": since}).status_code == 304


def test_what_was_changed_is_sent(client, bureau, three):
    tag = fetch(client)["ETag"]
    disclose(bureau.licensing, f"{QUERY}新办法")
    assert client.get("/search/feed/", {"q": QUERY}, headers={"if-none-match": tag}).status_code == 200


def test_results_name_their_feed(client, three):
    html = client.get("/search/", {"q": QUERY, "department": "finance"}).text
    address = urlencode({"q": QUERY, "department": "finance"}).replace("&", "&amp;")
    assert f'<link rel="alternate" type="application/atom+xml" href="/search/feed/?{address}"' in html


def test_a_bad_parameter_is_explained(client, three):
    answer = fetch(client, page="x")
    assert (answer.status_code, "“page” is a number from 1 on." in answer.text) == (400, True)


def test_while_no_engine_answers_it_says_when_to_come_again(client, three, monkeypatch):
    def away(*args: object) -> None:
        raise EngineUnavailable("away")

    monkeypatch.setattr(type(main_engine()), "search", away)
    answer = fetch(client)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
