"""Finding: from a query and a reader to what may be shown."""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from intranet.access.tokens import AnyUser, tokens_of
from search.adapters import Attached, Card, attached, cards, facet_labels, sections
from search.curation.in_force import curated
from search.document import FACETS, Section
from search.engines.base import EngineResults, EngineUnavailable, Hit, Title
from search.engines.standing_in import answered
from search.kept import one_moment
from search.outbox import enqueue
from search.passages import Passage, page_of, placed
from search.query import SearchQuery
from search.upkeep.latency import note_search

logger = logging.getLogger("gongkai.search")


class SearchUnavailable(Exception):
    """No engine can answer now."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment in which a match lies, with the address of the very page where it has pages."""

    title: str
    url: str
    page: int | None = None

    @classmethod
    def of(cls, file: Attached, excerpts: Sequence[str]) -> "Attachment":
        """The file with the page on which the first excerpt stands."""
        page = page_of(excerpts[0], file.text) if excerpts else None
        return cls(file.title, f"{file.url}#page={page}" if page else file.url, page)


@dataclass(frozen=True, slots=True)
class Result:
    """A hit with its card: what the reader sees of one thing."""

    card: Card
    hit: Hit
    sections: Sequence[Section] = ()
    attachment: Attachment | None = None
    """The attachment in which the match lies."""
    is_pinned: bool = False
    """The office has put it first for this query."""

    @property
    def title_html(self) -> str:
        """The marked title; empty where nothing is marked and the card's own title stands."""
        return next(iter(self.hit.highlights.get("title", [])), "")

    @property
    def passages(self) -> list[Passage]:
        """Marked excerpts of the text with their places, of an attachment where only that matches."""
        found = self.hit.highlights
        if "body" in found:
            return placed(found["body"], self.sections)
        return [Passage(html) for html in found.get("attachments") or found.get("summary") or []]


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results for one reader. Counts are exact unless a hit was dropped at the door."""

    query: SearchQuery
    results: list[Result]
    total: int
    total_is_exact: bool
    facets: dict[str, list[FacetValue]]
    engine: str
    took_ms: int
    relaxed: str = ""
    suggestion: str = ""
    degraded: bool = False
    """The main engine is down; the embedded one answers meanwhile."""
    freed: Mapping[str, int] = field(default_factory=dict)
    """Where filters leave nothing: how many there are without each, as `SearchQuery.freed` names them."""
    pages: int = field(default=0)


@one_moment()
def find(query: SearchQuery, user: AnyUser | None) -> Results:
    """What the user finds. Raises `SearchUnavailable` when no engine can answer.

    What the office keeps for the search is applied first.
    """
    begun = time.monotonic()
    return find_as(curated(query), tokens_of(user), user, begun=begun)


def find_as(query: SearchQuery, tokens: frozenset[str], user: AnyUser | None, *, begun: float) -> Results:
    """What a reader with these tokens finds, of which only what the user may read is shown.

    The engine sees only what the tokens may read; every hit is loaded again through the access rule before it is
    shown. A hit that is lost there means that the index lags: it is enqueued again, and total and facets are no
    longer shown as exact.
    """
    try:
        answer = answered(lambda engine: engine.search(query, tokens))
        counted = answer.found.hits or _first_hits(answer.found, query, tokens)
    except EngineUnavailable as unavailable:
        logger.warning("No search engine answers: %s", unavailable)
        note_search("none", "unavailable", time.monotonic() - begun)
        raise SearchUnavailable from unavailable
    found = answer.found
    note_search(answer.engine.name, "found" if found.hits else "nothing", time.monotonic() - begun)
    shown = cards(_keys(found, counted), user)
    results = _results([hit for hit in found.hits if hit.key in shown], shown, query)
    lost = [hit.key for hit in counted if hit.key not in shown]
    freed = {name: one.total - sum(key not in shown for key in one.keys) for name, one in found.freed.items()}
    stale = list(dict.fromkeys([*lost, *(key for one in found.freed.values() for key in one.keys if key not in shown)]))
    if stale:
        _mend(stale)
    return Results(
        query=query,
        results=results,
        total=max(found.total - len(lost), 0),
        total_is_exact=not lost,
        facets=_facets(found, query, whole=not stale),
        engine=answer.engine.name,
        took_ms=round((time.monotonic() - begun) * 1000),
        relaxed=found.relaxed if results else "",
        suggestion=next(_still_shown([found.suggestion] if found.suggestion else [], shown), ""),
        degraded=answer.degraded,
        freed={name: total for name, total in freed.items() if total},
        pages=-(-max(found.total - len(lost), 0) // query.page_size),
    )


def keys_found(query: SearchQuery, tokens: frozenset[str]) -> tuple[list[str], int]:
    """The keys on one page of what these tokens find in the query's own words, and how many there are in all.

    For lists that ask their own door about each key. Nothing of the query is counted, nothing is relaxed.
    Raises `SearchUnavailable`.
    """
    begun = time.monotonic()
    try:
        answer = answered(lambda engine: engine.search(query, tokens))
    except EngineUnavailable as unavailable:
        note_search("none", "unavailable", time.monotonic() - begun)
        raise SearchUnavailable from unavailable
    found = answer.found
    note_search(answer.engine.name, "found" if found.hits else "nothing", time.monotonic() - begun)
    return ([hit.key for hit in found.hits], found.total) if found.relaxed in ("", "pinyin") else ([], 0)


def _first_hits(found: EngineResults, query: SearchQuery, tokens: frozenset[str]) -> list[Hit]:
    """What the counts of a page past the last one are checked by."""
    if not found.total:
        return []
    first = replace(query, page=1)
    return answered(lambda engine: engine.search(first, tokens)).found.hits


def _keys(found: EngineResults, counted: Iterable[Hit]) -> list[str]:
    """What is to be checked at the door: what is shown, and what a number would tell of."""
    keys = [hit.key for hit in counted] + [key for one in found.freed.values() for key in one.keys]
    return list(dict.fromkeys([*keys, found.suggestion.key] if found.suggestion else keys))


def _results(hits: list[Hit], shown: Mapping[str, Card], query: SearchQuery) -> list[Result]:
    """The hits with what their passages need: the parts of their texts, the attachment and its page."""
    parts = sections([hit.key for hit in hits if "body" in hit.highlights])
    files = attached({hit.key: hit.attachment for hit in hits if hit.attachment})
    attachments = {
        hit.key: Attachment.of(files[hit.key], hit.highlights.get("attachments", []))
        for hit in hits
        if hit.key in files
    }
    return [
        Result(shown[hit.key], hit, parts.get(hit.key, ()), attachments.get(hit.key), hit.key in query.pinned)
        for hit in hits
    ]


def _still_shown(titles: Iterable[Title], shown: Mapping[str, Card]) -> Iterator[str]:
    """The titles, or parts of them, that still stand in things which the reader may read now."""
    return (title.text for title in titles if title.key in shown and _stands_in(title.text, shown[title.key]))


def _stands_in(text: str, card: Card) -> bool:
    """Whether every word of the text is in the card's title, number or keywords."""
    said = " ".join((card.title, card.document_number, *card.keywords))
    return all(word in said for word in text.split())


def _facets(found: EngineResults, query: SearchQuery, *, whole: bool) -> dict[str, list[FacetValue]]:
    """Facets with labels; none where a hit was dropped, because its count would tell of it."""
    facets: dict[str, list[FacetValue]] = {}
    for name in FACETS:
        counts = dict(found.facets.get(name, {})) if whole else {}
        chosen = query.filters.get(name, ())
        for value in chosen:
            counts.setdefault(value, 0)
        labels = facet_labels(name, counts) if counts else {}
        facets[name] = [FacetValue(value, labels[value], count, value in chosen) for value, count in counts.items()]
    return facets


def _mend(keys: list[str]) -> None:
    try:
        enqueue(*keys)
    except Exception:
        logger.exception("Stale keys could not be enqueued; the next check finds them")
