"""Figures of disclosure for monitoring."""

from collections.abc import Iterator

from django.db.models import Count
from prometheus_client.core import GaugeMetricFamily

from intranet.disclosure.models import ExtractedText
from search.upkeep.metrics import register


@register
def unread_files() -> Iterator[GaugeMetricFamily]:
    """Contents of attached files whose text is not known, or not all of it, by the reason (`search.extraction.outcome.Reason`)."""
    found = GaugeMetricFamily(
        "gongkai_files_unread", "Contents of attached files without their whole text.", labels=["reason"]
    )
    for reason, number in (
        ExtractedText.objects.exclude(reason="").values_list("reason").annotate(Count("pk")).order_by()
    ):
        found.add_metric([reason], number)
    yield found
