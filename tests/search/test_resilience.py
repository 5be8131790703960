"""What a reader finds and what the outbox keeps while an engine is down, and after it is back."""

import os
import signal
import socket
import subprocess
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from search import adapters
from search.engines import fallback_engine, main_engine
from search.models import IndexTask
from search.outbox import enqueue
from search.worker import drain, retry_now
from tests.factories import live_matter
from tests.search.things import Things
from tools.elasticsearch.node import end, launch, wait_until_ready

TITLE = "烟花爆竹经营许可办法"
QUERY = "/search/?q=烟花爆竹"
API_QUERY = "/api/search/?q=烟花爆竹"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Node:
    """An Elasticsearch of these tests alone, which may be killed and comes back with its indices and its address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        if self.process is None:
            self.process = launch(self.folder, heap="512m", stdin=subprocess.PIPE, port=self.port)
            wait_until_ready(self.process, self.folder)

    def kill(self) -> None:
        if self.process is not None:
            end(self.process)
            self.process = None


@pytest.fixture(scope="module")
def own_node(tmp_path_factory) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("node"))
    yield node
    node.kill()


@pytest.fixture
def node(own_node, settings) -> Node:
    """The node, running, as the main engine."""
    own_node.start()
    settings.SEARCH_URL = f"{own_node.url}/resilience-{uuid.uuid4().hex[:12]}"
    settings.SEARCH_FALLBACK_URL = f"embedded:///fallback-{uuid.uuid4().hex}"
    return own_node


@pytest.fixture
def elasticsearch_down(settings) -> None:
    """Nobody listens where the main engine should be; the embedded one stands by."""
    settings.SEARCH_URL = f"http://127.0.0.1:{free_port()}/nowhere-{uuid.uuid4().hex[:12]}"
    settings.SEARCH_FALLBACK_URL = f"embedded:///fallback-{uuid.uuid4().hex}"


@pytest.fixture
def everything_down(elasticsearch_down) -> None:
    """The stand-in's file is damaged as well."""
    engine = fallback_engine()
    engine.check()
    for path in engine.folder.glob("*.sqlite3"):
        path.write_bytes(b"no database at all" * 1000)


class LongThings(Things):
    """Long enough that a batch of them is on its way for a while."""

    body = "安全生产监督管理规定。" * 6000


@pytest.fixture
def things(monkeypatch, db) -> list[str]:
    monkeypatch.setitem(adapters._adapters, Things.prefix, LongThings())
    keys = [f"thing:{number}" for number in range(100)]
    enqueue(*keys)
    return keys


def let_pauses_pass() -> None:
    retry_now()


# Elasticsearch is down


def test_the_embedded_index_answers_while_elasticsearch_is_down(bureau, client, elasticsearch_down):
    live_matter(bureau.licensing, title=TITLE)
    drain()
    assert client.get(API_QUERY).json()["results"][0]["title"] == TITLE


def test_the_api_names_the_engine_that_stands_in(bureau, client, elasticsearch_down):
    assert client.get(API_QUERY).json()["engine"] == "embedded"


def test_the_page_says_that_a_stand_in_answers(bureau, client, elasticsearch_down):
    assert "The search engine is down; the embedded one answers" in client.get(QUERY).text


def test_the_page_says_nothing_of_a_stand_in_while_all_is_well(bureau, client):
    assert "The search engine is down" not in client.get(QUERY).text


def test_suggestions_come_from_the_stand_in(bureau, client, elasticsearch_down):
    live_matter(bureau.licensing, title=TITLE)
    drain()
    assert client.get("/api/search/suggest?q=烟花").json()["suggestions"] == [TITLE]


def test_a_change_that_elasticsearch_did_not_get_stays_in_the_outbox_with_its_error(bureau, elasticsearch_down):
    live_matter(bureau.licensing)
    drain()
    assert ["Elasticsearch" in task.error for task in IndexTask.objects.failed()] == [True]


