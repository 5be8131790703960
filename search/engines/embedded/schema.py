"""The tables of the embedded index, and how documents become rows."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from search.document import FACETS, SearchDocument, facet_values
from search.normalisation import document_number_key, document_number_keys, exact_key, is_han, tokens
from search.number_starts import starts
from search.pinyin import sounds

TEXT_COLUMNS = ("title", "summary", "body", "attachments", "extra")
READING_COLUMNS = ("syllables", "initials", "keyword_syllables", "keyword_initials", "texts")
BUSY_SECONDS = 15

FOR_TYPING = f"""
CREATE VIRTUAL TABLE IF NOT EXISTS readings USING fts5({", ".join(READING_COLUMNS)} UNINDEXED, tokenize = 'ascii');
CREATE TABLE IF NOT EXISTS keywords (keyword TEXT NOT NULL, document INTEGER NOT NULL, is_first INTEGER NOT NULL,
  PRIMARY KEY (keyword, document)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keywords_document ON keywords(document);
CREATE TABLE IF NOT EXISTS number_starts (start TEXT NOT NULL, document INTEGER NOT NULL,
  PRIMARY KEY (start, document)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS number_starts_document ON number_starts(document);
"""
"""Empty in an index of an older version until its things are written again."""

CHANGES = """
CREATE TABLE IF NOT EXISTS changes (number INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL UNIQUE);
CREATE TRIGGER IF NOT EXISTS documents_inserted AFTER INSERT ON documents BEGIN
  INSERT OR REPLACE INTO changes (document) VALUES (new.id); END;
CREATE TRIGGER IF NOT EXISTS documents_updated AFTER UPDATE ON documents BEGIN
  INSERT OR REPLACE INTO changes (document) VALUES (new.id); END;
CREATE TRIGGER IF NOT EXISTS documents_deleted AFTER DELETE ON documents BEGIN
  INSERT OR REPLACE INTO changes (document) VALUES (old.id); END;
CREATE TRIGGER IF NOT EXISTS readers_inserted AFTER INSERT ON readers BEGIN
  INSERT OR REPLACE INTO changes (document) VALUES (new.document); END;
CREATE TRIGGER IF NOT EXISTS readers_deleted AFTER DELETE ON readers BEGIN
  INSERT OR REPLACE INTO changes (document) VALUES (old.document); END;
"""
"""The last change of each document, numbered by triggers: whoever changes it, each process's memory is told."""
ADDED = FOR_TYPING + CHANGES
"""What an index of an older version is given when it is opened."""

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS documents (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, deleted INTEGER NOT NULL,
  written_at TEXT NOT NULL, expires_at TEXT, published_on TEXT, title TEXT NOT NULL DEFAULT '',
  exact_title TEXT NOT NULL DEFAULT '', title_length INTEGER NOT NULL DEFAULT 0,
  {", ".join(f'"{name}" TEXT' for name in FACETS)}, original BLOB
);
CREATE INDEX IF NOT EXISTS documents_exact_title ON documents(exact_title) WHERE deleted = 0;
CREATE TABLE IF NOT EXISTS readers (token TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (token, document))
  WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS readers_document ON readers(document);
CREATE TABLE IF NOT EXISTS numbers (number TEXT NOT NULL, document INTEGER NOT NULL, own INTEGER NOT NULL,
  PRIMARY KEY (number, document)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS numbers_document ON numbers(document);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5({", ".join(TEXT_COLUMNS)}, tokenize = 'ascii');
CREATE VIRTUAL TABLE IF NOT EXISTS pairs USING fts5({", ".join(TEXT_COLUMNS)}, tokenize = 'ascii', detail = 'column');
CREATE VIRTUAL TABLE IF NOT EXISTS pair_counts USING fts5vocab('pairs', 'row');
CREATE TABLE IF NOT EXISTS build (recipe TEXT NOT NULL, reached TEXT NOT NULL);
{ADDED}"""
# `ascii` splits at spaces and ASCII punctuation only and takes every other character as it is, so tokens that
# `search.normalisation` has cut, joined by spaces, stay as they are, Tibetan vowel signs included.


def connect(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode; several processes may hold one each."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")
    return connection


def defect(path: Path) -> str:
    """What is wrong with the file as a whole, in words; empty where it is sound. Reads all of it, past any cache."""
    with path.open("rb") as file:
        head = file.read(20)
    if not head.startswith(b"SQLite format 3\0") or head[18:] != b"\2\2":
        return "its file is damaged: it does not begin as an index does"  # opening it would wait for a lock in vain
    with closing(connect(path)) as connection:
        if (found := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            return f"its file is damaged: {found}"
        if _tables(connection) != _tables_wanted():
            return "its tables are those of another version"
        for table in ("words", "pairs", "readings"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608
    return ""


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the error tells of a file that is damaged, and not of one that is locked or a disk that is full."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "no such table" in str(error)


def _tables(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


@cache
def _tables_wanted() -> set[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA)
        return _tables(connection)


def pairs_of(found: list[str]) -> Iterator[str]:
    """Neighbouring Han characters as one token each, every other token as it is."""
    for position, token in enumerate(found):
        if not is_han(token):
            yield token
        elif position + 1 < len(found) and is_han(found[position + 1]):
            yield token + found[position + 1]


def texts_of(document: SearchDocument) -> dict[str, str]:
    """The document's texts by column."""
    return {
        "title": document.title,
        "summary": document.summary,
        "body": document.body,
        "attachments": "\n".join(f"{a.title} {a.file_name} {a.text}" for a in document.attachments),
        "extra": " ".join(
            (*document.keywords, document.document_number, document.index_number, document.department_name)
        ),
    }


@dataclass(frozen=True, slots=True)
class Record:
    """All that is stored of a document that somebody may find, in the form in which it is stored."""

    columns: tuple[Any, ...]
    original: str
    readers: tuple[str, ...]
    words: tuple[str, ...]
    pairs: tuple[str, ...]
    numbers: tuple[tuple[str, int], ...]
    readings: tuple[str, ...]
    keywords: tuple[tuple[str, int], ...]
    number_starts: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(repr(self).encode("utf-8", "replace")).hexdigest()


TOMBSTONE = "tombstone"
"""The fingerprint of every tombstone."""
COLUMNS = ("expires_at", "published_on", "title", "exact_title", "title_length", *FACETS)


def record_of(document: SearchDocument) -> Record | None:
    """What is stored of the document; None for a tombstone."""
    if document.deleted or not document.readers:
        return None
    values = facet_values(document)
    cut = {column: tokens(text) for column, text in texts_of(document).items()}
    own = document_number_key(document.document_number)
    numbers = {**dict.fromkeys(document_number_keys(document.title), 0), **({own: 1} if own else {})}
    return Record(
        columns=(
            document.expires_at.astimezone(UTC).isoformat() if document.expires_at else None,
            document.published_on.isoformat() if document.published_on else None,
            document.title,
            exact_key(document.title),
            len(tokens(document.title)),
            *(values.get(name) for name in FACETS),
        ),
        original=_original(document),
        readers=tuple(sorted(document.readers)),
        words=tuple(" ".join(cut[column]) for column in TEXT_COLUMNS),
        pairs=tuple(" ".join(pairs_of(cut[column])) for column in TEXT_COLUMNS),
        numbers=tuple(sorted(numbers.items())),
        readings=(*_by_sound([document.title]), *_by_sound(document.keywords), "\n".join(document.spoken)),
        keywords=tuple(sorted(_keywords(document).items())),
        number_starts=tuple(sorted(starts(document.document_number))),
    )


BETWEEN = " betweentexts "
"""A word between two texts, over which no phrase goes."""


def _by_sound(texts: Iterable[str]) -> tuple[str, str]:
    """The syllables and the initials of the texts."""
    heard = [sounds(text) for text in texts]
    return (
        BETWEEN.join(" ".join(sound.syllable for sound in some) for some in heard),
        BETWEEN.join(" ".join(sound.initial for sound in some) for some in heard),
    )


def _keywords(document: SearchDocument) -> dict[str, int]:
    """Each keyword without its punctuation, with whether it is the first."""
    found = dict.fromkeys((exact_key(keyword) for keyword in document.keywords), 0)
    return {keyword: int(place == 0) for place, keyword in enumerate(found)}


def fingerprint(document: SearchDocument) -> str:
    """The fingerprint of what would be stored of the document."""
    record = record_of(document)
    return record.fingerprint if record else TOMBSTONE


def stored(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Version and fingerprint of what is stored under each of these keys."""
    marks = ", ".join("?" * len(keys))
    statement = f"SELECT id, key, version, deleted, original, {_names(COLUMNS)} FROM documents WHERE key IN ({marks})"  # noqa: S608
    found = {}
    for row, key, version, deleted, original, *columns in connection.execute(statement, keys).fetchall():
        found[key] = version, TOMBSTONE if deleted else _read(connection, row, original, columns).fingerprint
    return found


def _read(connection: sqlite3.Connection, row: int, original: bytes, columns: list[Any]) -> Record:
    readers = connection.execute("SELECT token FROM readers WHERE document = ? ORDER BY token", (row,))
    numbers = connection.execute("SELECT number, own FROM numbers WHERE document = ? ORDER BY number", (row,))
    keywords = connection.execute("SELECT keyword, is_first FROM keywords WHERE document = ? ORDER BY keyword", (row,))
    number_starts = connection.execute("SELECT start FROM number_starts WHERE document = ? ORDER BY start", (row,))
    return Record(
        columns=tuple(columns),
        original=_unzipped(original),
        readers=tuple(token for (token,) in readers),
        words=_first(connection, "words", TEXT_COLUMNS, row),
        pairs=_first(connection, "pairs", TEXT_COLUMNS, row),
        numbers=tuple(numbers.fetchall()),
        readings=_first(connection, "readings", READING_COLUMNS, row),
        keywords=tuple(keywords.fetchall()),
        number_starts=tuple(start for (start,) in number_starts),
    )


def _first(connection: sqlite3.Connection, table: str, columns: Iterable[str], row: int) -> tuple[str, ...]:
    """These columns of the row; empty where there is no such row."""
    statement = f"SELECT {_names(columns)} FROM {table} WHERE rowid = ?"  # noqa: S608
    return connection.execute(statement, (row,)).fetchone() or ()


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def write(connection: sqlite3.Connection, document: SearchDocument) -> bool:
    """Store the document unless its version is stored already, or a newer one; True if it was stored."""
    row = connection.execute("SELECT id, version FROM documents WHERE key = ?", (document.key,)).fetchone()
    if row is not None:
        if row[1] >= document.version:
            return False
        _forget(connection, row[0])
    now = datetime.now(UTC).isoformat()
    record = record_of(document)
    common = (row[0] if row else None, document.key, document.version, int(record is None), now)
    if record is None:
        connection.execute(
            "INSERT INTO documents (id, key, version, deleted, written_at) VALUES (?, ?, ?, ?, ?)", common
        )
        return True
    cursor = connection.execute(
        f"INSERT INTO documents (id, key, version, deleted, written_at, original, {_names(COLUMNS)}) "  # noqa: S608
        f"VALUES ({', '.join('?' * (6 + len(COLUMNS)))})",
        (*common, _zipped(record.original), *record.columns),
    )
    _write_rows(connection, cursor.lastrowid, record)
    return True


def _write_rows(connection: sqlite3.Connection, row: int | None, record: Record) -> None:
    connection.executemany(
        "INSERT INTO readers (token, document) VALUES (?, ?)", [(token, row) for token in record.readers]
    )
    for table, columns, texts in (
        ("words", TEXT_COLUMNS, record.words),
        ("pairs", TEXT_COLUMNS, record.pairs),
        ("readings", READING_COLUMNS, record.readings),
    ):
        marks = ", ".join("?" * (len(columns) + 1))
        statement = f"INSERT INTO {table} (rowid, {_names(columns)}) VALUES ({marks})"  # noqa: S608
        connection.execute(statement, (row, *texts))
    connection.executemany(
        "INSERT INTO numbers (number, document, own) VALUES (?, ?, ?)",
        [(number, row, is_own) for number, is_own in record.numbers],
    )
    connection.executemany(
        "INSERT INTO keywords (keyword, document, is_first) VALUES (?, ?, ?)",
        [(keyword, row, is_first) for keyword, is_first in record.keywords],
    )
    connection.executemany(
        "INSERT INTO number_starts (start, document) VALUES (?, ?)", [(start, row) for start in record.number_starts]
    )


def _forget(connection: sqlite3.Connection, key: int) -> None:
    for statement in (
        "DELETE FROM words WHERE rowid = ?",
        "DELETE FROM pairs WHERE rowid = ?",
        "DELETE FROM readings WHERE rowid = ?",
        "DELETE FROM keywords WHERE document = ?",
        "DELETE FROM number_starts WHERE document = ?",
        "DELETE FROM readers WHERE document = ?",
        "DELETE FROM numbers WHERE document = ?",
        "DELETE FROM documents WHERE id = ?",
    ):
        connection.execute(statement, (key,))


def _original(document: SearchDocument) -> str:
    original = {
        "summary": document.summary,
        "body": document.body,
        "attachments": [[a.id, a.title, a.text] for a in document.attachments],
        "number": document.document_number,
    }
    return json.dumps(original, ensure_ascii=False)


def _zipped(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "replace"), 1)


def _unzipped(blob: bytes) -> str:
    return zlib.decompress(blob).decode("utf-8")


def unpacked(blob: bytes) -> dict:
    """The original texts of a stored document."""
    return json.loads(_unzipped(blob))
