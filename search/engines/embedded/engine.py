"""SQLite FTS5 as a search engine: no set-up, several processes, exact counts.

Readers lie in a table beside the text, so a change of readers is cheap and a reader's tokens are one condition.
A pointer file names the index in service; a rebuild makes a new file beside it and moves the pointer.
"""

import os
import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from search.document import SearchDocument
from search.engines.base import LONGEST_TYPED, EngineResults, EngineUnavailable, Hit, Title, WriteFailure
from search.engines.building import Building, build_whole
from search.engines.embedded import schema, suggesting
from search.engines.embedded.building import BUILDING, POINTER, EmbeddedBuilding, discard_left
from search.engines.embedded.index import Index
from search.engines.embedded.matches import Matches
from search.engines.embedded.matching import everything, match
from search.engines.embedded.page import counted, freed, page
from search.engines.embedded.shelf import Numbers, Shelf, brought_up
from search.heard import Ask, hear, meant
from search.highlighting import excerpts, marked, patterns
from search.query import SearchQuery


class EmbeddedEngine:
    """An index in a folder. Safe for several processes; each thread has its own connection."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._local = threading.local()
        self._lock = threading.Lock()
        self._shelf: tuple[Path, Shelf] | None = None

    # Connections

    @contextmanager
    def guard(self) -> Iterator[None]:
        """What SQLite cannot do now (locked, full, damaged) is an engine that is not available."""
        try:
            yield
        except (sqlite3.OperationalError, sqlite3.DatabaseError, OSError) as error:
            raise EngineUnavailable(f"embedded index in {self.folder}: {error}") from error

    def file(self, pointer: str) -> Path | None:
        try:
            name = (self.folder / pointer).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        return self.folder / name if name else None

    def point(self, pointer: str, target: Path | None) -> None:
        temporary = self.folder / f".{pointer}-{uuid.uuid4().hex}"
        temporary.write_text(target.name if target else "", encoding="ascii")
        os.replace(temporary, self.folder / pointer)

    def new_file(self) -> Path:
        path = self.folder / f"index-{datetime.now(UTC):%Y%m%d%H%M%S}-{uuid.uuid4().hex[:6]}.sqlite3"
        connection = schema.connect(path)
        connection.executescript(schema.SCHEMA)
        connection.close()
        return path

    def _first_file(self) -> Path:
        """Two processes that both make the first file agree on one: what either wrote would be lost in the other."""
        path = self.new_file()
        named = self.folder / f".{POINTER}-{uuid.uuid4().hex}"
        named.write_text(path.name, encoding="ascii")
        try:
            os.link(named, self.folder / POINTER)
        except FileExistsError:
            path.unlink()
        named.unlink()
        return self.file(POINTER) or path

    def connection(self, pointer: str = POINTER) -> sqlite3.Connection | None:
        path = self.file(pointer)
        if path is None and pointer == POINTER:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self._first_file()
        if path is None or not path.exists():
            return None
        held: dict[str, tuple[Path, int, sqlite3.Connection]] = self._local.__dict__.setdefault("held", {})
        known = held.get(pointer)
        if known and known[0] == path and known[1] == os.getpid():
            return known[2]
        if known and known[1] == os.getpid():
            known[2].close()
        connection = schema.connect(path)
        connection.executescript(schema.ADDED)
        held[pointer] = (path, os.getpid(), connection)
        return connection

    def current(self) -> sqlite3.Connection:
        connection = self.connection()
        if connection is None:
            raise EngineUnavailable(f"embedded index in {self.folder}: its file is gone; run “search rebuild”")
        return connection

    # Writing

    def write(self, documents: Sequence[SearchDocument]) -> list[WriteFailure]:
        failures: list[WriteFailure] = []
        with self.guard():
            current = self.current()
            before = self.file(POINTER)
            failures += self.write_to(current, documents)
            if (building := self.connection(BUILDING)) is not None:
                failures += self.write_to(building, documents)
            if self.file(POINTER) != before:
                # A rebuild ended meanwhile: what went to the old index must be in the new one too.
                failures += self.write_to(self.current(), documents)
        return failures

    def write_to(
        self, connection: sqlite3.Connection, documents: Sequence[SearchDocument], *, reached: str = ""
    ) -> list[WriteFailure]:
        """Write in one transaction, with how far a rebuild has come where one writes."""
        failures = []
        connection.execute("BEGIN IMMEDIATE")
        try:
            for document in documents:
                connection.execute("SAVEPOINT one")
                try:
                    schema.write(connection, document)
                except (ValueError, sqlite3.InterfaceError) as error:
                    connection.execute("ROLLBACK TO one")
                    failures.append(WriteFailure(document.key, str(error)))
                connection.execute("RELEASE one")
            if reached:
                connection.execute("UPDATE build SET reached = ?", (reached,))
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        return failures

    def begin_building(self, *, afresh: bool) -> Building:
        return EmbeddedBuilding(self, afresh=afresh)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        return build_whole(self.begin_building(afresh=True), documents)

    def discard_building(self) -> bool:
        return discard_left(self)

    def purge_tombstones(self, *, before: datetime) -> int:
        with self.guard():
            cursor = self.current().execute(
                "DELETE FROM documents WHERE deleted = 1 AND written_at < ?", (before.astimezone(UTC).isoformat(),)
            )
            return cursor.rowcount

    def refresh(self) -> None:
        """Nothing to do: what is committed is seen."""

    # Reading

    @contextmanager
    def _reading(self) -> Iterator[Index]:
        """A read transaction with the shelf of the same moment: all that a search asks is asked of one state."""
        connection = self.current()
        with self._lock:
            path = self._local.held[POINTER][0]
            known = self._shelf[1] if self._shelf and self._shelf[0] == path else None
            connection.execute("BEGIN")
            try:
                shelf = brought_up(connection, known)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            self._shelf = path, shelf
        try:
            yield Index(connection, shelf)
        finally:
            connection.execute("ROLLBACK")

    def search(self, query: SearchQuery, tokens: frozenset[str]) -> EngineResults:
        with self.guard(), self._reading() as index:
            sounding = partial(suggesting.sounding, index.connection, tokens=tokens)
            matches, rows = self._first_readable(index, query, tokens, sounding)
            if matches.heard:
                query = matches.heard.marked(query)
            facets, kept = counted(index.shelf, rows, query)
            shown, settled = page(index, kept, matches, query)
            hits = self._hits(index, shown, settled, query)
            if matches.heard:
                suggestion: Title | None = matches.heard.texts[0]
            else:
                likely = partial(suggesting.likely, index.connection, query.text, tokens)
                found = bool(len(kept)) and not matches.relaxed
                suggestion = meant(query, hits, sounding, likely, is_found=found)
            relaxed = matches.relaxed if matches.rows[kept].any() else ""
            without = {} if len(kept) else freed(index, rows, matches, query)
        return EngineResults(hits, len(kept), facets, relaxed, suggestion, without)

    def _first_readable(
        self, index: Index, query: SearchQuery, tokens: frozenset[str], sounding: Ask
    ) -> tuple[Matches, Numbers]:
        """The strictest step that has something for this reader, with its rows; the last one where none has."""
        readable = index.shelf.readable(tokens)
        if query.hidden:
            readable[index.of_keys(sorted(query.hidden))] = False
        matches, rows = Matches(np.zeros_like(readable), index.zeros()), np.zeros(0, dtype=np.int64)
        if query.text and not query.asks_for_text:
            return matches, rows
        steps = match(index, query, lambda: hear(query, sounding)) if query.asks_for_text else everything(index)
        for matches in steps:
            rows = matches.worth_showing(np.flatnonzero(matches.rows & readable))
            if len(rows):
                break
        # What is pinned and not among these is there too, and keeps no step from being relaxed.
        pinned = [row for row in index.of_keys(query.pinned) if readable[row]] if query.pinned else []
        return matches, np.append(rows, np.setdiff1d(np.array(pinned, dtype=np.int64), rows))

    def _hits(self, index: Index, shown: list[int], matches: Matches, query: SearchQuery) -> list[Hit]:
        if not shown:
            return []
        marks = ", ".join("?" * len(shown))
        stored = {
            row: (title, blob)
            for row, title, blob in index.connection.execute(
                f"SELECT id, title, original FROM documents WHERE id IN ({marks})",  # noqa: S608
                shown,
            )
        }
        found = patterns(query.marked_parts, query.marked_words)
        hits = []
        for row in shown:
            title, blob = stored[row]
            highlights, attachment = _highlights(title, schema.unpacked(blob), found)
            hits.append(Hit(index.shelf.keys[row], float(matches.worth[row]), highlights, attachment))
        return hits

    def suggest(self, prefix: str, tokens: frozenset[str], *, limit: int = 8) -> list[Title]:
        with self.guard():
            return suggesting.titles(self.current(), prefix[:LONGEST_TYPED], tokens, limit)

    def suggest_numbers(self, prefix: str, tokens: frozenset[str], *, limit: int = 8) -> list[Title]:
        with self.guard():
            return suggesting.numbers(self.current(), prefix[:LONGEST_TYPED], tokens, limit)

    def versions(self) -> Iterator[tuple[str, int, bool]]:
        after = ""
        while True:
            with self.guard():
                rows = (
                    self.current()
                    .execute(
                        "SELECT key, version, deleted FROM documents WHERE key > ? ORDER BY key LIMIT 1000", (after,)
                    )
                    .fetchall()
                )
            if not rows:
                return
            for key, version, deleted in rows:
                yield key, version, bool(deleted)
            after = rows[-1][0]

    def contents(self, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
        with self.guard():
            return schema.stored(self.current(), keys)

    def fingerprint(self, document: SearchDocument) -> str:
        return schema.fingerprint(document)

    def defect(self) -> str:
        with self.guard():
            path = self.file(POINTER)
            try:
                return "" if path is None else schema.defect(path) if path.exists() else "its file is gone"
            except sqlite3.DatabaseError as error:
                if schema.is_damage(error):
                    return f"its file is damaged: {error}"
                raise

    def count(self) -> int:
        with self.guard():
            return self.current().execute("SELECT count(*) FROM documents WHERE deleted = 0").fetchone()[0]

    def bring_in_line(self) -> None:
        """Nothing to do: it has no settings."""

    def concerns(self) -> list[str]:
        return []

    def check(self) -> None:
        with self.guard():
            self.current().execute("SELECT 1 FROM documents LIMIT 1").fetchone()


def _highlights(title: str, original: dict, found: list) -> tuple[dict[str, list[str]], str | None]:
    """What to show of a hit: marks in title, number, summary, body, else in the first attachment that matches."""
    highlights: dict[str, list[str]] = {}
    if html := marked(title, found):
        highlights["title"] = [html]
    if original["number"] and (html := marked(original["number"], found)):
        highlights["document_number"] = [html]
    for name in ("summary", "body"):
        if some := excerpts(original[name], found):
            highlights[name] = some
    if "body" in highlights or "summary" in highlights:
        return highlights, None
    for key, name, text in original["attachments"]:
        if some := excerpts(f"{name} {text}", found):
            highlights["attachments"] = some
            return highlights, str(key)
    return highlights, None
