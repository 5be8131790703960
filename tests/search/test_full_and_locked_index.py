"""An index that cannot be written: the disk is full, another process holds it, its file is damaged or gone."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from elasticsearch import Elasticsearch

from search.document import SearchDocument
from search.engines import engine_from_url, fallback_engine, main_engine
from search.engines.base import EngineUnavailable
from search.engines.embedded import EmbeddedEngine, schema
from search.engines.embedded.engine import BUILDING, POINTER
from search.models import IndexTask
from search.rebuilding import rebuild
from search.worker import FIRST_PAUSE, drain
from tests.factories import live_matter

TITLE = "烟花爆竹经营许可办法"
API_QUERY = "/api/search/?q=烟花爆竹"
LONG = [("paragraph", "".join(map(chr, range(0x4E00, 0x8000))))]
"""More text than finds room in the pages of an empty index."""


def index_file(engine: EmbeddedEngine) -> Path:
    engine.check()
    return next(engine.folder.glob("*.sqlite3"))


def fill_disk(engine: EmbeddedEngine, pointer: str = POINTER) -> None:
    """Let the index grow no further: SQLite answers at its own limit as it does on a full disk."""
    connection = engine.connection(pointer)
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")


def free_disk(engine: EmbeddedEngine) -> None:
    engine.current().execute("PRAGMA max_page_count = 1000000")


def after_the_pause() -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(seconds=FIRST_PAUSE * 1.3))


@pytest.fixture
def full_disk(own_index: None) -> EmbeddedEngine:
    fill_disk(main_engine())
    return main_engine()


@pytest.fixture
def held_index(own_index: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Another process is in the midst of writing, and the engine has less patience than in service."""
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(index_file(main_engine()), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def damage(path: Path) -> None:
    path.write_bytes(b"no database at all" * 1000)


# A full disk


def test_a_change_stays_in_the_outbox_while_the_disk_is_full(bureau, full_disk):
    live_matter(bureau.licensing, body=LONG)
    drain()
    assert IndexTask.objects.failed().count() == 1


def test_a_full_disk_is_named_in_the_error(bureau, full_disk):
    live_matter(bureau.licensing, body=LONG)
    drain()
    assert "disk is full" in IndexTask.objects.get().error


def test_a_full_disk_leaves_nothing_half_written(bureau, full_disk):
    live_matter(bureau.licensing, title=TITLE, body=LONG)
    drain()
    assert list(full_disk.versions()) == []


def test_what_was_there_is_found_while_the_disk_is_full(bureau, client):
    live_matter(bureau.licensing, title=TITLE)
    drain()
    fill_disk(main_engine())
    live_matter(bureau.licensing, title="烟花爆竹储存办法", body=LONG)
    drain()
    assert [result["title"] for result in client.get(API_QUERY).json()["results"]] == [TITLE]


def test_a_change_is_not_tried_again_before_its_pause_is_over(bureau, full_disk):
    live_matter(bureau.licensing, body=LONG)
    drain()
    free_disk(full_disk)
    assert drain().written == 0


def test_a_change_is_written_after_its_pause_once_there_is_room(bureau, client, full_disk):
    live_matter(bureau.licensing, title=TITLE, body=LONG)
    drain()
    free_disk(full_disk)
    with after_the_pause():
        drain()
    assert client.get(API_QUERY).json()["total"] == 1


def test_a_written_change_has_no_error_left(bureau, full_disk):
    live_matter(bureau.licensing, body=LONG)
    drain()
    free_disk(full_disk)
    with after_the_pause():
        drain()
    task = IndexTask.objects.get()
    assert (task.error, task.attempts, task.next_attempt_at) == ("", 0, None)


# A stand-in that cannot be written


@pytest.mark.elasticsearch
def test_a_full_stand_in_does_not_keep_changes_from_elasticsearch(bureau, client, settings, elasticsearch_url):
    index = f"full-{uuid.uuid4().hex[:12]}"
    settings.SEARCH_URL = f"{elasticsearch_url}/{index}"
    settings.SEARCH_FALLBACK_URL = f"embedded:///fallback-{uuid.uuid4().hex}"
    fill_disk(fallback_engine())
    live_matter(bureau.licensing, title=TITLE, body=LONG)
    drain()
    main_engine().refresh()
    try:
        assert client.get(API_QUERY).json()["total"] == 1
    finally:
        remove(elasticsearch_url, index)


def remove(url: str, index: str) -> None:
    with Elasticsearch(url) as client:
        for name in client.indices.get(index=f"{index}*"):
            client.indices.delete(index=name)


# Another process writes


def test_a_held_index_is_searched_all_the_same(bureau, client, held_index):
    assert client.get(API_QUERY).status_code == 200


def test_a_change_stays_in_the_outbox_while_another_process_writes(bureau, held_index):
    live_matter(bureau.licensing)
    drain()
    assert "locked" in IndexTask.objects.failed().get().error


def test_a_change_is_written_after_its_pause_once_the_other_has_done(bureau, client, held_index):
    live_matter(bureau.licensing, title=TITLE)
    drain()
    held_index.execute("COMMIT")
    with after_the_pause():
        drain()
    assert client.get(API_QUERY).json()["total"] == 1


# A damaged or lost file


def test_a_damaged_index_is_unavailable_and_not_a_failure_of_the_page(bureau, client):
    damage(index_file(main_engine()))
    assert client.get(API_QUERY).status_code == 503


def test_a_lost_index_says_what_to_do(bureau):
    index_file(main_engine()).unlink()
    with pytest.raises(EngineUnavailable, match="search rebuild"):
        main_engine().check()


@pytest.mark.parametrize("lose", [Path.unlink, damage], ids=["lost", "damaged"])
def test_a_rebuild_mends_an_index_that_was_lost_or_damaged(bureau, client, settings, lose):
    live_matter(bureau.licensing, title=TITLE)
    lose(index_file(engine_from_url(settings.SEARCH_URL)))
    rebuild()
    assert client.get(API_QUERY).json()["total"] == 1


def test_a_rebuild_that_finds_no_room_leaves_no_file_behind(bureau):
    engine = main_engine()
    before = index_file(engine)

    def documents() -> Iterator[SearchDocument]:
        fill_disk(engine, BUILDING)
        yield SearchDocument("matter:1", 1, frozenset({"public"}), title=TITLE, body=LONG[0][1])

    with pytest.raises(EngineUnavailable, match="disk is full"):
        engine.rebuild(documents())
    assert list(engine.folder.glob("*.sqlite3")) == [before]
