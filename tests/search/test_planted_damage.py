"""Damage of the index that keys and versions do not show, and how a repair mends it."""

import json
import uuid
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from intranet.disclosure.models import MatterPage
from intranet.disclosure.search import key_of
from intranet.publication.release import release_imported
from search.engines import main_engine
from search.engines.elasticsearch.mapping import as_source
from search.engines.embedded import schema
from search.query import SearchQuery
from search.worker import documents_of, drain
from tests.factories import attach, fresh, live_matter
from tests.search.test_command import Ran

TITLE = "烟花爆竹经营许可办法"
LEADERS = frozenset({"leaders"})
PUBLIC = frozenset({"public"})


@pytest.fixture
def matter(engine_in_service, bureau) -> MatterPage:
    """One live matter with all that a matter has, in the index as it is, and some beside it."""
    for number in range(3):
        live_matter(bureau.finance, title=f"车辆管理办法{number}")
    made = live_matter(bureau.licensing, title=TITLE, summary="摘要", document_number="甘安监〔2007〕138号",
                       keywords="烟花、许可")  # fmt: skip
    attach(made, "尾矿库名单".encode())
    release_imported(fresh(made), by=None, reason="test")
    drain()
    main_engine().refresh()
    return fresh(made)


def found(tokens: frozenset[str], text: str = TITLE) -> list[str]:
    engine = main_engine()
    engine.refresh()
    return [hit.key for hit in engine.search(SearchQuery.parse({"q": text}), tokens).hits]


def alter(matter: MatterPage, **fields: Any) -> None:
    """Store other content of the matter under the version that it has."""
    engine, key = main_engine(), key_of(matter.pk)
    version = engine.contents([key])[key][0]
    (document,) = documents_of({key: version})[0].values()
    altered = replace(document, **fields)
    if engine.name == "embedded":
        engine.current().execute("UPDATE documents SET version = 0 WHERE key = ?", (key,))
        engine.write([altered])
    else:
        engine.client.index(index=engine.index, id=key, document=as_source(altered), version=version,
                            version_type="external_gte", refresh=True)  # fmt: skip


ALTERED = [
    pytest.param({"readers": LEADERS}, id="readers"),
    pytest.param({"readers": frozenset({"public", "user:77"})}, id="one reader more"),
    pytest.param({"title": "别的"}, id="title"),
    pytest.param({"body": "别的"}, id="body"),
    pytest.param({"attachments": ()}, id="attachments"),
    pytest.param({"department": "finance"}, id="facet"),
    pytest.param({"document_number": "甘安监〔2007〕139号"}, id="number"),
    pytest.param({"deleted": True}, id="tombstone"),
]


@pytest.mark.parametrize("fields", ALTERED)
def test_check_names_what_is_wrong_under_the_right_version(matter, fields):
    alter(matter, **fields)
    assert f"1 altered: {key_of(matter.pk)}\n" in Ran("check").out


def test_check_is_well_with_all_that_a_matter_has(matter):
    assert Ran("check").ok


@pytest.mark.parametrize("fields", ALTERED[:3])
def test_a_repair_mends_what_is_wrong_under_the_right_version(matter, fields):
    alter(matter, **fields)
    assert (Ran("check", "--repair").ok, found(PUBLIC), found(LEADERS)) == (True, [key_of(matter.pk)], [])


def test_a_quick_check_compares_versions_alone(matter):
    alter(matter, body="别的")
    assert Ran("check", "--quick").ok


# The embedded index as a whole


@pytest.fixture
def index_file(engine_in_service, matter) -> Path:
    if engine_in_service != "embedded":
        pytest.skip("a file is what the embedded engine has")
    engine = main_engine()
    engine.current().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return engine.file("current")


def truncate(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def overwrite_the_middle(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 3)
        file.write(b"\xff" * 30_000)


def spoil_the_words(path: Path) -> None:
    """The words say something else than the text beside them."""
    with closing(schema.connect(path)) as connection:
        connection.execute("DELETE FROM words_docsize WHERE id = 1")
        connection.execute("DELETE FROM words_idx")


DAMAGE = [truncate, empty, overwrite_the_middle, spoil_the_words, Path.unlink]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_check_says_that_the_file_is_damaged(index_file, damage):
    damage(index_file)
    ran = Ran("check")
    assert ("search check --repair" in ran.error, ran.out[:13]) == (True, "embedded: its")


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_a_repair_builds_a_damaged_file_anew(index_file, matter, damage):
    damage(index_file)
    assert (Ran("check", "--repair").ok, found(PUBLIC)) == (True, [key_of(matter.pk)])


# The Elasticsearch index as a whole


@pytest.fixture
def node(engine_in_service, matter):
    if engine_in_service != "elasticsearch":
        pytest.skip("an index with fields is what Elasticsearch has")
    return main_engine().client


def delete(node, name: str) -> None:
    for index in node.indices.get(index=f"{name}*"):
        node.indices.delete(index=index)


def make_with_guessed_fields(node, name: str) -> None:
    """As Elasticsearch does for who writes to a name that is gone."""
    delete(node, name)
    node.index(index=name, id="matter:1", document={"key": "matter:1", "title": TITLE}, refresh=True)


def make_with_other_fields(node, name: str) -> None:
    (index,) = node.indices.get(index=name)
    made = node.indices.get(index=index)[index]
    fields = json.loads(json.dumps(made["mappings"]).replace("by_pair", "standard"))
    delete(node, name)
    node.indices.create(index=f"{name}-{uuid.uuid4().hex[:6]}", mappings=fields, aliases={name: {}},
                        settings={"analysis": made["settings"]["index"]["analysis"]})  # fmt: skip


DAMAGE_OF_AN_INDEX = [delete, make_with_guessed_fields, make_with_other_fields]


@pytest.mark.parametrize("damage", DAMAGE_OF_AN_INDEX)
def test_check_says_that_the_index_is_not_what_it_should_be(node, damage):
    damage(node, main_engine().index)
    assert "search check --repair" in Ran("check").error


@pytest.mark.parametrize("damage", DAMAGE_OF_AN_INDEX)
def test_a_repair_builds_a_wrong_index_anew(node, matter, damage):
    damage(node, main_engine().index)
    assert (Ran("check", "--repair").ok, found(PUBLIC)) == (True, [key_of(matter.pk)])
