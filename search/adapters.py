"""What can be found: each app that has something to find registers an adapter."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from intranet.access.tokens import AnyUser
from search.document import SearchDocument, Section


@dataclass(frozen=True, slots=True)
class Card:
    """A found thing as a page of results shows it, read from the database for one reader."""

    id: str
    title: str
    url: str
    type: str
    type_label: str
    department: str
    department_label: str
    matter: str
    matter_label: str
    audience: str
    document_number: str = ""
    published_on: date | None = None
    changed_at: datetime | None = None
    """When what everybody reads of it was changed last."""
    validity: str = ""
    validity_label: str = ""
    language: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a thing: what it is called, where it is, and its text."""

    title: str
    url: str
    text: str
    """Pages are separated by form feeds where the format has pages; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class Place:
    """A category or a department: it has a name and a page, and things are found in it."""

    kind: str
    """`category` or `department`."""
    value: str
    """Its value in the facet of its kind."""
    text: str
    """Its name in the reader's language."""
    url: str
    names: tuple[str, ...] = ()
    """Its names in every language, by which it is known too."""
    phone: str = ""
    answers: str = ""
    """The code of the department that answers for it."""
    is_office: bool = False
    """The office that answers for disclosure itself: whom to ask where nobody nearer is known."""


FACET_OF = {"category": "matter", "department": "department"}
"""The facet whose values a kind of place has."""


class Adapter(Protocol):
    """How things of one kind are indexed and shown. Keys are `<prefix>:<primary key>`."""

    prefix: str

    def keys(self) -> Iterator[str]:
        """Every key there is in the database, ordered as text, in bounded memory."""
        ...

    def documents(self, versions: Mapping[str, int]) -> Iterator[SearchDocument]:
        """One document for each key, in any order; a tombstone where nobody may find the thing now."""
        ...

    def overtaken(self) -> Iterable[str]:
        """The keys whose readers a new day has changed since they were written, though nobody saved anything."""
        ...

    def cards(self, keys: Iterable[str], user: AnyUser | None) -> dict[str, Card]:
        """What the user may read now of these keys, ready to show: the check at the door."""
        ...

    def sections(self, keys: Iterable[str]) -> dict[str, Sequence[Section]]:
        """The parts with an address of these keys, which have been checked at the door; none where there are none."""
        ...

    def attached(self, ids: Mapping[str, str]) -> dict[str, Attached]:
        """One file of each of these keys, which have been checked at the door, by the id that `documents` gave it."""
        ...

    def labels(self, facet: str, values: Iterable[str]) -> dict[str, str]:
        """The names of facet values in the reader's language."""
        ...

    def page_keys(self, pks: Iterable[int]) -> dict[int, str]:
        """The keys of those of these Wagtail pages that are things of this kind, by the page's primary key."""
        ...


KEYS_AT_ONCE = 5000


def keys_in_order(things: QuerySet, prefix: str) -> Iterator[str]:
    """The key of each of these things, ordered as text, in bounded memory.

    In pages: an open cursor would keep SQLite from writing what the caller makes of the keys.
    """
    ordered = things.annotate(as_text=Cast("pk", CharField())).order_by("as_text")
    after = ""
    while found := list(ordered.filter(as_text__gt=after).values_list("as_text", flat=True)[:KEYS_AT_ONCE]):
        yield from (f"{prefix}:{pk}" for pk in found)
        after = found[-1]


_adapters: dict[str, Adapter] = {}
Places = Callable[[AnyUser | None], Iterable[Place]]
_places: list[Places] = []


def register_places(found: Places) -> Places:
    """Make places known that a reader can open: called with the reader, it names no other."""
    _places.append(found)
    return found


def places(user: AnyUser | None) -> list[Place]:
    """Every place that the reader can open."""
    return [place for found in _places for place in found(user)]


def register(adapter: Adapter) -> Adapter:
    """Make things of the adapter's kind findable."""
    _adapters[adapter.prefix] = adapter
    return adapter


def adapters() -> list[Adapter]:
    """All registered adapters in the order of their prefix, which is the order of keys."""
    return [_adapters[prefix] for prefix in sorted(_adapters)]


def database_keys() -> Iterator[str]:
    """Every key that the database has, in order."""
    return heapq.merge(*(adapter.keys() for adapter in adapters()))


def adapter_of(key: str) -> Adapter | None:
    """The adapter of the key's kind; None for a kind that no app registers any more."""
    return _adapters.get(key.partition(":")[0])


def cards(keys: Iterable[str], user: AnyUser | None) -> dict[str, Card]:
    """The cards of all kinds that the user may read now."""
    found: dict[str, Card] = {}
    for prefix, some in by_prefix(keys).items():
        if adapter := _adapters.get(prefix):
            found.update(adapter.cards(some, user))
    return found


def by_prefix(keys: Iterable[str]) -> dict[str, list[str]]:
    """The keys in their order, those of one kind together."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(key.partition(":")[0], []).append(key)
    return found


def page_keys(pks: Iterable[int]) -> dict[int, str]:
    """The keys of those of these Wagtail pages that can be found."""
    wanted = list(pks)
    return {pk: key for adapter in adapters() for pk, key in adapter.page_keys(wanted).items()}


def sections(keys: Iterable[str]) -> dict[str, Sequence[Section]]:
    """The parts of things of all kinds."""
    found: dict[str, Sequence[Section]] = {}
    for prefix, some in by_prefix(keys).items():
        if adapter := _adapters.get(prefix):
            found.update(adapter.sections(some))
    return found


def attached(ids: Mapping[str, str]) -> dict[str, Attached]:
    """One file of each of these keys, by the key."""
    found: dict[str, Attached] = {}
    for prefix, keys in by_prefix(ids).items():
        if adapter := _adapters.get(prefix):
            found.update(adapter.attached({key: ids[key] for key in keys}))
    return found


def facet_labels(facet: str, values: Iterable[str]) -> dict[str, str]:
    """The names of facet values; a value that no adapter names stands for itself."""
    values = list(values)
    labels = {value: value for value in values}
    for adapter in adapters():
        labels.update(adapter.labels(facet, values))
    return labels
