"""What is offered while somebody types: titles, document numbers, categories, departments, frequent queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intranet.access.tokens import AnyUser, tokens_of
from search.adapters import Place, cards, places
from search.addresses import search_address
from search.engines.base import Engine, EngineUnavailable, Title
from search.engines.standing_in import answered
from search.normalisation import fold
from search.pinyin import place, readings
from search.popularity import frequent_queries
from search.query import clean

TITLES = 8
"""Titles of the outside face's list of strings; the list of all kinds shows fewer of each kind."""
SHOWN = {"number": 3, "title": 5, "category": 2, "department": 2, "query": 3}
"""Most suggestions of each kind, in their order: ten lines are seen at once on a phone above its keyboard."""
MOST = 10
FREQUENT = 200
LABELS = {
    "number": _("Document number"),
    "title": _("Matter"),
    "category": _("Category"),
    "department": _("Department"),
    "query": _("Often looked for"),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to go to; `marked` is its text in three pieces: before, what agrees with what was typed, after."""

    kind: str
    text: str
    url: str
    marked: tuple[str, str, str]
    note: str = ""
    """What tells it from others: the title of the thing that has this number."""
    language: str = ""

    @property
    def label(self) -> str:
        return str(LABELS[self.kind])


@dataclass(frozen=True, slots=True)
class Suggestions:
    titles: list[str]
    shown: list[Suggestion]


def suggestions(typed: str, user: AnyUser | None) -> Suggestions:
    """What the user may be about to ask for; without titles and numbers while no engine answers.

    Titles and numbers are loaded again through the access rule; categories and departments are those that the user
    can open; frequent queries are visitors' alone.
    """
    typed = clean(typed[:100])
    if not typed:
        return Suggestions([], [])
    titles, numbers = _things(typed, user)
    offered = [*numbers, *titles, *_places(typed, user), *_frequent(typed)]
    shown = [one for kind, most in SHOWN.items() for one in [s for s in offered if s.kind == kind][:most]]
    return Suggestions([title.text for title in titles], shown[:MOST])


def _things(typed: str, user: AnyUser | None) -> tuple[list[Suggestion], list[Suggestion]]:
    """Titles and numbers of what the user may read now, as they are now."""
    tokens = tokens_of(user)

    def ask(engine: Engine) -> tuple[list[Title], list[Title]]:
        titles = engine.suggest(typed, tokens, limit=TITLES)
        return titles, engine.suggest_numbers(typed, tokens, limit=SHOWN["number"])

    try:
        titles, numbers = answered(ask).found
    except EngineUnavailable:
        return [], []
    readable = cards([found.key for found in (*titles, *numbers)], user)
    return (
        [
            Suggestion("title", found.text, card.url, marked(found.text, typed), language=card.language)
            for found in titles
            if (card := readable.get(found.key)) and card.title == found.text
        ],
        [
            Suggestion("number", found.text, card.url, marked(found.text, typed), card.title, card.language)
            for found in numbers
            if (card := readable.get(found.key)) and card.document_number == found.text
        ],
    )


def _places(typed: str, user: AnyUser | None) -> Iterator[Suggestion]:
    for found in agreeing(typed, places(user)):
        yield Suggestion(found.kind, found.text, found.url, marked(found.text, typed))


def agreeing(typed: str, offered: Iterable[Place]) -> list[Place]:
    """The places with a name that holds or sounds like what was typed, those that begin so first."""
    found = []
    for one in offered:
        spans = [span for name in (one.text, *one.names) if (span := span_of(name, typed))]
        if spans:
            found.append((min(start for start, _end in spans), one))
    return [one for _start, one in sorted(found, key=lambda pair: pair[0])]


def _frequent(typed: str) -> Iterator[Suggestion]:
    for text in frequent_queries(limit=FREQUENT):
        if fold(text) != fold(typed) and (span := span_of(text, typed)) and span[0] == 0:
            yield Suggestion("query", text, search_address(text), marked(text, typed))


def marked(text: str, typed: str) -> tuple[str, str, str]:
    """The text before, in and after what agrees with what was typed; all of it before where nothing does."""
    start, end = span_of(text, typed) or (len(text), len(text))
    return text[:start], text[start:end], text[end:]


def span_of(text: str, typed: str) -> tuple[int, int] | None:
    """Where what was typed stands in the text as it is written, else where it sounds so."""
    start = fold(text).find(fold(typed))
    return (start, start + len(typed)) if start >= 0 else place(text, readings(typed))
