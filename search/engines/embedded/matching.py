"""Which documents match, in named steps, and how well."""

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from search.engines.embedded.phrases import quoted
from search.engines.embedded.schema import TEXT_COLUMNS, pairs_of
from search.engines.ranking import SYNONYM, TYPED_WORD, WORD_IN_TITLE
from search.heard import Heard
from search.normalisation import exact_key, tokens
from search.query import Expansion, Part, SearchQuery

T = TypeVar("T")

WEIGHTS = "10.0, 4.0, 1.0, 1.0, 6.0"
"""bm25 weights of title, summary, body, attachments, extra. A title says what a thing is in few words; a word of
it counts as much as ten of a body. Keywords and numbers stand for the whole too."""
MOST = 0.7
"""Share of a long part's pairs that must be there: 安全生产许可证有效期 finds 许可证的有效期 (7 of 9)."""
SOME = 0.4
"""Share in the last step, when nothing has most."""
IN_TITLE = 2.5
"""What a pair in the title counts, where one in the text counts 1: a title says what a thing is in few words."""
EXACT_TITLE = 60.0
"""A thing whose title is the query goes before everything that mentions it."""
OWN_NUMBER = 80.0
TITLE_PHRASE = 12.0
"""The query stands in the title; the shorter the rest of the title, the more of this."""
ANY_PHRASE = 6.0
"""The query's words stand side by side somewhere, as in the passage that was copied into the box."""
TITLE_RUN = 8.0
"""A whole run stands in the title: 2025年专项资金 is not answered by the fund of 2024. Full width: MRR
0.883 → 0.933."""
TITLE_END = 8.0
"""The title ends with the query. A Chinese title ends with what the thing is: 政务公开实施办法 is itself, its
《…》政策解读 is about it. Part of a title: MRR 0.977 → 1.000."""
KEYWORD, FIRST_KEYWORD = 1.0, 3.0
"""The query is a keyword, by which the author would have it found; the first one says most. Pinyin: MRR 0.683 → 1.000
with the guides first, traditional 0.967 → 1.000."""
BEST_SHARE = 0.5
"""In the last step, what has less than half of what the best one has is noise."""


@dataclass(slots=True)
class Matches:
    """Row ids with their scores, whoever may read them, and the step to which the query was relaxed."""

    scores: dict[int, float] = field(default_factory=dict)
    relaxed: str = ""
    pieces: dict[int, float] = field(default_factory=dict)
    """What each row has of the query, without what raises a score; in the last step alone."""
    heard: Heard | None = None
    """What the query's letters were taken for, where that is the step."""

    def worth_showing(self, rows: list[T], key: Callable[[T], int]) -> list[T]:
        """Those of the readable rows that are not noise beside the best readable one."""
        if not self.pieces or not rows:
            return rows
        best = max(self.pieces[key(row)] for row in rows)
        return [row for row in rows if self.pieces[key(row)] >= best * BEST_SHARE]


def match(connection: sqlite3.Connection, query: SearchQuery, hear: Callable[[], Heard | None]) -> Iterator[Matches]:
    """What matches the query's text in each step, from the strictest on; `hear` says what letters stand for.

    The caller goes on until something is readable: what a reader may not read relaxes nothing and keeps nothing
    from being relaxed.
    """
    steps = [("", SOME)] if query.is_question else [("", MOST), ("most", SOME)]
    for relaxed, share in steps:
        found = [_all_parts(connection, wording.parts, share) for wording in (query, *query.variants)]
        yield Matches(_in_any_wording(connection, query, found), relaxed)
    if query.readings and (heard := hear()):
        yield _heard(connection, query, heard)
    found = [_any_part(connection, wording.parts) for wording in (query, *query.variants)]
    yield Matches(_in_any_wording(connection, query, found), "any", _best(found) if len(query.parts) > 1 else {})


def _in_any_wording(
    connection: sqlite3.Connection, query: SearchQuery, found: Sequence[dict[int, float]]
) -> dict[int, float]:
    """The rows of the query and of each of its variants with their scores: the same match in the typed word first."""
    scores, *others = (
        _scored(connection, wording, wording.parts, rows)
        for wording, rows in zip((query, *query.variants), found, strict=True)
    )
    if query.expansion is None:
        return scores
    for row, score in _best(others).items():
        scores[row] = scores.get(row, 0.0) + SYNONYM * score
    for row, worth in _telling_apart(connection, query.expansion).items():
        if row in scores:
            scores[row] += worth
    return scores


def _best(found: Sequence[dict[int, float]]) -> dict[int, float]:
    best: dict[int, float] = {}
    for rows in found:
        for row, score in rows.items():
            best[row] = max(score, best.get(row, score))
    return best


def _telling_apart(connection: sqlite3.Connection, expansion: Expansion) -> dict[int, float]:
    """Rows that have the typed word, and those whose title has it or another for it."""
    worth: dict[int, float] = defaultdict(float)
    typed, others = ([quoted(tokens(word)) for word in words] for words in (expansion.typed, expansion.added))
    for row in _rows(connection, " OR ".join(typed)):
        worth[row] += TYPED_WORD
    for row in _rows(connection, f"title : ({' OR '.join([*typed, *others])})"):
        worth[row] += WORD_IN_TITLE
    return worth


def _rows(connection: sqlite3.Connection, expression: str) -> list[int]:
    return [row for (row,) in connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,))]


def _heard(connection: sqlite3.Connection, query: SearchQuery, heard: Heard) -> Matches:
    """What has one of the texts that were heard in the query's letters."""
    scores: dict[int, float] = {}
    for asked in heard.asked(query):
        parts = asked.parts
        rows = _all_parts(connection, parts, MOST) if heard.is_whole else _any_part(connection, parts)
        for row, score in _scored(connection, asked, parts, rows).items():
            scores[row] = max(score, scores.get(row, 0.0))
    return Matches(scores, "pinyin", heard=heard)


