"""Which documents match, in named steps, and how well."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import reduce

import numpy as np

from search.engines.embedded.index import Index, Worth
from search.engines.embedded.matches import Late, Matches
from search.engines.embedded.phrases import quoted
from search.engines.embedded.schema import pairs_of
from search.engines.embedded.shelf import Mask
from search.engines.ranking import SYNONYM, TYPED_WORD, WORD_IN_TITLE
from search.heard import Heard
from search.normalisation import exact_key, tokens
from search.query import Expansion, Part, SearchQuery

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


def match(index: Index, query: SearchQuery, hear: Callable[[], Heard | None]) -> Iterator[Matches]:
    """What matches the query's text in each step, from the strictest on; `hear` says what letters stand for.

    The caller goes on until something is readable: what a reader may not read relaxes nothing and keeps nothing
    from being relaxed.
    """
    steps = [("", SOME)] if query.is_question else [("", MOST), ("most", SOME)]
    for relaxed, share in steps:
        found = [_all_parts(index, wording.parts, share) for wording in (query, *query.variants)]
        yield replace(_in_any_wording(index, query, found), relaxed=relaxed)
    if query.readings and (heard := hear()):
        yield _heard(index, query, heard)
    found = [_any_part(index, wording.parts) for wording in (query, *query.variants)]
    pieces = reduce(np.maximum, (some.worth for some in found)) if len(query.parts) > 1 else None
    yield replace(_in_any_wording(index, query, found), relaxed="any", pieces=pieces)


def everything(index: Index) -> Iterator[Matches]:
    """All documents, for a query that asks for no text."""
    yield Matches(index.shelf.is_there, index.zeros())


def _in_any_wording(index: Index, query: SearchQuery, found: Sequence[Matches]) -> Matches:
    """The rows of the query and of each of its variants with their scores: the same match in the typed word first."""
    scored, *others = (
        _scored(index, wording, some) for wording, some in zip((query, *query.variants), found, strict=True)
    )
    if query.expansion is None:
        return scored
    scored, others = scored.settled(index), [other.settled(index) for other in others]
    rows = reduce(np.logical_or, (some.rows for some in (scored, *others)))
    worth = scored.worth + SYNONYM * reduce(np.maximum, (other.worth for other in others), index.zeros())
    worth += np.where(rows, _telling_apart(index, query.expansion), 0.0)
    return Matches(rows, worth)


def _telling_apart(index: Index, expansion: Expansion) -> Worth:
    """What rows get that have the typed word, and those whose title has it or another for it."""
    worth = index.zeros()
    typed, others = ([quoted(tokens(word)) for word in words] for words in (expansion.typed, expansion.added))
    worth[index.rows("words", " OR ".join(typed))] += TYPED_WORD
    worth[index.rows("words", f"title : ({' OR '.join([*typed, *others])})")] += WORD_IN_TITLE
    return worth


def _heard(index: Index, query: SearchQuery, heard: Heard) -> Matches:
    """What has one of the texts that were heard in the query's letters."""
    matches = _nothing(index)
    for asked in heard.asked(query):
        some = _all_parts(index, asked.parts, MOST) if heard.is_whole else _any_part(index, asked.parts)
        some = _scored(index, asked, some).settled(index)
        matches = Matches(matches.rows | some.rows, np.maximum(matches.worth, some.worth))
    return replace(matches, relaxed="pinyin", heard=heard)


def _nothing(index: Index) -> Matches:
    return Matches(np.zeros(index.shelf.size, dtype=bool), index.zeros())


def _all_parts(index: Index, parts: Sequence[Part], share: float) -> Matches:
    """Rows in which every part is found, with the sum of what its pieces are worth."""
    found: Matches | None = None
    for part in parts:
        some = _part(index, part, share)
        if found is not None:
            rows = found.rows & some.rows
            some = Matches(rows, np.where(rows, found.worth + some.worth, 0.0), (*found.late, *some.late))
        found = replace(some, parts=tuple(parts))
        if not found.rows.any():
            break
    return found or _nothing(index)


