"""A finding: what was found in a draft, how heavy it is, and where."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from intranet.access.tokens import AnyUser
from intranet.disclosure.models import MatterPage


class Weight(IntEnum):
    """What a finding asks for: an error is mended, a warning is mended or explained, a note is read."""

    ERROR = 0
    WARNING = 1
    NOTE = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, in words for the author that say what to do."""

    weight: Weight
    words: str
    kind: str
    """Which check found it: the name of its module."""
    quoted: str = ""
    """The words of the draft, or the title of another matter, that it is about."""
    url: str = ""
    """Where the quoted thing is, for a reader who may read it."""

    @property
    def is_error(self) -> bool:
        return self.weight == Weight.ERROR

    @property
    def is_warning(self) -> bool:
        return self.weight == Weight.WARNING

    @property
    def told(self) -> str:
        """Its words with what it is about."""
        return f"{self.words} ({self.quoted})" if self.quoted else self.words


Check = Callable[[MatterPage], Iterator[Finding]]
"""Finds in a draft, asking the database at the most."""
CheckForReader = Callable[[MatterPage, AnyUser], Iterator[Finding]]
"""Finds by what this reader may read, asking the search engine."""
