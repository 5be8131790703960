"""An Elasticsearch that answers, and whose index is gone or takes no writes."""

import uuid
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from search.engines import main_engine
from search.models import IndexTask
from search.rebuilding import rebuild
from search.worker import drain, retry_now
from tests.factories import live_matter

TITLE = "烟花爆竹经营许可办法"
API_QUERY = "/api/search/?q=烟花爆竹"

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def node(elasticsearch_url, settings) -> Iterator[Elasticsearch]:
    """The node as its operator reaches it, with an index of this test in service."""
    index = f"lost-{uuid.uuid4().hex[:12]}"
    settings.SEARCH_URL = f"{elasticsearch_url}/{index}"
    settings.SEARCH_FALLBACK_URL = f"embedded:///fallback-{uuid.uuid4().hex}"
    with Elasticsearch(elasticsearch_url) as client:
        main_engine().refresh()
        yield client
        remove_indices(client)


def remove_indices(client: Elasticsearch) -> None:
    for name in client.indices.get(index=f"{main_engine().index}*"):
        client.indices.delete(index=name)


def found(client) -> dict:
    main_engine().refresh()
    return client.get(API_QUERY).json()


def test_the_stand_in_answers_when_the_index_was_deleted(bureau, client, node):
    live_matter(bureau.licensing, title=TITLE)
    drain()
    remove_indices(node)
    answer = client.get(API_QUERY).json()
    assert (answer["engine"], answer["total"]) == ("embedded", 1)


def test_elasticsearch_makes_no_index_of_its_own_in_place_of_the_deleted_one(bureau, node):
    remove_indices(node)
    live_matter(bureau.licensing)
    drain()
    assert not node.indices.exists(index=main_engine().index)


def test_a_change_after_the_index_was_deleted_stays_in_the_outbox_and_says_what_to_do(bureau, node):
    remove_indices(node)
    live_matter(bureau.licensing)
    drain()
    assert "search rebuild" in IndexTask.objects.failed().get().error


def test_a_rebuild_brings_a_deleted_index_back(bureau, client, node):
    live_matter(bureau.licensing, title=TITLE)
    drain()
    remove_indices(node)
    live_matter(bureau.licensing, title=f"{TITLE}（修订）")
    drain()
    rebuild()
    answer = found(client)
    assert (answer["engine"], answer["total"]) == ("elasticsearch", 2)


def test_readiness_names_an_index_that_is_gone(bureau, client, node):
    remove_indices(node)
    ready = client.get("/readyz")
    assert (ready.status_code, "search rebuild" in ready.text) == (503, True)


def test_a_change_stays_in_the_outbox_while_the_index_is_read_only(bureau, node):
    node.indices.put_settings(index=main_engine().index, settings={"index.blocks.read_only_allow_delete": True})
    live_matter(bureau.licensing)
    drain()
    assert "read-only" in IndexTask.objects.failed().get().error


def test_a_change_is_written_once_the_index_takes_writes_again(bureau, client, node):
    index = main_engine().index
    node.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
    live_matter(bureau.licensing, title=TITLE)
    drain()
    node.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})
    retry_now()
    drain()
    assert found(client)["total"] == 1
