"""SQLite FTS5 as a search engine: no set-up, several processes, exact counts.

Readers lie in a table beside the text, so a change of readers is cheap and a reader's tokens are one condition.
A pointer file names the index in service; a rebuild makes a new file beside it and moves the pointer.
"""

import os
import sqlite3
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

from search.document import FACETS, SearchDocument
from search.engines.base import (
    CHECKED,
    LONGEST_TYPED,
    EngineResults,
    EngineUnavailable,
    Freed,
    Hit,
    Title,
    WriteFailure,
)
from search.engines.building import Building, build_whole
from search.engines.embedded import schema, suggesting
from search.engines.embedded.building import BUILDING, POINTER, EmbeddedBuilding, discard_left
from search.engines.embedded.matching import Matches, everything, match
from search.engines.ranking import GUIDE, OTHER_LANGUAGE, PINNED, REPEALED
from search.heard import Ask, hear, meant
from search.highlighting import excerpts, marked, patterns
from search.query import SearchQuery

FIRST_FACET = 3
"""Where a row's facets begin: before them are its id, its key and its day."""


class EmbeddedEngine:
    """An index in a folder. Safe for several processes; each thread has its own connection."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._local = threading.local()

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
        connection.executescript(schema.FOR_TYPING)
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

    def search(self, query: SearchQuery, tokens: frozenset[str]) -> EngineResults:
        with self.guard():
            connection = self.current()
            sounding = partial(suggesting.sounding, connection, tokens=tokens)
            matches, rows = self._first_readable(connection, query, tokens, sounding)
            if matches.heard:
                query = matches.heard.marked(query)
            facets, kept = _count(rows, query)
            ordered = _ordered(kept, matches.scores, query)
            shown = ordered[query.offset : query.offset + query.page_size]
            hits = self._hits(connection, shown, matches, query)
            if matches.heard:
                suggestion: Title | None = matches.heard.texts[0]
            else:
                likely = partial(suggesting.likely, connection, query.text, tokens)
                suggestion = meant(query, hits, sounding, likely, is_found=bool(kept) and not matches.relaxed)
            relaxed = matches.relaxed if any(row[0] in matches.scores for row in kept) else ""
            freed = {} if kept else _freed(rows, matches.scores, query)
        return EngineResults(hits, len(kept), facets, relaxed, suggestion, freed)

    def _first_readable(
        self, connection: sqlite3.Connection, query: SearchQuery, tokens: frozenset[str], sounding: Ask
    ) -> tuple[Matches, list[tuple[Any, ...]]]:
        """The strictest step that has something for this reader, with its rows; the last one where none has."""
        matches: Matches = Matches()
        rows: list[tuple[Any, ...]] = []
        if query.text and not query.asks_for_text:
            return matches, rows
        steps = match(connection, query, lambda: hear(query, sounding))
        for matches in steps if query.asks_for_text else everything(connection):
            readable = self._readable(connection, matches.scores, tokens, query.hidden)
            rows = matches.worth_showing(readable, key=itemgetter(0))
            if rows:
                break
        return matches, rows + self._only_pinned(connection, query, tokens, rows)

    def _only_pinned(
        self,
        connection: sqlite3.Connection,
        query: SearchQuery,
        tokens: frozenset[str],
        rows: list[tuple[Any, ...]],
    ) -> list[tuple[Any, ...]]:
        """Readable rows that are pinned and not among these; they keep no step from being relaxed."""
        if not query.pinned:
            return []
        marks = ", ".join("?" * len(query.pinned))
        ids = connection.execute(f"SELECT id FROM documents WHERE key IN ({marks})", query.pinned)  # noqa: S608
        there = {row[0] for row in rows}
        missing = {row: 0.0 for (row,) in ids if row not in there}
        return self._readable(connection, missing, tokens, query.hidden) if missing else []

    def _readable(
        self,
        connection: sqlite3.Connection,
        scores: dict[int, float],
        tokens: frozenset[str],
        hidden: frozenset[str],
    ) -> list[tuple[Any, ...]]:
        """The matched rows that the tokens may read and the query shows, with what counting and ordering need."""
        marks = ", ".join("?" * len(tokens))
        now = datetime.now(UTC).isoformat()
        statement = (
            f"SELECT id, key, published_on, {', '.join(FACETS)} FROM documents WHERE deleted = 0 "  # noqa: S608
            f"AND (expires_at IS NULL OR expires_at > ?) "
            f"AND id IN (SELECT document FROM readers WHERE token IN ({marks}))"
        )
        values = [now, *sorted(tokens), *sorted(hidden)]
        if hidden:
            statement += f" AND key NOT IN ({', '.join('?' * len(hidden))})"
        if len(scores) <= 500:
            statement += f" AND id IN ({', '.join('?' * len(scores))})"
            return connection.execute(statement, (*values, *scores)).fetchall()
        found = connection.execute(statement, values)
        return [row for row in found if row[0] in scores]

    def _hits(
        self, connection: sqlite3.Connection, shown: list[tuple[Any, ...]], matches: Matches, query: SearchQuery
    ) -> list[Hit]:
        if not shown:
            return []
        marks = ", ".join("?" * len(shown))
        stored = {
            key: (title, blob)
            for key, title, blob in connection.execute(
                f"SELECT id, title, original FROM documents WHERE id IN ({marks})",  # noqa: S608
                [row[0] for row in shown],
            )
        }
        found = patterns(query.marked_parts, query.marked_words)
        hits = []
        for row in shown:
            title, blob = stored[row[0]]
            highlights, attachment = _highlights(title, schema.unpacked(blob), found)
            hits.append(Hit(row[1], matches.scores.get(row[0], 0.0), highlights, attachment))
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


def _count(rows: list[tuple[Any, ...]], query: SearchQuery) -> tuple[dict[str, dict[str, int]], list[tuple[Any, ...]]]:
    """Facet counts, each under the other facets' filters, and the rows under all filters."""
    wanted = _wanted(query)
    facets = {}
    for column, name in enumerate(FACETS, start=FIRST_FACET):
        counter = Counter(row[column] for row in _kept(rows, {c: v for c, v in wanted.items() if c != column}))
        facets[name] = {value: count for value, count in counter.most_common() if value}
    return facets, _kept(rows, wanted)


