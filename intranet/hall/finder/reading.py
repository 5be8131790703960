"""Which guides an activity leads to."""

from dataclasses import dataclass

from django.db.models import Q

from intranet.access.tokens import AnyUser
from intranet.disclosure.models import MatterPage
from intranet.hall.models import Activity, ActivityItem, ServiceItem


@dataclass(frozen=True, slots=True)
class Found:
    """A guide in the reader's language, with those of the activity's service items that it tells of."""

    guide: MatterPage
    items: list[ServiceItem]


def guides_for(activity: Activity, user: AnyUser) -> list[Found]:
    """In the activity's order, without items that are not offered today, that have no guide, or whose guide this reader
    may not read.
    """
    chosen = ActivityItem.objects.filter(activity=activity, item__in=ServiceItem.objects.offered())
    chosen = chosen.exclude(item__guide=None)
    rows = chosen.select_related("item").order_by("sort_order", "pk")
    items = [row.item for row in rows]
    records = {item.guide_id for item in items}
    readable = MatterPage.objects.readable_by(user).in_the_readers_language(user).select_related("department")
    guides = readable.filter(Q(pk__in=records) | Q(translation_of__in=records)).defer("body")
    by_record = {guide.translation_of_id or guide.pk: Found(guide=guide, items=[]) for guide in guides}
    found: dict[int, Found] = {}
    for item in items:
        if item.guide_id in by_record:
            found.setdefault(item.guide_id, by_record[item.guide_id]).items.append(item)
    return list(found.values())
