"""What to offer to who is typing, or has mistyped: readable titles and numbers."""

from collections.abc import Callable, Sequence
from typing import Any

from search.engines.base import Title
from search.engines.elasticsearch.asking import readable
from search.engines.elasticsearch.sounding import sounds_so
from search.heard import SOUNDING
from search.nearness import each_once
from search.normalisation import tokens as tokens_of_text
from search.number_starts import start
from search.pinyin import Reading, readings

Ask = Callable[..., dict[str, Any]]
"""A search of the index in service, by its arguments."""
BEGINS = 5
LIKELY = 20
"""Titles that are compared with what was typed, the best matches first."""


def titles(ask: Ask, typed: str, tokens: frozenset[str], limit: int) -> list[Title]:
    """Readable titles that hold what was typed or sound like it; the beginning and the short first."""
    cut = tokens_of_text(typed)
    if not cut:
        return []
    ways: list[dict[str, Any]] = [
        {"prefix": {"exact_title": {"value": " ".join(cut), "boost": BEGINS}}},
        {"match_phrase_prefix": {"title": {"query": typed, "max_expansions": 50}}},
    ]
    if found := readings(typed):
        ways.append(sounds_so(found, titles_alone=True))
    asked = {"bool": {"filter": readable(tokens), "should": ways, "minimum_should_match": 1}}
    return each_once(_found(ask, asked, limit * 3))[:limit]


def numbers(ask: Ask, typed: str, tokens: frozenset[str], limit: int) -> list[Title]:
    """The document numbers of readable things that begin as was typed, the newest first."""
    begun = start(typed)
    if not begun:
        return []
    asked = {"bool": {"filter": [*readable(tokens), {"prefix": {"number_starts": begun}}]}}
    newest = [{"published_on": {"order": "desc", "missing": "_last"}}, {"key": "asc"}]
    return each_once(_found(ask, asked, limit, field="shown_number", sort=newest))


def likely(ask: Ask, text: str, tokens: frozenset[str]) -> list[Title]:
    """Readable titles of which the text may be a slip: those that have half of it."""
    like = {"match": {"title": {"query": text, "minimum_should_match": "50%"}}}
    return _found(ask, {"bool": {"filter": readable(tokens), "must": [like]}}, LIKELY)


def sounding(ask: Ask, found: Sequence[Reading], tokens: frozenset[str]) -> list[tuple[str, Sequence[str]]]:
    """Key, and title with keywords, of the readable things that sound as one of the readings."""
    asked = {"bool": {"filter": [*readable(tokens), sounds_so(found)]}}
    shortest = [{"title_length": "asc"}, {"key": "asc"}]
    answer = ask(query=asked, size=SOUNDING, source={"includes": ["key", "spoken"]}, sort=shortest)
    return [(hit["_source"]["key"], hit["_source"]["spoken"]) for hit in answer["hits"]["hits"]]


def _found(ask: Ask, asked: dict[str, Any], size: int, *, field: str = "shown_title", sort: Any = None) -> list[Title]:
    answer = ask(query=asked, size=size, source={"includes": ["key", field]}, sort=sort)
    return [Title(hit["_source"]["key"], hit["_source"][field]) for hit in answer["hits"]["hits"]]