def _freed(rows: list[tuple[Any, ...]], scores: dict[int, float], query: SearchQuery) -> dict[str, Freed]:
    found = {name: _ordered(_kept(rows, _wanted(freed)), scores, freed) for name, freed in query.freed.items()}
    return {name: Freed(len(left), [row[1] for row in left[:CHECKED]]) for name, left in found.items() if left}


def _wanted(query: SearchQuery) -> dict[int, set[str]]:
    """The values that the filters allow, by column."""
    return {FIRST_FACET + FACETS.index(name): set(values) for name, values in query.filters.items()}


def _kept(rows: list[tuple[Any, ...]], wanted: dict[int, set[str]]) -> list[tuple[Any, ...]]:
    """The rows under these filters."""
    for column, allowed in wanted.items():
        rows = [row for row in rows if row[column] in allowed]
    return rows


def _ordered(rows: list[tuple[Any, ...]], scores: dict[int, float], query: SearchQuery) -> list[tuple[Any, ...]]:
    validity, language, kind = (FIRST_FACET + FACETS.index(name) for name in ("validity", "language", "type"))
    asked_in = query.language
    pins = {key: PINNED * (len(query.pinned) - place) for place, key in enumerate(query.pinned)}

    def relevance(row: tuple[Any, ...]) -> tuple[float, str, str]:
        score = scores.get(row[0], 0.0) * (REPEALED if row[validity] == "repealed" else 1.0)
        score *= OTHER_LANGUAGE if row[language] and row[language] != asked_in else 1.0
        score *= GUIDE if row[kind] == "guide" and not query.expansion else 1.0
        return (score + pins.get(row[1], 0.0), row[2] or "", row[1])

    def day(row: tuple[Any, ...]) -> tuple[str, str]:
        return (row[2] or "", row[1])

    key: Callable[[tuple[Any, ...]], Any] = relevance
    if query.sort != "relevance" or not query.asks_for_text:
        key = day
    return sorted(rows, key=key, reverse=query.sort != "oldest")


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
