"""What to offer to who is typing, or has mistyped: readable titles and numbers."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from search.engines.base import Title
from search.engines.embedded.phrases import quoted
from search.engines.embedded.schema import unpacked
from search.engines.embedded.sounding import expression
from search.heard import SOUNDING
from search.nearness import each_once
from search.normalisation import tokens as tokens_of_text
from search.number_starts import start
from search.pinyin import Reading, readings

LIKELY = 3000
"""Titles of about the length that are compared with what was typed."""


def titles(connection: sqlite3.Connection, typed: str, tokens: frozenset[str], limit: int) -> list[Title]:
    """Readable titles that hold what was typed, then those that sound like it; the beginning and the short first."""
    cut = tokens_of_text(typed)
    if not cut:
        return []
    condition = "id IN (SELECT rowid FROM words WHERE words MATCH ?)"
    written = f"title : {quoted(cut)}" + (" *" if cut[-1].isascii() else "")
    order = "exact_title LIKE ? DESC, title_length, published_on DESC"
    found = _select(connection, "title", tokens, condition, [written], order, [f"{' '.join(cut)}%"], limit=limit * 3)
    if len(found) < limit and (heard := readings(typed)):
        found += _titles_sounding(connection, heard, tokens, limit * 3)
    return each_once([Title(*row) for row in found])[:limit]


def _titles_sounding(
    connection: sqlite3.Connection, heard: Sequence[Reading], tokens: frozenset[str], limit: int
) -> list[tuple[str, Any]]:
    first = heard[0]
    condition = "id IN (SELECT rowid FROM readings WHERE readings MATCH ?)"
    begins = f"(SELECT {first.kind} LIKE ? FROM readings WHERE rowid = id)"  # noqa: S608
    order, phrase = f"{begins} DESC, title_length, published_on DESC", " ".join(first.phrase)
    matching = [expression(heard, titles_alone=True)]
    return _select(connection, "title", tokens, condition, matching, order, [f"{phrase}%"], limit=limit)


def numbers(connection: sqlite3.Connection, typed: str, tokens: frozenset[str], limit: int) -> list[Title]:
    """The document numbers of readable things that begin as was typed, the newest first."""
    begun = start(typed)
    if not begun:
        return []
    condition = "id IN (SELECT document FROM number_starts WHERE start >= ? AND start < ?)"
    found = _select(connection, "original", tokens, condition, [begun, f"{begun}\U0010ffff"], limit=limit)
    return each_once([Title(key, unpacked(blob)["number"]) for key, blob in found])


def likely(connection: sqlite3.Connection, text: str, tokens: frozenset[str]) -> list[Title]:
    """Readable titles of which the text may be a slip: those of about its length."""
    condition = "length(title) BETWEEN ? AND ?"
    lengths = [len(text) // 2, len(text) * 2 + 4]
    return [Title(*row) for row in _select(connection, "title", tokens, condition, lengths, limit=LIKELY)]


def sounding(
    connection: sqlite3.Connection, found: Sequence[Reading], tokens: frozenset[str]
) -> list[tuple[str, Sequence[str]]]:
    """Key, and title with keywords, of the readable things that sound as one of the readings."""
    condition = "id IN (SELECT rowid FROM readings WHERE readings MATCH ?)"
    texts = "(SELECT texts FROM readings WHERE rowid = id)"
    order = "title_length, published_on DESC, key"
    rows = _select(connection, texts, tokens, condition, [expression(found)], order, limit=SOUNDING)
    return [(key, texts.split("\n")) for key, texts in rows]


def _select(
    connection: sqlite3.Connection,
    column: str,
    tokens: frozenset[str],
    condition: str,
    values: Sequence[object],
    order: str = "published_on DESC, key",
    order_values: Sequence[object] = (),
    *,
    limit: int,
) -> list[tuple[str, Any]]:
    """Key and column of what the tokens may read now and the condition holds of."""
    marks = ", ".join("?" * len(tokens))
    statement = (
        f"SELECT key, {column} FROM documents WHERE deleted = 0 AND (expires_at IS NULL OR expires_at > ?) "  # noqa: S608
        f"AND id IN (SELECT document FROM readers WHERE token IN ({marks})) AND {condition} ORDER BY {order} LIMIT ?"
    )
    now = datetime.now(UTC).isoformat()
    return connection.execute(statement, (now, *sorted(tokens), *values, *order_values, limit)).fetchall()
