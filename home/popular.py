"""What people look for, as the first page shows it."""

from dataclasses import dataclass

from search.addresses import search_address
from search.popularity import frequent_queries

SHOWN = 6


@dataclass(frozen=True, slots=True)
class PopularQuery:
    text: str

    @property
    def url(self) -> str:
        return search_address(self.text)


def popular_queries() -> list[PopularQuery]:
    """The most frequent queries of visitors in the last days."""
    return [PopularQuery(text) for text in frequent_queries(limit=SHOWN)]
