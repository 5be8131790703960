"""What is indexed of one findable thing, the same for every engine."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Section:
    """A passage that has an address of its own: an article of a regulation, a heading's part."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """The text of one attached file; pages are separated by form feeds where the format has pages."""

    id: str
    title: str
    file_name: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A findable thing as engines store it.

    `readers` are reader tokens of `intranet.access`; without any, nobody finds it. `version` only grows: an
    engine keeps the highest version it has seen of a key. Texts are raw: engines normalise them.
    """

    key: str
    version: int
    readers: frozenset[str] = frozenset()
    title: str = ""
    summary: str = ""
    body: str = ""
    attachments: tuple[AttachmentText, ...] = ()
    document_number: str = ""
    index_number: str = ""
    keywords: tuple[str, ...] = ()
    type: str = ""
    audience: str = ""
    department: str = ""
    department_name: str = ""
    matter: str = ""
    language: str = ""
    validity: str = ""
    published_on: date | None = None
    expires_at: datetime | None = None
    deleted: bool = field(default=False)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The texts that are found by their sound: title and keywords, a line each."""
        return tuple(" ".join(text.split()) for text in (self.title, *self.keywords))

    @classmethod
    def tombstone(cls, key: str, version: int) -> "SearchDocument":
        """What remains of a thing that nobody may find: its version alone, so that no late write revives it."""
        return cls(key=key, version=version, deleted=True)


FACETS = ("audience", "department", "matter", "type", "year", "language", "validity")
"""The filters and facets of the outside face; `year` is the year of `published_on`."""


def facet_values(document: SearchDocument) -> dict[str, str]:
    """The value of each facet that the document has; empty ones are left out."""
    values = {name: getattr(document, name) for name in FACETS if name != "year"}
    if document.published_on:
        values["year"] = str(document.published_on.year)
    return {name: value for name, value in values.items() if value}


Keys = Iterable[str]
