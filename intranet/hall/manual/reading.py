"""What stands in a manual: the guides that its reader may read today, under the departments that own them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone

from intranet.access.tokens import PUBLIC
from intranet.disclosure.guide_translations import OfRecord, listed_otherwise
from intranet.disclosure.models import GuideMaterial, GuidePage
from intranet.hall.fees.reading import charged_on, complaint_phone, of_items
from intranet.hall.guide_part import told_of_fees
from intranet.hall.guides.beside_materials import Told, told_of_materials
from intranet.hall.items_by_guide import items_by_guide
from intranet.hall.models import ServiceItem
from intranet.organisation.models import Department


@dataclass(frozen=True, slots=True)
class Entry:
    """A guide in the language of the manual, or in Chinese where nobody has translated it."""

    guide: GuidePage
    items: list[ServiceItem]
    """What it tells of, by code."""
    fees: dict[str, Any] | None
    """Of its service items; None where it has none and tells of fees in its own words."""
    is_translated: bool
    beside: Mapping[str, Told]
    """What its items add to its materials, by their names."""
    of_record: OfRecord | None
    """What the text of record lists to be brought, where this translation lists another number of things."""

    @property
    def materials(self) -> list[tuple[GuideMaterial, Told | None]]:
        return [(row, self.beside.get(row.name)) for row in self.guide.materials.all()]

    @property
    def unit(self) -> Department:
        """The department under which it stands: a section's guides stand with the department above it."""
        return self.guide.department.parent or self.guide.department


@dataclass(frozen=True, slots=True)
class Part:
    """A department and its guides, by the codes of what they tell of."""

    department: Department
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Manual:
    """What is true on the day."""

    language: str
    day: date
    department: Department | None
    """None for the whole hall."""
    parts: list[Part]
    complaint_phone: str
    is_public: bool
    """Whether everything in it is for the public, so that it may be handed out."""
    hall: Department | None = field(default=None)

    @property
    def entries(self) -> Iterator[Entry]:
        return (entry for part in self.parts for entry in part.entries)

    @property
    def index(self) -> list[tuple[ServiceItem, Entry]]:
        """Each service item by its code, with the guide that tells of it."""
        found = [(item, entry) for entry in self.entries for item in entry.items]
        return sorted(found, key=lambda row: row[0].code)

    @property
    def has_anything_in_its_language(self) -> bool:
        return any(entry.is_translated for entry in self.entries)


def manual_of(tokens: frozenset[str], language: str, department: Department | None = None) -> Manual:
    """The manual of today for who carries these tokens, in a number of queries that no guide adds to."""
    guides = GuidePage.objects.readable_with(tokens).in_language(language, tokens)
    entries = sorted(_entries(guides, language, department, tokens), key=_place)
    parts = [Part(department=unit, entries=list(found)) for unit, found in groupby(entries, lambda entry: entry.unit)]
    return Manual(
        language=language,
        day=timezone.localdate(),
        department=department,
        parts=parts,
        complaint_phone=complaint_phone(),
        is_public=not _kept_from_the_public(entries),
        hall=Department.objects.halls().first(),
    )


def _entries(guides: Any, language: str, department: Department | None, tokens: frozenset[str]) -> Iterator[Entry]:
    found = list(
        guides.select_related("department__parent").prefetch_related("materials", "steps").defer("body", "particulars")
    )
    items = items_by_guide(guide.translation_of_id or guide.pk for guide in found)
    fees, beside, of_record = charged_on(), told_of_materials(found, tokens), listed_otherwise(found, tokens)
    for guide in found:
        if department is not None and department.pk not in (guide.department_id, guide.department.parent_id):
            continue
        own = items[guide.translation_of_id or guide.pk]
        charged = of_items((item.code for item in own), fees)
        told = told_of_fees(guide, charged) if own else None
        yield Entry(
            guide=guide,
            items=own,
            fees=told,
            is_translated=guide.language == language,
            beside=beside[guide.pk],
            of_record=of_record.get(guide.pk),
        )


def _kept_from_the_public(entries: Iterable[Entry]) -> set[int]:
    public = GuidePage.objects.readable_with(frozenset({PUBLIC}))
    return {entry.guide.pk for entry in entries} - set(public.values_list("pk", flat=True))


def _place(entry: Entry) -> tuple:
    """Where it stands: by department, then by the first code of its service items; those without come last."""
    unit = entry.unit
    return unit.position, unit.code, not entry.items, entry.items[0].code if entry.items else "", entry.guide.title
