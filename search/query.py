"""A reader's query, checked and bounded, the same for every engine."""

from dataclasses import dataclass, field


class InvalidQuery(ValueError):
    """A parameter is out of its range; `str(error)` says which and what it may be, in words for the reader."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What to find. Build it with `SearchQuery.parse`; the fields are already checked."""

    text: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    page_size: int = 10