def _any_part(index: Index, parts: Sequence[Part]) -> Matches:
    """Rows in which any of the parts is found, with the sum of what those are worth."""
    found = _nothing(index)
    for part in parts:
        some = _part(index, part, SOME).settled(index)
        found = Matches(found.rows | some.rows, found.worth + some.worth)
    return replace(found, parts=tuple(parts))


def _part(index: Index, part: Part, share: float) -> Matches:
    if part.is_phrase or not part.is_han:
        found = _side_by_side(index, part)
        if found.rows.any() or not part.is_phrase or share == MOST or not part.is_han or len(part.tokens) < 3:
            return found
    return _pairs(index, part, share)


def _side_by_side(index: Index, part: Part) -> Matches:
    """Rows in which the part stands as it is, worth their bm25, which is looked at late."""
    expression = quoted(part.tokens)
    there = index.rows("words", expression)
    found = _nothing(index)
    found.rows[there] = True
    return replace(found, late=(Late(expression, most=index.bound(len(there))),))


def _pairs(index: Index, part: Part, share: float) -> Matches:
    """Rows that hold at least this share of the part's pairs of characters, rare pairs counting more."""
    pieces = list(dict.fromkeys(pairs_of(list(part.tokens))))
    if not pieces:
        return _side_by_side(index, part)
    total = max(1, index.shelf.count())
    found = {piece: index.rows("pairs", quoted([piece])) for piece in pieces}
    hits = np.zeros(index.shelf.size, dtype=np.int32)
    for there in found.values():
        hits[there] += 1
    rows: Mask = hits >= max(1, math.ceil(share * len(pieces)))
    worth = index.zeros()
    for piece, there in found.items() if rows.any() else ():
        value = math.log(1 + total / (1 + len(there)))
        worth[there] += value
        worth[index.rows("pairs", f"title : {quoted([piece])}")] += value * (IN_TITLE - 1)
    return Matches(rows, np.where(rows, worth, 0.0))


def _scored(index: Index, query: SearchQuery, found: Matches) -> Matches:
    """The rows with what the whole query adds: its exact title, its number, its words side by side."""
    rows, worth, exact = found.rows.copy(), found.worth.copy(), exact_key(query.text)
    late = [replace(one, among=found.rows) for one in found.late]
    if number := query.document_number:
        for row, own in index.named("SELECT document, own FROM numbers WHERE number = ?", number):
            rows[row] = True
            worth[row] += OWN_NUMBER if own else OWN_NUMBER / 4
    for row, _one in index.named("SELECT id, 1 FROM documents WHERE exact_title = ? AND deleted = 0", exact):
        rows[row] = True
        worth[row] += EXACT_TITLE
    for row, is_first in index.named("SELECT document, is_first FROM keywords WHERE keyword = ?", exact):
        worth[row] += FIRST_KEYWORD if is_first else KEYWORD
    for part in found.parts:
        if len(part.tokens) < 2:
            continue
        share = len(part.tokens) / sum(len(other.tokens) for other in found.parts)
        titled = index.rows("words", f"title : {quoted(part.tokens)}")
        lengths = np.maximum(1, index.shelf.title_length[titled])
        worth[titled] += TITLE_PHRASE * share * (0.5 + len(part.tokens) / lengths)
        end = " ".join(part.tokens)
        worth[[row for row in titled.tolist() if index.shelf.titles[row].endswith(end)]] += TITLE_END * share
        if not part.is_phrase:
            late.append(Late(quoted(part.tokens), share, ANY_PHRASE, certain=titled))
    for run in query.mixed_runs:
        worth[index.rows("words", f"title : {quoted(run)}")] += TITLE_RUN
    return Matches(rows, np.where(rows, worth, 0.0), tuple(late))


__all__ = ["everything", "match"]
