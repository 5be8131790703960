"""What a file would change: decided against the database, written nowhere.

A version that a case has stays as it is; what a row says otherwise becomes the next version. Only its end is set.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.hall.item_files.cells import written
from intranet.hall.item_files.columns import BY_NAME, OF_ITEM, OF_VERSION, Column
from intranet.hall.item_files.keeping import with_what_is_kept
from intranet.hall.item_files.parts import Part, cell_of, part_of
from intranet.hall.item_files.reading import Entry, Fault, Read, faults_of_limits, plain
from intranet.hall.models import Case, ItemMaterial, ItemStage, ItemVersion, ServiceItem

DAY = timedelta(days=1)


class What(StrEnum):
    """What becomes of an item or a version."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell's worth of a change, in words."""

    heading: str
    before: str
    after: str


@dataclass(slots=True)
class VersionPlan:
    """What becomes of a version; without a `stored` one it is made."""

    entry: Entry
    valid_from: date
    valid_to: date | None
    stored: ItemVersion | None = None
    ends: ItemVersion | None = None
    """The version that gives way to it, and ends on the day before."""
    changes: list[Change] = field(default_factory=list)
    """Of the stored one, or from the one that gives way."""
    is_end_alone: bool = False
    """Nothing but its last day is set."""

    @property
    def what(self) -> What:
        if self.stored is None:
            return What.CREATED
        return What.CHANGED if self.changes else What.UNCHANGED

    @property
    def ends_on(self) -> date | None:
        return self.valid_from - DAY if self.ends else None


@dataclass(slots=True)
class ItemPlan:
    """What becomes of an item and its versions."""

    entry: Entry
    stored: ServiceItem | None
    changes: list[Change] = field(default_factory=list)
    versions: list[VersionPlan] = field(default_factory=list)

    @property
    def what(self) -> What:
        if self.stored is None:
            return What.CREATED
        touched = self.changes or any(version.what is not What.UNCHANGED for version in self.versions)
        return What.CHANGED if touched else What.UNCHANGED


