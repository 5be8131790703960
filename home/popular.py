"""What people look for: visitors' queries that found something, counted by day, nobody's name with them."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query

SHOWN = 6
DAYS = 30
ENOUGH = 3
"""A query that one visit made is not what people look for, and could be somebody's own name."""


@dataclass(frozen=True, slots=True)
class PopularQuery:
    text: str

    @property
    def url(self) -> str:
        return f"{reverse('search:results')}?{urlencode({'q': self.text})}"


def popular_queries() -> list[PopularQuery]:
    """The most frequent queries of visitors in the last days."""
    since = timezone.localdate() - timedelta(days=DAYS)
    rows = (
        Query.objects.filter(daily_hits__date__gte=since)
        .annotate(times=Sum("daily_hits__hits"))
        .filter(times__gte=ENOUGH)
        .order_by("-times")[:SHOWN]
    )
    return [PopularQuery(row.query_string) for row in rows]
