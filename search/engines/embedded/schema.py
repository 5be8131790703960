"""The tables of the embedded index, and how documents become rows."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from search.document import FACETS, SearchDocument, facet_values
from search.normalisation import document_number_key, document_number_keys, exact_key, is_han, tokens
from search.number_starts import starts
from search.pinyin import sounds

TEXT_COLUMNS = ("title", "summary", "body", "attachments", "extra")
READING_COLUMNS = ("syllables", "initials", "keyword_syllables", "keyword_initials")
BUSY_SECONDS = 15

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
CREATE VIRTUAL TABLE IF NOT EXISTS readings USING fts5({", ".join(READING_COLUMNS)}, texts UNINDEXED,
  tokenize = 'ascii');
CREATE TABLE IF NOT EXISTS keywords (keyword TEXT NOT NULL, document INTEGER NOT NULL, is_first INTEGER NOT NULL,
  PRIMARY KEY (keyword, document)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keywords_document ON keywords(document);
CREATE TABLE IF NOT EXISTS number_starts (start TEXT NOT NULL, document INTEGER NOT NULL,
  PRIMARY KEY (start, document)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS number_starts_document ON number_starts(document);
CREATE VIRTUAL TABLE IF NOT EXISTS pair_counts USING fts5vocab('pairs', 'row');
"""
# `ascii` splits at spaces and ASCII punctuation only and takes every other character as it is, so tokens that
# `search.normalisation` has cut, joined by spaces, stay as they are, Tibetan vowel signs included.


def connect(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode; several processes may hold one each.

    An index of an older version gets the tables that have come since; they are filled as things are written again.
    """
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")
    connection.executescript(SCHEMA)
    return connection


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


def write(connection: sqlite3.Connection, document: SearchDocument) -> bool:
    """Store the document unless its version is stored already, or a newer one; True if it was stored."""
    row = connection.execute("SELECT id, version FROM documents WHERE key = ?", (document.key,)).fetchone()
    if row is not None:
        if row[1] >= document.version:
            return False
        _forget(connection, row[0])
    now = datetime.now(UTC).isoformat()
    if document.deleted or not document.readers:
        connection.execute(
            "INSERT INTO documents (id, key, version, deleted, written_at) VALUES (?, ?, ?, 1, ?)",
            (row[0] if row else None, document.key, document.version, now),
        )
        return True
    values = facet_values(document)
    cursor = connection.execute(
        f"INSERT INTO documents (id, key, version, deleted, written_at, expires_at, published_on, title, exact_title,"  # noqa: S608
        f" title_length, {', '.join(FACETS)}, original) VALUES ({', '.join('?' * (11 + len(FACETS)))})",
        (
            row[0] if row else None,
            document.key,
            document.version,
            0,
            now,
            document.expires_at.astimezone(UTC).isoformat() if document.expires_at else None,
            document.published_on.isoformat() if document.published_on else None,
            document.title,
            exact_key(document.title),
            len(tokens(document.title)),
            *(values.get(name) for name in FACETS),
            _packed(document),
        ),
    )
    key = cursor.lastrowid
    connection.executemany(
        "INSERT INTO readers (token, document) VALUES (?, ?)", [(token, key) for token in document.readers]
    )
    _write_texts(connection, key, document)
    return True


def _write_texts(connection: sqlite3.Connection, key: int | None, document: SearchDocument) -> None:
    cut = {column: tokens(text) for column, text in texts_of(document).items()}
    columns, marks = ", ".join(TEXT_COLUMNS), ", ".join("?" * (len(TEXT_COLUMNS) + 1))
    for table, joined in (
        ("words", [" ".join(cut[column]) for column in TEXT_COLUMNS]),
        ("pairs", [" ".join(pairs_of(cut[column])) for column in TEXT_COLUMNS]),
    ):
        connection.execute(f"INSERT INTO {table} (rowid, {columns}) VALUES ({marks})", (key, *joined))  # noqa: S608
    connection.execute(
        f"INSERT INTO readings (rowid, {', '.join(READING_COLUMNS)}, texts) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608
        (key, *_by_sound([document.title]), *_by_sound(document.keywords), "\n".join(document.spoken)),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO keywords (keyword, document, is_first) VALUES (?, ?, ?)",
        [(exact_key(keyword), key, place == 0) for place, keyword in enumerate(document.keywords)],
    )
    connection.executemany(
        "INSERT INTO number_starts (start, document) VALUES (?, ?)",
        [(start, key) for start in starts(document.document_number)],
    )
    own = document_number_key(document.document_number)
    cited = dict.fromkeys(document_number_keys(document.title), 0)
    numbers = {**cited, **({own: 1} if own else {})}
    connection.executemany(
        "INSERT INTO numbers (number, document, own) VALUES (?, ?, ?)",
        [(number, key, is_own) for number, is_own in numbers.items()],
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


def _packed(document: SearchDocument) -> bytes:
    original = {
        "summary": document.summary,
        "body": document.body,
        "attachments": [[a.id, a.title, a.text] for a in document.attachments],
        "number": document.document_number,
    }
    return zlib.compress(json.dumps(original, ensure_ascii=False).encode("utf-8", "replace"), 1)


def unpacked(blob: bytes) -> dict:
    """The original texts of a stored document."""
    return json.loads(zlib.decompress(blob))
