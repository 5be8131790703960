"""Facets and order of what was found, by the shelf's columns."""

from dataclasses import replace

import numpy as np

from search.document import FACETS
from search.engines.base import CHECKED, Freed
from search.engines.embedded.index import Index, Worth
from search.engines.embedded.matches import Matches
from search.engines.embedded.shelf import Mask, Numbers, Shelf
from search.engines.ranking import ENDED, GUIDE, OTHER_LANGUAGE, PINNED, REPEALED
from search.query import SearchQuery


def counted(shelf: Shelf, rows: Numbers, query: SearchQuery) -> tuple[dict[str, dict[str, int]], Numbers]:
    """Facet counts, each under the other facets' filters, and the rows under all filters."""
    wanted = _wanted(shelf, rows, query)
    facets = {}
    for name, numbers, codes in zip(FACETS, shelf.facets, shelf.values, strict=True):
        others = {other: mask for other, mask in wanted.items() if other != name}
        facets[name] = _counts(numbers[_under(rows, others)], codes.values)
    return facets, _under(rows, wanted)


def _wanted(shelf: Shelf, rows: Numbers, query: SearchQuery) -> dict[str, Mask]:
    """By filter, which of the rows it leaves."""
    return {
        name: np.isin(shelf.facets[FACETS.index(name)][rows], [shelf.number_of(name, value) for value in values])
        for name, values in query.filters.items()
    }


def _under(rows: Numbers, wanted: dict[str, Mask]) -> Numbers:
    """The rows that all of these leave."""
    return rows[np.logical_and.reduce(list(wanted.values()))] if wanted else rows


def _counts(numbers: Numbers, values: list[str]) -> dict[str, int]:
    """How many rows have each value, the most frequent first, then the one that comes first in the rows."""
    counts = np.bincount(numbers, minlength=1)
    first = np.zeros(len(counts), dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]
    there = [int(number) for number in np.flatnonzero(counts) if number]
    return {values[number]: int(counts[number]) for number in sorted(there, key=lambda n: (-counts[n], first[n]))}


def page(index: Index, rows: Numbers, matches: Matches, query: SearchQuery) -> tuple[list[int], Matches]:
    """The rows of the page that is asked for, in order, with the matches settled for them."""
    last = query.offset + query.page_size
    if query.sort != "relevance" or not query.asks_for_text:
        days = index.shelf.day[rows].astype(np.float64)
        shown = _first(index.shelf, rows, days, last, is_oldest_first=query.sort == "oldest")[query.offset :]
        return shown, matches.settled(index, np.array(shown, dtype=np.int64))
    factor, pin = _factor(index.shelf, rows, query), _pins(index, rows, query)
    least, most = matches.bounds(rows)
    may_come = _at_least(least * factor + pin, last, most * factor + pin)
    rows, factor, pin = rows[may_come], factor[may_come], pin[may_come]
    matches = matches.settled(index, rows)
    return _first(index.shelf, rows, matches.worth[rows] * factor + pin, last)[query.offset :], matches


def freed(index: Index, rows: Numbers, matches: Matches, query: SearchQuery) -> dict[str, Freed]:
    """What comes without one of the filters, those without which nothing comes left out."""
    found = {}
    for name, other in query.freed.items():
        kept = _under(rows, _wanted(index.shelf, rows, other))
        first, _settled = page(index, kept, matches, replace(other, page=1, page_size=CHECKED))
        if len(kept):
            found[name] = Freed(len(kept), [index.shelf.keys[row] for row in first])
    return found


def _first(shelf: Shelf, rows: Numbers, worth: Worth, last: int, *, is_oldest_first: bool = False) -> list[int]:
    """The best of the rows, of two alike the newer one first; by day alone where `worth` is the day."""
    worst_last = -worth if is_oldest_first else worth
    may_come = _at_least(worst_last, last, worst_last)
    found = zip(worth[may_come].tolist(), rows[may_come].tolist(), strict=True)
    order = sorted(
        ((value, int(shelf.day[row]), shelf.keys[row], row) for value, row in found), reverse=not is_oldest_first
    )
    return [row for _value, _day, _key, row in order[:last]]


def _at_least(least: Worth, last: int, most: Worth) -> Mask:
    """Those that may be among the first so many: they reach what the last of those has at least."""
    if len(least) <= last:
        return np.ones(len(least), dtype=bool)
    return most >= np.partition(least, len(least) - last)[len(least) - last]


def _factor(shelf: Shelf, rows: Numbers, query: SearchQuery) -> Worth:
    """What multiplies the worth of each row."""
    validity, language, kind = (shelf.facets[FACETS.index(name)][rows] for name in ("validity", "language", "type"))
    factor = np.where(np.isin(validity, [shelf.number_of("validity", value) for value in ENDED]), REPEALED, 1.0)
    asked_in = shelf.number_of("language", query.language)
    factor *= np.where((language != 0) & (language != asked_in), OTHER_LANGUAGE, 1.0)
    if not query.expansion:
        factor *= np.where(kind == shelf.number_of("type", "guide"), GUIDE, 1.0)
    return factor


def _pins(index: Index, rows: Numbers, query: SearchQuery) -> Worth:
    pins = index.zeros()
    for place, key in enumerate(query.pinned):
        pins[index.of_keys([key])] = PINNED * (len(query.pinned) - place)
    return pins[rows]
