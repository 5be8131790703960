"""Shards and copies by setting: when a change takes effect, and what is said of one that cannot."""

import uuid
from collections.abc import Callable

import pytest

from search.document import SearchDocument
from search.engines import _kept, engine_from_url
from search.engines.elasticsearch import ElasticsearchEngine
from search.worker import bring_in_line
from tests.search.engines.conftest import remove_indices
from tests.search.test_command import Ran

pytestmark = pytest.mark.elasticsearch
TOO_MANY = 20
"""More copies than any cluster of tests has nodes."""


@pytest.fixture
def engine_with(settings, elasticsearch_url, request) -> Callable[..., ElasticsearchEngine]:
    """The engine in service, as a process has it that starts with these settings."""
    settings.SEARCH_URL = f"{elasticsearch_url}/shards-{uuid.uuid4().hex[:12]}"
    settings.SEARCH_FALLBACK_URL = ""

    def started(*, shards: int = 1, replicas: int = 0) -> ElasticsearchEngine:
        settings.SEARCH_SHARDS, settings.SEARCH_REPLICAS = shards, replicas
        _kept.cache_clear()
        return _kept(settings.SEARCH_URL)

    request.addfinalizer(lambda: remove_indices(engine_from_url(settings.SEARCH_URL)))
    return started


def shards_and_replicas(engine: ElasticsearchEngine) -> tuple[str, str]:
    engine.check()
    (found,) = engine.client.indices.get_settings(index=engine.index, flat_settings=True).values()
    return found["settings"]["index.number_of_shards"], found["settings"]["index.number_of_replicas"]


def test_a_new_index_has_the_shards_and_copies_of_the_settings(engine_with):
    assert shards_and_replicas(engine_with(shards=3, replicas=1)) == ("3", "1")


def test_another_number_of_shards_waits_for_the_next_rebuild(engine_with):
    engine_with(shards=1).check()
    engine = engine_with(shards=2)
    before = shards_and_replicas(engine)
    engine.rebuild([SearchDocument("matter:1", 1, frozenset({"public"}), title="烟花")])
    assert (before, shards_and_replicas(engine)) == (("1", "0"), ("2", "0"))


def test_another_number_of_copies_is_there_once_the_worker_starts(engine_with):
    engine_with(replicas=0).check()
    engine = engine_with(replicas=1)
    before = shards_and_replicas(engine)
    bring_in_line()
    assert (before, shards_and_replicas(engine)) == (("1", "0"), ("1", "1"))


def test_status_says_nothing_of_a_cluster_that_is_as_the_settings_ask(db, engine_with):
    engine_with().check()
    ran = Ran("status")
    assert (ran.ok, "ok   search engine elasticsearch: answers\n" in ran.out) == (True, True)


def test_status_warns_of_copies_that_have_no_node(db, engine_with):
    engine_with(replicas=TOO_MANY).check()
    ran = Ran("status")
    assert ran.ok
    assert f"WARN search engine elasticsearch: answers; SEARCH_REPLICAS is {TOO_MANY} and wants" in ran.out


def test_status_says_that_shards_wait_for_a_rebuild(db, engine_with):
    engine_with(shards=1).check()
    engine_with(shards=4)
    assert "SEARCH_SHARDS is 4, the index has 1 until the next “search rebuild”" in Ran("status").out
