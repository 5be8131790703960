"""A reader's query, checked and bounded, the same for every engine."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from search.document import FACETS
from search.normalisation import document_number_key, fold, is_han, tokens
from search.pinyin import Reading, readings

MAX_LENGTH = 300
"""Characters of a query that are looked at. The longest title of a statute has about 80."""
MAX_PARTS = 64
"""Parts of a query that are asked for, about ten clauses each; the smallest Elasticsearch takes 1,024 in all."""
MAX_RESULTS = 10_000
"""Elasticsearch pages no further than its `index.max_result_window`; nor does anyone read so far."""
MAX_VALUES = 50
"""Values of one filter that are looked at; there are fewer of each."""
SORTS = ("relevance", "newest", "oldest")
QUESTION_WORDS = re.compile(
    r"请问|是否可以|可不可以|能不能|要不要|需不需要|是不是|有没有|"
    r"(?:需要|要用|要|用|花|得)?(?:多长时间|多少时间|多久|多少天|几天|多少个工作日|几个工作日)|"
    r"(?:需要|应当|要)?(?:带|提交|准备|具备|满足)?(?:什么|哪些|何种)|"
    r"怎么办理|怎样办理|如何办理|怎么办|怎样|怎么|如何|为什么|什么时候|什么|哪里|哪儿|哪些|哪个|多少钱|多少|"
    r"几年|几个|几次|几日|吗|呢|谁来|谁"
)
"""Words by which a question asks and that no answer contains; dropped when something else remains."""


class InvalidQuery(ValueError):
    """A parameter is out of its range; `str(error)` says which and what it may be, in words for the reader."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the query that belongs together: a run of Han characters, a word, what stood in quotes."""

    tokens: tuple[str, ...]
    is_phrase: bool = False
    """Asked for in quotes, or too short to be anything but a word: only in this order, side by side."""

    @property
    def is_han(self) -> bool:
        return all(is_han(token) for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Expansion:
    """The same query in other words: its variants, and the words that tell them apart."""

    variants: tuple["SearchQuery", ...]
    typed: tuple[str, ...]
    """The words of the reader that have been replaced in variants."""
    added: tuple[str, ...]
    """What replaced them."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What to find. Build it with `SearchQuery.parse`; the fields are already checked."""

    text: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    page_size: int = 10
    truncated: bool = False
    """The text was longer than `MAX_LENGTH`, or had more than `MAX_PARTS`; its beginning is asked for."""
    literal: bool = False
    """In these words only: synonyms are not looked for."""
    expansion: Expansion | None = None
    pinned: tuple[str, ...] = ()
    """Keys that stand first in order of relevance, in this order, whether they match or not."""
    hidden: frozenset[str] = frozenset()
    """Keys that this query does not find."""

    @classmethod
    def parse(cls, params: Mapping[str, object], *, page_size: int = 10) -> "SearchQuery":
        """The query of a request's parameters. Raises `InvalidQuery` for a sort or page that is none.

        Text is never invalid: what an engine could take for an operator, or cannot store, is left out.
        """
        raw = _first(params, "q")
        filters = {}
        for name in FACETS:
            values = tuple(dict.fromkeys(storable(value[:100]) for value in _all(params, name) if value))[:MAX_VALUES]
            if values:
                filters[name] = values
        text = clean(raw[:MAX_LENGTH])
        return cls(
            text=text,
            filters=filters,
            sort=_sort(_first(params, "sort")),
            page=_page(_first(params, "page"), page_size),
            page_size=page_size,
            truncated=len(raw) > MAX_LENGTH or len(_all_parts_of(text)) > MAX_PARTS,
            literal=_first(params, "literal") == "1",
        )

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.page_size

    @property
    def freed(self) -> dict[str, "SearchQuery"]:
        """The query without each of its filters, by name; without any, by an empty name, where it has several."""
        left = {name: {other: self.filters[other] for other in self.filters if other != name} for name in self.filters}
        if len(left) > 1:
            left[""] = {}
        return {name: replace(self, filters=filters, page=1) for name, filters in left.items()}

    @property
    def parts(self) -> tuple[Part, ...]:
        """The text in parts, without the words by which a question asks."""
        return parts_of(self.text)

    @property
    def variants(self) -> tuple["SearchQuery", ...]:
        return self.expansion.variants if self.expansion else ()

    @property
    def marked_parts(self) -> tuple[Part, ...]:
        """The parts to mark in what is found: its own and those of its variants."""
        return tuple(dict.fromkeys(part for query in (self, *self.variants) for part in query.parts))

    @property
    def marked_words(self) -> tuple[Part, ...]:
        """The words that tell its variants apart, to mark where only a piece of a part is found."""
        words = (*self.expansion.typed, *self.expansion.added) if self.expansion else ()
        return tuple(part for word in words for part in parts_of(word))

    @property
    def is_question(self) -> bool:
        """Whether it is asked in everyday words, of which an answer has few: then some of them are enough at once."""
        return QUESTION_WORDS.search(fold(self.text)) is not None

    @property
    def mixed_runs(self) -> tuple[tuple[str, ...], ...]:
        """What was written without a space and is cut into parts, as tokens: 2025年专项资金 is one run of two parts."""
        runs = (tuple(tokens(piece)) for piece in self.text.split())
        return tuple(run for run in runs if len({is_han(token) for token in run}) > 1)[:MAX_PARTS]

    @property
    def language(self) -> str:
        """The language that the query is written in: the text of record's unless its letters say otherwise."""
        found = tokens(self.text)
        if any("\u0f00" <= token[0] <= "\u0fff" for token in found):
            return "bo"
        return "en" if found and all(token.isascii() and token.isalpha() for token in found) else "zh-hans"

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The text as pinyin or initials of a title; nothing where it cannot be read so."""
        return readings(self.text)

    @property
    def asks_for_text(self) -> bool:
        return bool(self.parts)

    @property
    def document_number(self) -> str:
        """The query as a document number in one form, empty where it is none."""
        return document_number_key(self.text)


def clean(text: str) -> str:
    """The text without control characters, lone surrogates and runs of space."""
    kept = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(kept.split())


def storable(value: str) -> str:
    """A value that no database refuses; one with control characters or lone surrogates stays one that is unknown."""
    return "".join(character if character.isprintable() else "\ufffd" for character in value)


def parts_of(text: str) -> tuple[Part, ...]:
    """The first `MAX_PARTS` of a text: what stands in quotes as a phrase, each run of Han characters, each word."""
    return _all_parts_of(text)[:MAX_PARTS]


@lru_cache(maxsize=256)
def _all_parts_of(text: str) -> tuple[Part, ...]:
    """Every part of a text; one search asks for those of the same few texts a score of times."""
    parts: list[Part] = []
    for position, piece in enumerate(re.split(r'["“”]', text)):
        if position % 2 and (quoted := tuple(tokens(piece))):
            parts.append(Part(quoted, is_phrase=True))
        elif not position % 2:
            parts += _plain_parts(piece)
    return tuple(parts)


def _plain_parts(text: str) -> list[Part]:
    without = QUESTION_WORDS.sub(" ", fold(text))
    if not tokens(without):
        without = text
    parts: list[Part] = []
    for run in re.findall(r"[^\s,，。．;；:：、!！?？]+", without):
        current: list[str] = []
        for token in tokens(run):
            if current and is_han(token) != is_han(current[-1]):
                parts.append(_part(current))
                current = []
            current.append(token)
        if current:
            parts.append(_part(current))
    return parts


SHORT = 4
"""Up to four Han characters are one word or a fixed pair of words: they are asked for side by side."""


def _part(found: list[str]) -> Part:
    han = is_han(found[0])
    return Part(tuple(found), is_phrase=len(found) <= SHORT if han else len(found) > 1)


def _all(params: Mapping[str, object], name: str) -> list[str]:
    getlist = getattr(params, "getlist", None)
    values: Any = getlist(name) if getlist else params.get(name)
    return [str(value) for value in ([values] if isinstance(values, str) else values or [])]


def _first(params: Mapping[str, object], name: str) -> str:
    values = _all(params, name)
    return values[-1] if values else ""


def _sort(value: str) -> str:
    if value and value not in SORTS:
        raise InvalidQuery(_("“sort” is one of: %(sorts)s.") % {"sorts": ", ".join(SORTS)})
    return value or "relevance"


def _page(value: str, page_size: int) -> int:
    if not value:
        return 1
    if not re.fullmatch(r"[0-9]{1,12}", value) or int(value) < 1:
        raise InvalidQuery(_("“page” is a number from 1 on."))
    last = MAX_RESULTS // page_size
    if int(value) > last:
        raise InvalidQuery(_("“page” is %(last)s at the most; narrow the search instead.") % {"last": last})
    return int(value)
