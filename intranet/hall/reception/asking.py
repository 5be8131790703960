"""What the words typed at the window mean: which item, which applicant, what has to be brought, and what there is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.utils import timezone
from django.utils.dateparse import parse_date

from intranet.access.handling import receives_for
from intranet.hall import identifiers
from intranet.hall.finding import applicants_found, items_found
from intranet.hall.life.receiving import open_case_of
from intranet.hall.models import Applicant, Case, ItemMaterial, ItemVersion, ServiceItem
from intranet.hall.models.applicants import faults_of
from intranet.organisation.models import User

Thing = TypeVar("Thing", ServiceItem, Applicant)

MOST = 10
"""Items or applicants that are offered at once; more ask for more words."""
NEW = "new"
"""What is chosen instead of a known applicant."""


@dataclass(slots=True)
class Asked:
    """How far it is known who wants what."""

    items: list[ServiceItem] = field(default_factory=list)
    """Those that the words may mean, the first of them."""
    more_items: int = 0
    """How many more there are."""
    item: ServiceItem | None = None
    applicants: list[Applicant] = field(default_factory=list)
    more_applicants: int = 0
    applicant: Applicant | None = None
    """A known one, chosen or identified."""
    received_on: date | None = None
    version: ItemVersion | None = None
    materials: list[ItemMaterial] = field(default_factory=list)
    first: Case | None = None
    """The open case of the same applicant, item and subject."""


def asked_for(typed: Mapping[str, str], *, by: User) -> Asked:
    """What the fields of the form mean by now; who types is not done, so that anything may be missing or wrong."""
    found = Asked(received_on=parse_day(typed.get("received_on", "")))
    if words := typed.get("item_words", "").strip():
        offered = ServiceItem.objects.filter(department__in=receives_for(by)).select_related("department")
        all_items = items_found(offered, words)
        found.items, found.more_items = all_items[:MOST], len(all_items[MOST:])
        found.item = _chosen(found.items, typed.get("item", "")) or _only(found.items)
    if words := typed.get("applicant_words", "").strip():
        all_applicants = applicants_found(words, by=by)
        found.applicants = list(all_applicants[:MOST])
        if len(found.applicants) == MOST:
            found.more_applicants = all_applicants.count() - MOST
        is_whole = any(not faults_of(kind, identifiers.normalised(words)) for kind in Applicant.Kind.values)
        found.applicant = _chosen(found.applicants, typed.get("applicant", ""))
        if found.applicant is None and is_whole and typed.get("applicant") != NEW:
            found.applicant = _only(found.applicants)
    if found.item is not None and found.received_on is not None:
        found.version = found.item.version_on(found.received_on)
        found.materials = list(found.version.materials.all()) if found.version else []
    if found.item is not None and (applicant := found.applicant or identified(typed)):
        found.first = open_case_of(applicant, found.item, typed.get("subject", ""))
    return found


def parse_day(typed: str) -> date | None:
    """The day that was typed, today where none was; None where it is no day."""
    try:
        return parse_date(typed) if typed.strip() else timezone.localdate()
    except ValueError:
        return None


def identified(typed: Mapping[str, str]) -> Applicant | None:
    """Who is known by the identifier that was typed for a new applicant."""
    kind, plain = typed.get("kind", ""), identifiers.normalised(typed.get("identifier", ""))
    if kind not in Applicant.Kind.values or faults_of(kind, plain):
        return None
    return Applicant.objects.identified_by(kind, plain).first()


def _chosen(things: list[Thing], key: str) -> Thing | None:
    return next((each for each in things if str(each.pk) == key), None)


def _only(things: list[Thing]) -> Thing | None:
    return things[0] if len(things) == 1 else None
