"""The file and the shelf at one moment, and what matches an expression there."""

import json
import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.embedded.shelf import Numbers, Shelf

Worth = NDArray[np.float64]
WEIGHTS = "10.0, 4.0, 1.0, 1.0, 6.0"
"""bm25 weights of title, summary, body, attachments, extra. A title says what a thing is in few words; a word of
it counts as much as ten of a body. Keywords and numbers stand for the whole too."""
K1 = 1.2
"""FTS5's own constant: bm25 is less than 1 + K1 times the rarity, however often the phrase stands in a row."""
ROOM = 0.001
"""Above the bound, for what rounding does."""


@dataclass(frozen=True, slots=True)
class Index:
    """A connection in a read transaction and the shelf of the same moment."""

    connection: sqlite3.Connection
    shelf: Shelf

    def zeros(self) -> Worth:
        return np.zeros(self.shelf.size)

    def rows(self, table: str, expression: str) -> Numbers:
        """The rows of the table that match. One string of ten thousand ids is read faster than ten thousand rows."""
        statement = f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH ?"  # noqa: S608
        (joined,) = self.connection.execute(statement, (expression,)).fetchone()
        found = np.fromstring(joined or "", dtype=np.int64, sep=",")
        return found[found < self.shelf.size]

    def bm25(self, expression: str, among: Numbers) -> tuple[Numbers, Worth]:
        """Those of the rows in which the words stand, with their bm25.

        The plus keeps SQLite from looking for each row by itself; bm25 is computed of these rows alone.
        """
        if not len(among):
            return among, np.zeros(0)
        found = self.connection.execute(
            f"SELECT rowid, -bm25(words, {WEIGHTS}) FROM words "  # noqa: S608
            "WHERE words MATCH ? AND +rowid IN (SELECT value FROM json_each(?))",
            (expression, json.dumps(among.tolist())),
        ).fetchall()
        return np.array([row for row, _worth in found], dtype=np.int64), np.array([worth for _row, worth in found])

    def bound(self, rows: int) -> float:
        """More than the bm25 of any row, for words that stand in so many rows."""
        rarity = math.log((max(self.shelf.count() - rows, 0) + 0.5) / (rows + 0.5))
        return (K1 + 1) * max(rarity, 1e-6) + ROOM

    def named(self, statement: str, value: str) -> list[tuple[int, int]]:
        """Row and number of what the statement finds of a value."""
        return [pair for pair in self.connection.execute(statement, (value,)) if pair[0] < self.shelf.size]

    def of_keys(self, keys: Sequence[str]) -> list[int]:
        """The rows of these keys."""
        marks = ", ".join("?" * len(keys))
        found = self.connection.execute(f"SELECT id FROM documents WHERE key IN ({marks})", list(keys))  # noqa: S608
        return [row for (row,) in found if row < self.shelf.size]