def test_a_failed_change_waits_out_a_pause(bureau, elasticsearch_down):
    live_matter(bureau.licensing)
    drain()
    assert not IndexTask.objects.due().exists()


def test_pauses_grow_with_every_failure(bureau, elasticsearch_down):
    live_matter(bureau.licensing)
    pauses = []
    for _attempt in range(3):
        let_pauses_pass()
        drain()
        task = IndexTask.objects.get()
        pauses.append((task.next_attempt_at - task.enqueued_at).total_seconds())
    assert pauses[0] < pauses[1] < pauses[2]


def test_readiness_names_the_engine_that_is_down(bureau, client, elasticsearch_down):
    ready = client.get("/readyz")
    assert (ready.status_code, "search engine elasticsearch" in ready.text) == (503, True)


# Both are down


def test_the_page_says_in_plain_words_that_search_cannot_answer(bureau, client, everything_down):
    page = client.get(QUERY)
    assert (page.status_code, "Search cannot answer now." in page.text) == (503, True)


def test_the_page_without_search_leads_to_the_catalogue(bureau, client, everything_down):
    assert '<a href="/catalogue/">Catalogue</a>' in client.get(QUERY).text


def test_the_page_tells_a_visitor_nothing_of_folders_and_hosts(bureau, client, everything_down):
    text = client.get(QUERY).text
    assert [word for word in ("127.0.0.1", "fallback-", "sqlite", "Traceback") if word in text] == []


def test_the_api_answers_503_with_a_code_and_words(bureau, client, everything_down):
    answer = client.get(API_QUERY)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")


def test_suggestions_are_none_while_nothing_answers(bureau, client, everything_down):
    answer = client.get("/api/search/suggest?q=烟花")
    assert (answer.status_code, answer.json()["suggestions"]) == (200, [])


def test_a_change_stays_in_the_outbox_while_nothing_answers(bureau, everything_down):
    live_matter(bureau.licensing)
    drain()
    assert IndexTask.objects.failed().count() == 1


# Elasticsearch goes and comes back


@pytest.mark.elasticsearch
def test_a_node_that_was_killed_hands_over_to_the_stand_in(bureau, client, node):
    live_matter(bureau.licensing, title=TITLE)
    drain()
    main_engine().refresh()
    before = client.get(API_QUERY).json()
    node.kill()
    after = client.get(API_QUERY).json()
    assert [(found["engine"], found["total"]) for found in (before, after)] == [("elasticsearch", 1), ("embedded", 1)]


@pytest.mark.elasticsearch
def test_what_changed_while_the_node_was_away_is_written_when_it_is_back(bureau, client, node):
    main_engine().refresh()
    node.kill()
    live_matter(bureau.licensing, title=TITLE)
    drain()
    node.start()
    let_pauses_pass()
    drain()
    main_engine().refresh()
    found = client.get(API_QUERY).json()
    assert (found["engine"], [result["title"] for result in found["results"]]) == ("elasticsearch", [TITLE])


@pytest.mark.elasticsearch
def test_a_node_killed_in_the_middle_of_a_bulk_write_loses_nothing(things, node):
    engine = main_engine()
    engine.refresh()
    killer = threading.Thread(target=kill_once_writing, args=(node.process.pid, node.url, engine.index))
    killer.start()
    drain()
    killer.join()
    node.kill()
    assert IndexTask.objects.pending().count() == len(things)

    node.start()
    let_pauses_pass()
    drain()
    assert {key for key, _version, _deleted in engine.versions()} == set(things)
    assert not IndexTask.objects.pending().exists()


def kill_once_writing(pid: int, url: str, index: str) -> None:
    """Kill the node as soon as it has stored some of a batch."""
    with Elasticsearch(url) as client:
        while not client.indices.stats(index=index)["_all"]["primaries"]["indexing"]["index_total"]:
            pass
    os.kill(pid, signal.SIGKILL)
