"""Whether what is on record of a matter's route was decided on this version, or on one before it."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from intranet.disclosure.models import MatterPage
from intranet.publication.models import RouteRecord
from intranet.publication.route_records.recording import kinds_asked
from intranet.publication.scrutiny.finding import Finding, Weight

DECIDED = (RouteRecord.Kind.PRICE_AUDIT, RouteRecord.Kind.MEETING_DECISION)


def route_records(draft: MatterPage) -> Iterator[Finding]:
    """A warning for each decision on record that is older than the version which the draft replaces."""
    if draft.last_published_at is None:
        return
    replaced = localdate(draft.last_published_at)
    for kind in kinds_asked(draft):
        newest = RouteRecord.objects.filter(matter=draft.pk, kind=kind).order_by("-decided_on").first()
        if kind in DECIDED and newest is not None and newest.decided_on and newest.decided_on < replaced:
            words = _("The record “%(kind)s” is of %(day)s, before the version that is replaced: record a new one.")
            said = {"kind": newest.get_kind_display(), "day": date_format(newest.decided_on, "DATE_FORMAT")}
            yield Finding(Weight.WARNING, words % said, "route_records")
