"""An Elasticsearch that is slow, overloaded or away several times in a row: who is asked, who waits, what is said."""

import socket
import threading
import time
import uuid
from collections.abc import Iterator

import pytest

from search import adapters
from search.engines import fallback_engine, main_engine
from search.engines.breaker import FAILURES, LONGEST_PAUSE
from search.engines.standing_in import asking, writing
from search.models import IndexTask
from search.outbox import enqueue
from search.worker import LONGEST_PAUSE_FOR_AN_ENGINE, drain, retry_now
from tests.factories import live_matter
from tests.search.intermediary import Intermediary
from tests.search.test_command import Ran
from tests.search.things import Things

API_QUERY = "/api/search/?q=烟花爆竹"
API_SUGGEST = "/api/search/suggest?q=烟花"
TITLE = "烟花爆竹经营许可办法"
OVERLOAD = {"error": {"type": "circuit_breaking_exception", "reason": "Data too large"}, "status": 429}


class Silent:
    """Takes every connection and never answers."""

    def __init__(self) -> None:
        self.callers = 0
        self._held: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._take, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def _take(self) -> None:
        while True:
            try:
                self._held.append(self._server.accept()[0])
            except OSError:
                return
            self.callers += 1

    def close(self) -> None:
        for one in [*self._held, self._server]:
            one.close()


@pytest.fixture
def silent(settings, bureau) -> Iterator[Silent]:
    """The main engine never answers; the stand-in has one matter."""
    server = Silent()
    settings.SEARCH_FALLBACK_URL = ""
    settings.SEARCH_URL = fallback = f"embedded:///fallback-{uuid.uuid4().hex}"
    live_matter(bureau.licensing, title=TITLE)
    drain()
    settings.SEARCH_URL, settings.SEARCH_FALLBACK_URL = f"{server.url}/silent-{uuid.uuid4().hex}", fallback
    settings.SEARCH_SECONDS = 0.2
    yield server
    server.close()


class Overloaded:
    """The real node, until it is told that it has no memory left."""

    def __init__(self, node: str) -> None:
        self.is_full = False
        self.server = Intermediary(node, lambda path, headers: self._full(path))

    def _full(self, path: str) -> tuple[int, dict] | None:
        if not self.is_full:
            return None
        if "_bulk" in path:
            return 200, {"errors": True, "items": [{"index": {"_id": "thing:1", **OVERLOAD}}]}
        return (429, OVERLOAD) if "_search" in path else None


@pytest.fixture
def overloaded(settings, elasticsearch_url, db) -> Iterator[Overloaded]:
    node = Overloaded(elasticsearch_url.partition(",")[0])
    settings.SEARCH_URL = f"http://{node.server.host}/overloaded-{uuid.uuid4().hex[:12]}"
    settings.SEARCH_FALLBACK_URL = f"embedded:///fallback-{uuid.uuid4().hex}"
    main_engine().refresh()
    yield node
    node.is_full = False
    for name in main_engine().client.indices.get(index=f"{main_engine().index}*"):
        main_engine().client.indices.delete(index=name)
    node.server.close()


def let_pause_pass() -> None:
    asking()._clock = lambda: time.monotonic() + LONGEST_PAUSE


# Slow


def test_a_slow_engine_hands_over_to_the_stand_in(client, silent):
    found = client.get(API_QUERY).json()
    assert (found["engine"], found["degraded"], found["total"]) == ("embedded", True, 1)


def test_after_several_failures_the_stand_in_answers_at_once(client, silent):
    for _search in range(FAILURES):
        client.get(API_QUERY)
    before = silent.callers
    answers = [client.get(API_QUERY).json()["total"] for _search in range(5)]
    assert (answers, silent.callers) == ([1] * 5, before)


def test_suggestions_come_from_the_stand_in_at_once(client, silent):
    for _search in range(FAILURES):
        client.get(API_SUGGEST)
    before = silent.callers
    assert (client.get(API_SUGGEST).json()["suggestions"], silent.callers) == ([TITLE], before)


def test_after_the_pause_the_engine_is_tried_again(client, silent):
    for _search in range(FAILURES):
        client.get(API_QUERY)
    before = silent.callers
    let_pause_pass()
    client.get(API_QUERY)
    assert silent.callers > before


def test_readiness_and_status_tell_of_it(client, silent):
    for _search in range(FAILURES):
        client.get(API_QUERY)
    assert "search engine elasticsearch" in Ran("status").error
    assert "FAIL search engine elasticsearch" in client.get("/readyz").text


def test_without_a_stand_in_the_engine_is_asked_every_time(client, silent, settings):
    settings.SEARCH_FALLBACK_URL = ""
    for _search in range(FAILURES):
        client.get(API_QUERY)
    before = silent.callers
    assert (client.get(API_QUERY).status_code, silent.callers > before) == (503, True)


# Writing


def test_an_engine_that_never_answers_keeps_nothing_from_the_stand_in(silent, settings, monkeypatch):
    monkeypatch.setitem(adapters._adapters, Things.prefix, Things())
    breaker = writing(main_engine())
    for _failure in range(FAILURES):
        breaker.failed()
    enqueue("thing:1")
    drain()
    assert "thing:1" in {key for key, _version, _deleted in fallback_engine().versions()}
    assert silent.callers == 0


def test_what_waits_for_an_engine_waits_a_minute_at_most(silent, monkeypatch):
    monkeypatch.setitem(adapters._adapters, Things.prefix, Things())
    enqueue("thing:1")
    IndexTask.objects.filter(key="thing:1").update(attempts=10)
    for _failure in range(FAILURES):
        writing(main_engine()).failed()
    drain()
    task = IndexTask.objects.get(key="thing:1")
    assert (task.next_attempt_at - task.enqueued_at).total_seconds() < LONGEST_PAUSE_FOR_AN_ENGINE * 1.5


# Overloaded


@pytest.mark.elasticsearch
def test_an_overloaded_engine_hands_over_to_the_stand_in(client, overloaded):
    overloaded.is_full = True
    found = client.get(API_QUERY).json()
    assert (found["engine"], found["degraded"]) == ("embedded", True)


@pytest.mark.elasticsearch
def test_an_engine_that_recovers_answers_again_after_the_pause(client, overloaded):
    overloaded.is_full = True
    for _search in range(FAILURES):
        client.get(API_QUERY)
    overloaded.is_full = False
    during = client.get(API_QUERY).json()["degraded"]
    let_pause_pass()
    assert (during, client.get(API_QUERY).json()["degraded"]) == (True, False)


@pytest.mark.elasticsearch
def test_status_says_when_an_engine_that_answers_is_tried_again(client, overloaded):
    overloaded.is_full = True
    for _search in range(FAILURES):
        client.get(API_QUERY)
    overloaded.is_full = False
    ran = Ran("status")
    assert (ran.ok, "WARN search engine elasticsearch: answers; it failed several times" in ran.out) == (True, True)


@pytest.mark.elasticsearch
def test_what_an_overloaded_engine_refuses_waits_and_is_written_later(overloaded, monkeypatch):
    monkeypatch.setitem(adapters._adapters, Things.prefix, Things())
    overloaded.is_full = True
    enqueue("thing:1")
    drain()
    error = IndexTask.objects.get().error
    overloaded.is_full = False
    retry_now()
    drain()
    main_engine().refresh()
    assert ("circuit_breaking_exception" in error, main_engine().count()) == (True, 1)
