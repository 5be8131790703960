"""What people look for, as the first page shows it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from search.popularity import frequent_queries

SHOWN = 6


@dataclass(frozen=True, slots=True)
class PopularQuery:
    text: str

    @property
    def url(self) -> str:
        return f"{reverse('search:results')}?{urlencode({'q': self.text})}"


def popular_queries() -> list[PopularQuery]:
    """The most frequent queries of visitors in the last days."""
    return [PopularQuery(text) for text in frequent_queries(limit=SHOWN)]