@dataclass(slots=True)
class Plan:
    """What the whole file would do; nothing at all where there is a fault."""

    items: list[ItemPlan] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def count(self, what: What) -> int:
        return sum(item.what is what for item in self.items)

    @property
    def does_something(self) -> bool:
        return not self.faults and any(item.what is not What.UNCHANGED for item in self.items)

    @property
    def counts(self) -> dict[str, int]:
        return {what.value: self.count(what) for what in What}

    @property
    def digest(self) -> str:
        """The same for plans that do the same."""
        told = [
            (item.entry.code, item.what, item.changes, [_told(version) for version in item.versions])
            for item in self.items
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def planned(read: Read) -> Plan:
    """What would be done with what was read."""
    plan = Plan(faults=list(read.faults))
    codes = {entry.code for entry in read.entries}
    items = {
        item.code: item for item in ServiceItem.objects.filter(code__in=codes).select_related("department", "guide")
    }
    versions = ItemVersion.objects.filter(item__code__in=codes).prefetch_related("materials", "stages")
    stored: dict[str, list[ItemVersion]] = {}
    for version in versions.select_related("item").order_by("valid_from"):
        stored.setdefault(version.item.code, []).append(version)
    for code, some in groupby(sorted(read.entries, key=_order), key=lambda entry: entry.code):
        entries = list(some)
        item = ItemPlan(entries[0], items.get(code))
        if read.absent:
            entries = list(with_what_is_kept(entries, item.stored, stored.get(code, []), read.absent))
            for entry in entries:
                plan.faults += faults_of_limits(entry.row, entry.version, entry.stages) if entry.version else []
            item.entry = entries[0]
        if item.stored:
            item.changes = list(_item_changes(item))
            if why_not := item.stored.why_not_of_kind(item.entry.item["kind"], stored=item.stored.kind):
                plan.faults.append(Fault(item.entry.row, BY_NAME["kind"].heading, why_not))
        course = _Course(stored.get(code, []))
        for entry in entries:
            if entry.version:
                item.versions.append(course.take(entry))
        plan.faults += course.faults
        plan.items.append(item)
    plan.items.sort(key=lambda item: item.entry.row)
    return plan


@dataclass(slots=True)
class _Span:
    """From when to when a version is in force once the rows so far are done."""

    valid_from: date
    valid_to: date | None
    stored: ItemVersion | None
    plan: VersionPlan | None = None
    """Of the row that makes it."""

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


class _Course:
    """The versions of one item, row by row."""

    def __init__(self, stored: Iterable[ItemVersion]) -> None:
        self.spans = [_Span(one.valid_from, one.valid_to, one) for one in stored]
        self.today = timezone.localdate()
        self.faults: list[Fault] = []

    def take(self, entry: Entry) -> VersionPlan:
        """What the row does, with its faults."""
        same = next((span for span in self.spans if span.valid_from == entry.valid_from), None)
        if same is None or same.stored is None:
            return self._made(entry, entry.valid_from)
        ends = self._end_meant(entry, same)
        changes = list(_version_changes(same.stored, entry, ends))
        plan = VersionPlan(entry, entry.valid_from, ends, same.stored, changes=changes)
        beyond_its_end = [change for change in changes if change.heading != BY_NAME["valid_to"].heading]
        plan.is_end_alone = bool(changes) and not beyond_its_end
        if beyond_its_end and same.stored.is_used:
            return self._next(entry, same)
        if changes:
            self._refuse_overlaps(entry, entry.valid_from, ends, besides=same)
            self._refuse_cases_after(entry, same.stored, ends, "valid_to")
            same.valid_to = ends
        return plan

    def _end_meant(self, entry: Entry, span: _Span) -> date | None:
        """The last day that the row means: an empty one is the stored one where the next version follows at once."""
        asked: date | None = entry.version["valid_to"]
        follows = span.valid_to is not None and any(
            one.valid_from > span.valid_to and one.valid_from - DAY == span.valid_to for one in self.spans
        )
        return span.valid_to if asked is None and follows else asked

    def _next(self, entry: Entry, used: _Span) -> VersionPlan:
        """Cases were received under the version of this day: what the row says comes into force tomorrow."""
        later = [span.stored for span in self.spans if span.valid_from > used.valid_from and span.stored]
        for version in later:
            if not [change for change in _version_changes(version, entry, None) if not _is_a_day(change)]:
                return VersionPlan(entry, version.valid_from, version.valid_to, version)
        begins = max(self.today, used.valid_from) + DAY
        if not used.holds(begins) or later:
            words = _("Cases were received under the version of this day; it stays as it is. Give the row a later day.")
            self._refuse(entry, "valid_from", words)
        return self._made(entry, begins)

    def _made(self, entry: Entry, begins: date) -> VersionPlan:
        """A version that begins on the day; the one without an end that is in force then gives way to it."""
        ends: date | None = entry.version["valid_to"]
        plan = VersionPlan(entry, begins, ends)
        if ends is not None and ends < begins:
            self._refuse(entry, "valid_to", _("The version would end before it begins, on %(day)s.") % {"day": begins})
        before = next((span for span in self.spans if span.valid_from < begins and span.valid_to is None), None)
        if before is not None:
            before.valid_to = begins - DAY
            plan.ends = before.stored
            if before.plan is not None:
                before.plan.valid_to = before.valid_to
            if before.stored is not None:
                told = _version_changes(before.stored, entry, None)
                plan.changes = [change for change in told if not _is_a_day(change)]
                self._refuse_cases_after(entry, before.stored, before.valid_to, "valid_from")
        self._refuse_overlaps(entry, begins, ends)
        self.spans.append(_Span(begins, ends, None, plan))
        return plan

    def _refuse_overlaps(self, entry: Entry, begins: date, ends: date | None, *, besides: _Span | None = None) -> None:
        for span in self.spans:
            if span is not besides and (ends is None or span.valid_from <= ends) and _reaches(span, begins):
                words = _("Another version is in force then: from %(day)s. End that one first.")
                self._refuse(entry, "valid_from", words % {"day": span.valid_from.isoformat()})
                return

    def _refuse_cases_after(self, entry: Entry, version: ItemVersion, day: date | None, name: str) -> None:
        """A version is not ended before the last case that was received under it."""
        if day and Case.objects.filter(version=version, received_on__gt=day).exists():
            words = _("Cases were received after %(day)s under the version from %(start)s; it cannot end on that day.")
            self._refuse(entry, name, words % {"day": day.isoformat(), "start": version.valid_from.isoformat()})

    def _refuse(self, entry: Entry, name: str, words: str) -> None:
        self.faults.append(Fault(entry.row, BY_NAME[name].heading, words))


def _reaches(span: _Span, begins: date) -> bool:
    return span.valid_to is None or span.valid_to >= begins


def _order(entry: Entry) -> tuple[str, date]:
    return entry.code, entry.version.get("valid_from") or date.min


def _told(version: VersionPlan) -> tuple[Any, ...]:
    return version.valid_from, version.valid_to, version.what, version.ends_on, version.changes


def _is_a_day(change: Change) -> bool:
    return change.heading in (BY_NAME["valid_from"].heading, BY_NAME["valid_to"].heading)


def _item_changes(plan: ItemPlan) -> Iterator[Change]:
    for column in OF_ITEM:
        before, after = plain(getattr(plan.stored, column.name)), plan.entry.item[column.name] or None
        if (before or None) != after:
            yield Change(column.heading, shown(column, before), shown(column, after))


def _version_changes(stored: ItemVersion, entry: Entry, ends: date | None) -> Iterator[Change]:
    """What the row says otherwise than the stored version; `ends` is the last day that it means."""
    said = entry.version | {"valid_to": ends}
    for column in OF_VERSION:
        before, after = plain(getattr(stored, column.name)), said[column.name]
        if before != after:
            yield Change(column.heading, shown(column, before), shown(column, after))
    kinds: tuple[tuple[str, list[Part], type[ItemMaterial] | type[ItemStage]], ...] = (
        ("materials", entry.materials, ItemMaterial),
        ("stages", entry.stages, ItemStage),
    )
    for name, asked, model in kinds:
        kept = [part_of(row) for row in getattr(stored, name).all()]
        if kept != asked:
            yield Change(BY_NAME[name].heading, cell_of(kept, model), cell_of(asked, model))


def shown(column: Column, value: Any) -> str:
    """A value as its cell has it."""
    match column.name:
        case "department":
            return value.code if value else ""
        case "guide":
            return value.identifier if value else ""
        case "kind":
            return str(ServiceItem.Kind(value).label)
        case "clock":
            return str(ItemVersion.Clock(value).label) if value else ""
    return written(value)
