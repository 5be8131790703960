"""What many visitors look for."""

from django.db.models import Count

from search.demand.masking import normalised
from search.demand.models import Asking

DAYS = 30
ENOUGH = 3
"""Sessions. What one or two asked is not what people look for, and could be somebody's own name."""


def frequent_queries(prefix: str = "", limit: int = 8) -> list[str]:
    """What at least `ENOUGH` sessions of visitors asked in the last days and got results for, the most asked first.

    Normalised; none from which personal data was taken. With a prefix, what begins with it.
    """
    rows = Asking.objects.of_visitors().answered().whole().since(DAYS)
    if prefix := normalised(prefix):
        rows = rows.filter(text__startswith=prefix)
    counted = rows.values("text").annotate(sessions=Count("session", distinct=True)).filter(sessions__gte=ENOUGH)
    return list(counted.order_by("-sessions", "text").values_list("text", flat=True)[:limit])
