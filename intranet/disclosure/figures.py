"""Figures of disclosure for monitoring."""

from collections.abc import Iterator

from django.db.models import Count
from prometheus_client.core import GaugeMetricFamily

from intranet.disclosure.models import ExtractedText
from search.upkeep.metrics import register


@register
def unread_contents() -> Iterator[GaugeMetricFamily]:
    """Contents of files whose text is not known, or not all of it, by `search.extraction.outcome.Reason`."""
    text = "Contents of attached files without their whole text."
    found = GaugeMetricFamily("gongkai_files_unread", text, labels=["reason"])
    unread = ExtractedText.objects.exclude(reason="").order_by()
    for reason, number in unread.values_list("reason").annotate(Count("pk")):
        found.add_metric([reason], number)
    yield found
