"""Matters whose approved version is past its moment and not live."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Revision, get_default_page_content_type

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department
from intranet.publication.holding_back import reasons_told


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A version that was to be live by now; whether or not something newer has been written since."""

    matter: MatterPage
    title: str
    moment: datetime
    reasons: Sequence[str]
    """Why it was refused, in the portal's own language; none where the clock has not been there yet."""


def held_back(departments: QuerySet[Department] | None = None) -> list[HeldBack]:
    """What of these departments, of all unless given, waits past its moment, the longest first.

    One query where nothing does, three where something does.
    """
    of_pages = Revision.objects.filter(base_content_type=get_default_page_content_type()).defer("content")
    versions = list(of_pages.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at", "pk"))
    if not versions:
        return []
    matters = MatterPage.objects.select_related("category", "department").defer("body", "summary")
    if departments is not None:
        matters = matters.filter(department__in=departments)
    found = matters.in_bulk([int(version.object_id) for version in versions])
    reasons = reasons_told([version.pk for version in versions])
    return [
        HeldBack(matter, version.object_str, version.approved_go_live_at, reasons.get(version.pk, ()))
        for version in versions
        if (matter := found.get(int(version.object_id)))
    ]
