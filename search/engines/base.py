"""The protocol that every search engine answers, and what goes over it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from search.document import SearchDocument
from search.engines.building import Building
from search.query import SearchQuery

LONGEST_TYPED = 100
"""Characters of what is being typed that are looked at."""


class EngineUnavailable(Exception):
    """The engine cannot answer now (down, out of reach, timed out, disk full); nothing is known to be lost.

    `str(error)` names the part that is down, for the person who can mend it; it goes to no visitor.
    """


class EngineRefused(EngineUnavailable):
    """The engine answers, and refuses this very request: nothing is said of the next one."""


@dataclass(frozen=True, slots=True)
class WriteFailure:
    """One document that was not written, and why; the rest of its batch was."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A key found, best first. Highlights are HTML fragments by field, escaped but for `<mark>`."""

    key: str
    score: float
    highlights: dict[str, list[str]] = field(default_factory=dict)
    attachment: str | None = None
    """`AttachmentText.id` of the attachment that matched, where the match lies in an attachment."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title, a part of it or a number as the index has it, with the key of its thing: it is checked at the door."""

    key: str
    text: str


CHECKED = 10
"""Keys that come with a count, to be checked at the door before it is told."""


@dataclass(frozen=True, slots=True)
class Freed:
    """What there is without one of the filters: how many, and the keys of the first `CHECKED`."""

    total: int
    keys: list[str]


@dataclass(frozen=True, slots=True)
class EngineResults:
    """One page of hits with exact total and facet counts over all that the reader may find."""

    hits: list[Hit]
    total: int
    facets: dict[str, dict[str, int]]
    """facet name -> value -> count; each facet counts with the other facets' filters applied, not its own."""
    relaxed: str = ""
    """The named step to which the query was relaxed: `most`, `pinyin` or `any`; empty where all was matched."""
    suggestion: Title | None = None
    """"Did you mean", drawn from readable text only; None where there is nothing better."""
    freed: dict[str, Freed] = field(default_factory=dict)
    """Where filters leave nothing: what comes without each of `SearchQuery.freed`, those that find nothing left out."""


class Engine(Protocol):
    """A full-text index. Reads see only documents one of whose readers is among the given tokens.

    Every method raises `EngineUnavailable` when the engine cannot answer.
    """

    name: str

    def write(self, documents: Sequence[SearchDocument]) -> list[WriteFailure]:
        """Store the documents; one whose version is not newer than the stored one is passed over in silence.

        While a rebuild runs, writes go to the index in service and to the one being built.
        """
        ...

    def search(self, query: SearchQuery, tokens: frozenset[str]) -> EngineResults: ...

    def suggest(self, prefix: str, tokens: frozenset[str], *, limit: int = 8) -> list[Title]:
        """Titles that begin with, contain or sound like what was typed, readable by the tokens, each once."""
        ...

    def suggest_numbers(self, prefix: str, tokens: frozenset[str], *, limit: int = 8) -> list[Title]:
        """Document numbers that begin as was typed, of things readable by the tokens; `Title.text` is the number."""
        ...

    def versions(self) -> Iterator[tuple[str, int, bool]]:
        """`(key, version, deleted)` of everything stored, ordered by key, in bounded memory."""
        ...

    def begin_building(self, *, afresh: bool) -> Building:
        """Begin a new index, or go on with one that an earlier rebuild left, unless that was made in another way.

        The index in service answers until the new one takes its place, and writes that arrive meanwhile are in
        both. One process builds at a time: the caller sees to that.
        """
        ...

    def discard_building(self) -> bool:
        """Remove what a rebuild that was killed has left; whether there was anything. Only while nobody builds."""
        ...

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build a new index from the documents and put it in service in one step; return how many were written.

        If it fails, the index in service is untouched and what was built is removed.
        """
        ...

    def contents(self, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Version and fingerprint of all that is stored under each of these keys: texts, readers, facets."""
        ...

    def fingerprint(self, document: SearchDocument) -> str:
        """The fingerprint of what this engine would store of the document; the same for every tombstone."""
        ...

    def defect(self) -> str:
        """What is wrong with the index as a whole so that only a rebuild mends it, in words; empty where it is sound.

        Gone, damaged, or with fields of another version. Reads all of it where it has to.
        """
        ...

    def purge_tombstones(self, *, before: datetime) -> int:
        """Forget tombstones written before that moment; return how many."""
        ...

    def refresh(self) -> None:
        """Make all that was written visible to searches now."""
        ...

    def count(self) -> int:
        """How many documents are stored, tombstones not counted."""
        ...

    def bring_in_line(self) -> None:
        """Give the index in service those settings that it can take without being rebuilt."""
        ...

    def concerns(self) -> list[str]:
        """What is not as it should be although the engine answers, in words for whoever keeps it."""
        ...

    def check(self) -> None:
        """Return when the engine can answer a search; raise `EngineUnavailable` otherwise."""
        ...
