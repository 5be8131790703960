"""A query in the other words that the field has for what it asks.

Terms are compared as tokens, so simplified and traditional script, half and full width, singular and plural are
one. The longest term at a place counts; what was put in is not expanded again; what stands in quotes never is.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product

from search.normalisation import is_han, placed_tokens, tokens
from search.query import MAX_LENGTH, Expansion, SearchQuery

MAX_VARIANTS = 20
"""Other wordings of one query that are looked for: all of the largest group, or two words of usual groups at once."""
MAX_CLAUSES = 800
"""Clauses of a query and its variants, of the 1,024 that the smallest Elasticsearch takes: a long query has fewer
variants, and a very long one none. One clause too many and the engine counts as failing."""
MAX_VARIANT_LENGTH = 2 * MAX_LENGTH
_PIECES = re.compile(r'(["“”])')

Term = tuple[str, ...]
"""The tokens of a term."""


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """What is also looked for where a term stands in a query: term -> other words, none where it is left alone."""

    others: Mapping[Term, tuple[str, ...]]

    @classmethod
    def of(cls, entries: Iterable[tuple[str, Iterable[str]]]) -> "Thesaurus":
        """From (word, what else to look for) pairs. The first entry of a word counts."""
        found: dict[Term, tuple[str, ...]] = {}
        for word, others in entries:
            if term := tuple(tokens(word)):
                found.setdefault(term, tuple(other for other in others if tuple(tokens(other)) != term))
        return cls(found)

    @property
    def longest(self) -> int:
        return max(map(len, self.others), default=0)


@dataclass(frozen=True, slots=True)
class _Place:
    term: Term
    start: int
    end: int


def expanded(query: SearchQuery, thesaurus: Thesaurus) -> SearchQuery:
    """The query with its variants; as it is where it has none or asks for its own words only."""
    if query.literal or query.document_number:
        return query
    places = _places(query.text, thesaurus)
    words = list(dict.fromkeys(place.term for place in places))
    typed = {place.term: query.text[place.start : place.end] for place in reversed(places)}
    choices = product(*((None, *thesaurus.others[word]) for word in words))
    next(choices)
    variants: dict[Term, SearchQuery] = {}
    added: dict[str, None] = {}
    for chosen in islice(choices, _affordable(query)):
        others = {word: other for word, other in zip(words, chosen, strict=True) if other is not None}
        text = _replaced(query.text, places, others)
        if len(text) <= MAX_VARIANT_LENGTH and tuple(tokens(text)) not in variants:
            variants[tuple(tokens(text))] = replace(query, text=text, expansion=None)
            added |= dict.fromkeys(others.values())
    if not variants:
        return replace(query, expansion=None)
    return replace(query, expansion=Expansion(tuple(variants.values()), tuple(typed.values()), tuple(added)))


def _affordable(query: SearchQuery) -> int:
    """How many variants of the query are within `MAX_CLAUSES`; each part is matched twice in each, and raises."""
    parts = [max(5, len(part.tokens)) for part in query.parts]
    own, each = sum(parts) + 5 * len(parts), 2 * sum(parts) + 5 * len(parts)
    return min(MAX_VARIANTS, max(0, MAX_CLAUSES - own) // max(1, each))


def _places(text: str, thesaurus: Thesaurus) -> list[_Place]:
    """Where terms with other words stand outside of quotes, from left to right, the longest at each place."""
    places: list[_Place] = []
    for start, piece in _unquoted(text):
        cut = placed_tokens(piece)
        at = 0
        while at < len(cut):
            for length in range(min(thesaurus.longest, len(cut) - at), 0, -1):
                others = thesaurus.others.get(term := tuple(token for token, _s, _e in cut[at : at + length]))
                if others is not None:
                    if others:
                        places.append(_Place(term, start + cut[at][1], start + cut[at + length - 1][2]))
                    at += length
                    break
            else:
                at += 1
    return places


def _unquoted(text: str) -> Iterable[tuple[int, str]]:
    """The pieces of the text that stand in no quotes, each with its place; quotes pair as in `query.parts_of`."""
    place, quoted = 0, False
    for piece in _PIECES.split(text):
        if _PIECES.fullmatch(piece):
            quoted = not quoted
        elif not quoted:
            yield place, piece
        place += len(piece)


def _replaced(text: str, places: Iterable[_Place], others: Mapping[Term, str]) -> str:
    pieces, position = [], 0
    for place in places:
        if place.term in others:
            pieces += [text[position : place.start], others[place.term]]
            position = place.end
    return _joined([*pieces, text[position:]])


def _joined(pieces: Iterable[str]) -> str:
    """The pieces in one text; letters and numbers that were apart stay so."""
    text = ""
    for piece in filter(None, pieces):
        text += f" {piece}" if text and _joins(text[-1]) and _joins(piece[0]) else piece
    return text


def _joins(character: str) -> bool:
    return not is_han(character) and unicodedata.category(character)[0] in "LMN"
