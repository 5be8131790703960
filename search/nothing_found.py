"""Where to go on from a query that found nothing: what was tried, what is near, whom to ask."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intranet.access.tokens import AnyUser, tokens_of
from search.adapters import FACET_OF, Place, cards, places
from search.engines.base import EngineUnavailable, Hit
from search.engines.standing_in import answered
from search.normalisation import fold
from search.pinyin import homophones
from search.query import SearchQuery
from search.results import Results
from search.suggestions import agreeing

CATEGORIES = 3
PIECES = 6
"""Pairs of characters that are looked for by themselves to tell what the query is near to."""
NEAR = 5
"""Hits of each of them that count."""


@dataclass(frozen=True, slots=True)
class WithoutFilter:
    """A filter that excludes what there is: its name, or none for all filters, and how many come without it."""

    name: str
    query: SearchQuery
    total: int


@dataclass(frozen=True, slots=True)
class WaysOn:
    tried: list[str]
    """Named ways in which the query was looked for; `presentation.TRIED` has their words."""
    without: list[WithoutFilter]
    categories: list[Place]
    department: Place | None
    """Whom to ask: who the query or its filters point at, else the office; None where there is no office."""


def ways_on(results: Results, user: AnyUser | None) -> WaysOn:
    """The ways on from results that are none, from what the user may read and open alone."""
    query, known = results.query, places(user)
    categories = [place for place in known if place.kind == "category"]
    departments = [place for place in known if place.kind == "department"]
    return WaysOn(
        tried=list(_tried(query)),
        without=list(_without(results)),
        categories=_nearest(query, categories, user)[:CATEGORIES],
        department=_department(query, categories, departments),
    )


def _tried(query: SearchQuery) -> Iterator[str]:
    if not query.asks_for_text:
        return
    yield "typed"
    if query.expansion:
        yield "synonyms"
    yield "most"
    if query.document_number:
        yield "number"
    if query.readings:
        yield "pinyin"
    if homophones(query.text):
        yield "homophones"
    if len(query.parts) > 1:
        yield "any"


def _without(results: Results) -> Iterator[WithoutFilter]:
    """Each filter without which something is found; all of them where it is one alone that never suffices."""
    freed = results.query.freed
    alone = [name for name in results.query.filters if name in results.freed]
    for name in alone or [name for name in freed if name in results.freed]:
        yield WithoutFilter(name, freed[name], results.freed[name])


def _nearest(query: SearchQuery, categories: list[Place], user: AnyUser | None) -> list[Place]:
    """The categories whose name agrees with the query, then those of what has a part of it."""
    named = agreeing(query.text, categories) if query.text else []
    weights: dict[str, float] = defaultdict(float)
    for hits, weight in _near(query, user):
        for card in cards([hit.key for hit in hits], user).values():
            weights[card.matter] += weight
    near = sorted((one for one in categories if one.value in weights), key=lambda one: -weights[one.value])
    return list(dict.fromkeys([*named, *near]))


def _near(query: SearchQuery, user: AnyUser | None) -> Iterator[tuple[list[Hit], float]]:
    """The hits of each pair of the query's characters; a pair that few things have weighs more."""
    tokens = tokens_of(user)
    for text in _pieces(query):
        piece = SearchQuery(text=text, page_size=NEAR, hidden=query.hidden)
        try:
            found = answered(lambda engine, piece=piece: engine.search(piece, tokens)).found  # type: ignore[misc]
        except EngineUnavailable:
            return
        if not found.relaxed:
            yield found.hits, 1 / (1 + found.total)


def _pieces(query: SearchQuery) -> list[str]:
    runs = [part.tokens for part in query.parts if part.is_han and len(part.tokens) > 2]
    pairs = dict.fromkeys("".join(run[place : place + 2]) for run in runs for place in range(len(run) - 1))
    return list(pairs)[:PIECES]


def _department(query: SearchQuery, categories: list[Place], departments: list[Place]) -> Place | None:
    """Who is chosen or named, else who answers for the category that is chosen or named, else the office."""
    pointed = [*_chosen(query, departments), *_named(query, departments)]
    answering = [place.answers for place in (*_chosen(query, categories), *_named(query, categories))]
    pointed += [place for code in answering for place in departments if place.value == code]
    return next(iter([*pointed, *(place for place in departments if place.is_office)]), None)


def _chosen(query: SearchQuery, some: Iterable[Place]) -> list[Place]:
    return [place for place in some if place.value in query.filters.get(FACET_OF[place.kind], ())]


def _named(query: SearchQuery, some: Iterable[Place]) -> list[Place]:
    """The places whose name the query holds, or the other way round."""
    some, text = list(some), fold(query.text)
    if not text:
        return []
    return [place for place in some if any(name and fold(name) in text for name in (place.text, *place.names))] + (
        agreeing(query.text, some)
    )
