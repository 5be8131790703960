"""Three real nodes under searching and writing, some of which are killed. Through our own engine and worker."""

import threading
import uuid
from collections import Counter
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser

from search import adapters, consistency
from search.adapters import Card
from search.engines import main_engine
from search.engines.elasticsearch import engine as engine_module
from search.models import IndexTask
from search.outbox import enqueue
from search.query import SearchQuery
from search.results import SearchUnavailable, find_as
from search.worker import drain, retry_now
from tests.search.things import Things
from tools.elasticsearch import Cluster, running_cluster

pytestmark = [pytest.mark.elasticsearch, pytest.mark.xdist_group("cluster"), pytest.mark.django_db]
KEYS = [f"thing:{number:03d}" for number in range(60)]
ROUNDS = 8
QUERY = SearchQuery.parse({"q": "thing"})


class ShownThings(Things):
    """Things with cards, so that whole searches can be made, and without a database in any of them."""

    def keys(self) -> Iterator[str]:
        return iter(KEYS)

    def cards(self, keys, user) -> dict[str, Card]:
        return {key: Card(key, key, f"/{key}", "", "", "", "", "", "", "external") for key in keys}

    def labels(self, facet, values) -> dict[str, str]:
        return {}


@pytest.fixture(scope="module")
def started_cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def cluster(started_cluster, settings, monkeypatch) -> Iterator[Cluster]:
    """Green, with an index of two shards, each with a copy on another node; no stand-in hides a failure."""
    started_cluster.start()
    settings.SEARCH_URL = f"{started_cluster.url}/cluster-{uuid.uuid4().hex[:12]}"
    settings.SEARCH_FALLBACK_URL = ""
    settings.SEARCH_SHARDS, settings.SEARCH_REPLICAS = 2, 1
    settings.SEARCH_SECONDS = 30  # of a machine that has other work, too
    monkeypatch.setattr(engine_module, "WAIT_FOR_SHARDS", "1s")
    for name in list(adapters._adapters):
        monkeypatch.delitem(adapters._adapters, name)
    monkeypatch.setitem(adapters._adapters, Things.prefix, ShownThings())
    enqueue(*KEYS)
    drain()
    main_engine().refresh()
    started_cluster.start()
    yield started_cluster
    started_cluster.start()
    for name in main_engine().client.indices.get(index=f"{main_engine().index}*"):
        main_engine().client.indices.delete(index=name)


class Searching:
    """Visitors who search without a pause; what they were told."""

    def __init__(self, visitors: int = 2) -> None:
        self.found: Counter[str] = Counter()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._search) for _visitor in range(visitors)]

    def _search(self) -> None:
        while not self._stop.is_set():
            try:
                total = find_as(QUERY, frozenset({"public"}), AnonymousUser(), begun=0).total
                self.found["all" if total == len(KEYS) else f"{total} of them"] += 1
            except SearchUnavailable as unavailable:
                self.found[str(unavailable.__cause__)] += 1

    def __enter__(self) -> "Searching":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


def write_some(rounds: int = ROUNDS) -> None:
    for number in range(rounds):
        enqueue(*KEYS[number::ROUNDS])
        drain()


def write_what_waits() -> None:
    retry_now()
    drain()


def differences() -> list[str]:
    return [key for difference in consistency.check() for key in difference.keys]


def test_a_killed_node_and_a_killed_master_fail_no_search_and_lose_no_write(cluster):
    with Searching() as searching:
        write_some()
        for victim in (lambda: cluster.holder(main_engine().index), cluster.master):
            victim().kill()
            write_some()
            cluster.wait_until(lambda health: health["number_of_nodes"] == 2)
            write_some()
            cluster.start()
    write_what_waits()
    assert set(searching.found) == {"all"}
    assert (differences(), IndexTask.objects.pending().count()) == ([], 0)


def test_with_one_node_of_three_searches_answer_and_writes_wait(cluster):
    main_engine().client.indices.put_settings(index=main_engine().index, settings={"number_of_replicas": 2})
    cluster.start()
    for member in cluster.members[:2]:
        member.kill()
    enqueue(*KEYS[:10])
    with Searching(visitors=1) as searching:
        drain()
    assert set(searching.found) == {"all"}
    assert IndexTask.objects.failed().count() == 10
    cluster.start()
    write_what_waits()
    assert (differences(), IndexTask.objects.pending().count()) == ([], 0)