def _all_parts(connection: sqlite3.Connection, parts: Sequence[Part], share: float) -> dict[int, float]:
    """Rows in which every part is found, with the sum of what its pieces are worth."""
    found: dict[int, float] | None = None
    for part in parts:
        rows = _part(connection, part, share)
        found = rows if found is None else {row: found[row] + rows[row] for row in found.keys() & rows.keys()}
        if not found:
            return {}
    return found or {}


def _any_part(connection: sqlite3.Connection, parts: Sequence[Part]) -> dict[int, float]:
    """Rows in which any of the parts is found, with the sum of what those are worth."""
    scores: dict[int, float] = defaultdict(float)
    for part in parts:
        for row, score in _part(connection, part, SOME).items():
            scores[row] += score
    return dict(scores)


def _part(connection: sqlite3.Connection, part: Part, share: float) -> dict[int, float]:
    if part.is_phrase or not part.is_han:
        rows = _bm25(connection, "words", quoted(part.tokens))
        if rows or not part.is_phrase or share == MOST or not part.is_han or len(part.tokens) < 3:
            return rows
    return _pairs(connection, part, share)


def _pairs(connection: sqlite3.Connection, part: Part, share: float) -> dict[int, float]:
    """Rows that hold at least this share of the part's pairs of characters, rare pairs counting more."""
    pieces = list(dict.fromkeys(pairs_of(list(part.tokens))))
    if not pieces:
        return _bm25(connection, "words", quoted(part.tokens))
    total = max(1, connection.execute("SELECT count(*) FROM documents WHERE deleted = 0").fetchone()[0])
    marks = ", ".join("?" * len(pieces))
    counts = dict(
        connection.execute(f"SELECT term, doc FROM pair_counts WHERE term IN ({marks})", pieces)  # noqa: S608
    )
    needed = max(1, math.ceil(share * len(pieces)))
    found = {piece: _rows_with(connection, quoted([piece])) for piece in pieces}
    hits = Counter(chain.from_iterable(found.values()))
    worth = {row: 0.0 for row, count in hits.items() if count >= needed}
    for piece, rows in found.items():
        value = math.log(1 + total / (1 + counts.get(piece, 0)))
        for some, times in ((rows, 1.0), (_rows_with(connection, f"title : {quoted([piece])}"), IN_TITLE - 1)):
            for row in some:
                if row in worth:
                    worth[row] += value * times
    return worth


def _rows_with(connection: sqlite3.Connection, expression: str) -> list[int]:
    """The rows of pairs that match. One string of ten thousand ids is read five times as fast as ten thousand rows."""
    (joined,) = connection.execute(
        "SELECT group_concat(rowid) FROM pairs WHERE pairs MATCH ?", (expression,)
    ).fetchone()
    return list(map(int, joined.split(","))) if joined else []


def _bm25(connection: sqlite3.Connection, table: str, expression: str) -> dict[int, float]:
    statement = f"SELECT rowid, -bm25({table}, {WEIGHTS}) FROM {table} WHERE {table} MATCH ?"  # noqa: S608
    return dict(connection.execute(statement, (expression,)))


def _scored(
    connection: sqlite3.Connection, query: SearchQuery, parts: Sequence[Part], rows: dict[int, float]
) -> dict[int, float]:
    """The rows with what the whole query adds: its exact title, its number, its words side by side."""
    scores = dict(rows)
    if number := query.document_number:
        for row, own in connection.execute("SELECT document, own FROM numbers WHERE number = ?", (number,)):
            scores[row] = scores.get(row, 0.0) + (OWN_NUMBER if own else OWN_NUMBER / 4)
    for (row,) in connection.execute(
        "SELECT id FROM documents WHERE exact_title = ? AND deleted = 0", (exact_key(query.text),)
    ):
        scores[row] = scores.get(row, 0.0) + EXACT_TITLE
    for row, is_first in connection.execute(
        "SELECT document, is_first FROM keywords WHERE keyword = ?", (exact_key(query.text),)
    ):
        if row in scores:
            scores[row] += FIRST_KEYWORD if is_first else KEYWORD
    for part in parts:
        if len(part.tokens) < 2:
            continue
        phrase = quoted(part.tokens)
        share = len(part.tokens) / sum(len(other.tokens) for other in parts)
        if not part.is_phrase:
            for row, score in _bm25(connection, "words", phrase).items():
                if row in scores:
                    scores[row] += (ANY_PHRASE + min(score, 10.0)) * share
        for row, title, length in _with_title(connection, phrase):
            if row in scores:
                scores[row] += TITLE_PHRASE * share * (0.5 + len(part.tokens) / max(1, length))
                if title.endswith(" ".join(part.tokens)):
                    scores[row] += TITLE_END * share
    for run in query.mixed_runs:
        for row, _title, _length in _with_title(connection, quoted(run)):
            if row in scores:
                scores[row] += TITLE_RUN
    return scores


def _with_title(connection: sqlite3.Connection, phrase: str) -> Iterable[tuple[int, str, int]]:
    """Rows in whose title the phrase stands, with the title's tokens and their number."""
    return connection.execute(
        "SELECT words.rowid, documents.exact_title, documents.title_length FROM words "
        "JOIN documents ON documents.id = words.rowid WHERE words MATCH ?",
        (f"title : {phrase}",),
    )


def everything(connection: sqlite3.Connection) -> Iterator[Matches]:
    """All documents, for a query that asks for no text."""
    yield Matches({row: 0.0 for (row,) in connection.execute("SELECT id FROM documents WHERE deleted = 0")})


__all__ = ["TEXT_COLUMNS", "Matches", "everything", "match"]
