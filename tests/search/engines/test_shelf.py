"""What the embedded engine keeps in memory is never older than its file, whoever writes to it."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from search.document import SearchDocument
from search.engines.embedded import EmbeddedEngine
from search.query import SearchQuery

PUBLIC = frozenset({"public"})
STAFF = frozenset({"staff"})


def document(number, version=1, readers=PUBLIC, title="安全生产管理办法", **fields):
    return SearchDocument(f"matter:{number}", version, readers, title, type="notice", **fields)


def answer(engine, text="安全生产", tokens=PUBLIC, **params):
    return engine.search(SearchQuery.parse({"q": text, **params}), tokens)


def keys(engine, *arguments, **params):
    return [hit.key for hit in answer(engine, *arguments, **params).hits]


@pytest.fixture
def engine(tmp_path):
    """An engine that has answered once, and so has its index in memory."""
    engine = EmbeddedEngine(tmp_path / "index")
    engine.write([document(1), document(2)])
    assert keys(engine) == ["matter:2", "matter:1"]
    return engine


def write_in_another_process(engine, written):
    """Write a document, as Python that makes it, from a process of its own."""
    code = (
        "import pathlib; from search.document import SearchDocument; "
        "from search.engines.embedded import EmbeddedEngine; "
        f"EmbeddedEngine(pathlib.Path({str(engine.folder)!r})).write([{written}])"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_another_process_adds_is_found_by_the_next_search(engine):
    write_in_another_process(engine, "SearchDocument('matter:3', 1, frozenset({'public'}), '安全生产')")
    assert "matter:3" in keys(engine)


def test_what_another_process_narrows_is_not_found_by_the_next_search(engine):
    write_in_another_process(engine, "SearchDocument('matter:2', 2, frozenset({'staff'}), '安全生产')")
    assert keys(engine) == ["matter:1"]


def test_what_another_process_narrows_is_counted_no_longer(engine):
    write_in_another_process(engine, "SearchDocument('matter:2', 2, frozenset({'staff'}), '安全生产', type='notice')")
    assert (answer(engine).total, answer(engine).facets["type"]) == (1, {"notice": 1})


def test_what_another_process_deletes_is_not_found_by_the_next_search(engine):
    write_in_another_process(engine, "SearchDocument.tombstone('matter:2', 2)")
    assert keys(engine) == ["matter:1"]


def test_readers_that_are_taken_away_in_the_file_alone_are_gone_at_once(engine):
    engine.current().execute("DELETE FROM readers WHERE document = 2")
    assert keys(engine) == ["matter:1"]


def test_a_row_that_is_used_again_is_another_things(engine):
    engine.write([SearchDocument.tombstone("matter:2", 2)])
    answer(engine)
    engine.purge_tombstones(before=datetime.now(UTC) + timedelta(days=1))
    engine.write([document(3, readers=STAFF)])
    assert (keys(engine), keys(engine, "安全生产", STAFF)) == (["matter:1"], ["matter:3"])


def test_a_rebuild_is_found_by_the_next_search(engine):
    engine.rebuild([document(9)])
    assert keys(engine) == ["matter:9"]


def test_a_change_of_several_things_at_once_is_seen_whole(engine):
    engine.write([document(1, 2, STAFF), document(2, 2, title="安全生产年度计划"), document(3)])
    assert sorted(keys(engine)) == ["matter:2", "matter:3"]


def test_what_expires_is_not_found_from_then_on_although_nothing_is_written(engine):
    engine.write([document(3, expires_at=datetime.now(UTC) + timedelta(hours=1))])
    before = keys(engine)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        assert ("matter:3" in before, "matter:3" in keys(engine)) == (True, False)


def test_an_index_of_an_older_version_tells_of_its_changes_once_it_is_opened(engine):
    for name in ("documents_inserted", "documents_updated", "documents_deleted", "readers_inserted", "readers_deleted"):
        engine.current().execute(f"DROP TRIGGER {name}")
    engine.current().execute("DROP TABLE changes")
    newer = EmbeddedEngine(engine.folder)
    before = sorted(keys(newer))
    newer.write([document(2, 2, STAFF)])
    assert (before, keys(newer)) == (["matter:1", "matter:2"], ["matter:1"])


def test_a_search_that_fails_leaves_the_engine_answering(engine, monkeypatch):
    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(engine, "_hits", lambda *arguments: (_ for _ in ()).throw(RuntimeError))
        answer(engine)
    assert len(keys(engine)) == 2


def test_words_that_are_looked_at_late_order_what_is_alike_otherwise(engine):
    engine.write([document(number, title="通知", body="尾矿库 " * (number % 7 + 1)) for number in range(3, 60)])
    first_of_all = engine.search(SearchQuery.parse({"q": "尾矿库"}, page_size=100), PUBLIC).hits[:10]
    assert keys(engine, "尾矿库") == [hit.key for hit in first_of_all]


def test_words_side_by_side_bring_up_what_has_less_of_everything_else(engine):
    scattered = "危险。险化。化学。学品。品目。目录"
    engine.write([document(number, title="危险通知", body=scattered) for number in range(3, 13)])
    engine.write([document(13, title="通知", body="见危险化学品目录。")])
    assert keys(engine, "危险化学品目录")[0] == "matter:13"
