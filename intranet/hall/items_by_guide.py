"""Which service items a guide tells of."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from intranet.disclosure.models import MatterPage
from intranet.hall.models import ServiceItem


def items_told_of(guide: MatterPage) -> QuerySet[ServiceItem]:
    """The items that the guide tells of; a translation tells of those of its text of record."""
    return ServiceItem.objects.filter(guide__in=[guide.pk, guide.translation_of_id])


def items_by_guide(guides: Iterable[int]) -> dict[int, list[ServiceItem]]:
    """The items by the primary key of the guide that they name, in the order of their codes; empty for any other."""
    found: dict[int, list[ServiceItem]] = defaultdict(list)
    for item in ServiceItem.objects.filter(guide__in=list(guides)).order_by("code"):
        found[item.guide_id].append(item)
    return found
