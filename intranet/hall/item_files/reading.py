"""From rows of text to what they ask for, with every fault and its cell; the database is asked for names alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.disclosure.models import GuidePage, MatterPage
from intranet.hall.item_files.cells import tidy
from intranet.hall.item_files.columns import BY_NAME, COLUMNS, OF_ITEM, OF_VERSION, Column, Of, column_called
from intranet.hall.item_files.parts import Part, parts_in
from intranet.hall.item_files.tables import MERGED, UNCOMPUTED, Rows
from intranet.hall.models import ItemMaterial, ItemStage, ItemVersion, ServiceItem
from intranet.hall.models.items import faults_of_stages
from intranet.listed import listed
from intranet.organisation.models import Department, User

COMMENT = "#"
"""A row that begins with it is an explanation."""
NO_VALUE = gettext_lazy("The spreadsheet has no value in this cell, but a formula or its error: type the value itself.")
_ERROR_VALUE = re.compile(r"#(?:N/A|[A-Z0-9/_]+[!?])")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where; without a row it is the file's, without a heading the row's."""

    row: int
    heading: str
    words: str

    def __str__(self) -> str:
        said = {"row": self.row, "column": self.heading, "words": self.words}
        if not self.row:
            return self.words
        if not self.heading:
            return _("Row %(row)d: %(words)s") % said
        return _("Row %(row)d, column “%(column)s”: %(words)s") % said


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row asks for."""

    row: int
    item: dict[str, Any]
    version: dict[str, Any]
    """Empty where the row is of an item alone."""
    materials: list[Part]
    stages: list[Part]

    @property
    def code(self) -> str:
        return self.item["code"]

    @property
    def valid_from(self) -> date:
        return self.version["valid_from"]


@dataclass(slots=True)
class Read:
    """What a file asks for. Where there is a fault, nothing of it is done."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    absent: frozenset[str] = frozenset()
    """The columns that it does not have: of these it asks for nothing, and an entry has None."""


def read_rows(rows: Rows, *, by: User | None) -> Read:
    """What the rows ask for; guides are those that the person reads, every one where nobody is named."""
    read = Read()
    columns = list(_columns(rows, read.faults))
    if read.faults:
        return read
    read.absent = frozenset(BY_NAME) - {column.name for _place, column in columns}
    reader = _Reader(by, read.absent)
    for number, cells in enumerate(rows[1:], start=2):
        if any(cells) and not _is_comment(cells[0]):
            texts = {column.name: cells[place] if place < len(cells) else "" for place, column in columns}
            entry, faults = reader.entry(number, texts)
            read.faults += faults
            if entry is not None:
                read.entries.append(entry)
    twofold = list(_duplicates(read.entries))
    rows_apart = {fault.row for fault in twofold}
    read.entries = [entry for entry in read.entries if entry.row not in rows_apart]
    read.faults += twofold
    if not read.entries and not read.faults:
        read.faults.append(Fault(0, "", _("No row says anything.")))
    return read


def _columns(rows: Rows, faults: list[Fault]) -> Iterator[tuple[int, Column]]:
    """The place of each column; headings that are none, twice or missing are faults of the first row."""
    seen: set[str] = set()
    for place, heading in enumerate(rows[0] if rows else []):
        column = column_called(heading) if heading not in (MERGED, UNCOMPUTED) else None
        if heading == MERGED:
            faults.append(Fault(1, "", _("Headings are in merged cells: divide them.")))
        elif heading == UNCOMPUTED:
            faults.append(Fault(1, "", str(NO_VALUE)))
        elif heading and column is None:
            faults.append(Fault(1, "", _("“%(heading)s” is no column of this list.") % {"heading": heading[:60]}))
        elif column is not None and column.name in seen:
            faults.append(Fault(1, "", _("“%(heading)s” stands twice.") % {"heading": heading[:60]}))
        elif column is not None:
            seen.add(column.name)
            yield place, column
    missing = [column.heading for column in COLUMNS if column.is_required and column.name not in seen]
    if missing:
        words = _("These columns are missing: %(names)s. Begin with the template.")
        faults.append(Fault(1, "", words % {"names": listed(missing)}))


def _is_comment(cell: str) -> bool:
    """Whether the row that begins with the cell is for people alone; a spreadsheet's own errors begin with #, too."""
    return cell.startswith(COMMENT) and not _ERROR_VALUE.fullmatch(cell)


class _Reader:
    """Reads rows; departments and guides are fetched once."""

    def __init__(self, by: User | None, absent: frozenset[str]) -> None:
        self._absent = absent
        departments = list(Department.objects.all())
        self._departments = {one.name_zh: one for one in departments} | {one.code: one for one in departments}
        self._by = by
        self._guides: dict[tuple[str, str], GuidePage | None] = {}

    def entry(self, row: int, texts: dict[str, str]) -> tuple[Entry | None, list[Fault]]:
        """What the row asks for; None where anything of it is wrong."""
        faults: list[Fault] = []
        of_item = not any(texts.get(column.name) for column in COLUMNS if column.of is not Of.ITEM)
        item = self._values(row, OF_ITEM, texts, faults)
        version = {} if of_item else self._values(row, OF_VERSION, texts, faults)
        parts = {}
        for name, model in (("materials", ItemMaterial), ("stages", ItemStage)):
            parts[name] = self._read(row, BY_NAME[name], texts.get(name, ""), faults, lambda t, m=model: parts_in(t, m))
        wrong = {fault.heading for fault in faults}
        faults += self._faults_of(row, ServiceItem, OF_ITEM, item, {"department", "guide"}, wrong)
        if version:
            faults += self._faults_of(row, ItemVersion, OF_VERSION, version, {"item"}, wrong)
            faults += faults_of_limits(row, version, parts["stages"])
        if faults:
            return None, faults
        return Entry(row, item, version, parts["materials"], parts["stages"]), []

    def _values(
        self, row: int, columns: tuple[Column, ...], texts: dict[str, str], faults: list[Fault]
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for column in columns:
            if column.name in self._absent:
                found[column.name] = None
                continue
            text = texts.get(column.name, "")
            if not text and column.is_required:
                faults.append(Fault(row, column.heading, _("This cell is empty.")))
            read = {"department": self._department, "guide": lambda t: self._guide(t, texts.get("code", ""))}
            found[column.name] = self._read(row, column, text, faults, read.get(column.name, column.read))
        return found

    def _read(self, row: int, column: Column, text: str, faults: list[Fault], read: Any) -> Any:
        if text == MERGED:
            faults.append(
                Fault(row, column.heading, _("The cell is merged with others: divide them, and fill in each."))
            )
            return column.default
        if text == UNCOMPUTED or _ERROR_VALUE.fullmatch(text):
            faults.append(Fault(row, column.heading, str(NO_VALUE)))
            return column.default
        if not text:
            return {Of.MATERIALS: [], Of.STAGES: []}.get(column.of, column.default)
        try:
            return read(text)
        except ValidationError as error:
            faults += [Fault(row, column.heading, words) for words in error.messages]
            return column.default

    def _faults_of(
        self,
        row: int,
        model: Any,
        columns: tuple[Column, ...],
        values: dict[str, Any],
        apart: set[str],
        wrong: set[str],
    ) -> Iterator[Fault]:
        """What the model has against the values besides what is known to be wrong; order is told apart."""
        made = model(**{name: value for name, value in values.items() if name not in apart and value not in ("", None)})
        try:
            made.full_clean(exclude=apart, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            for name, some in error.message_dict.items():
                heading = BY_NAME[name].heading if name in BY_NAME else ""
                if heading not in wrong:
                    yield from (Fault(row, heading, words) for words in some)

    def _department(self, text: str) -> Department:
        if found := self._departments.get(text):
            return found
        raise ValidationError(_("There is no department with the code or the name “%(said)s”.") % {"said": text[:60]})

    def _guide(self, text: str, code: str) -> GuidePage:
        """The guide with this identifier, if the person reads it or the item has it already."""
        if (text, code) not in self._guides:
            guides = GuidePage.objects.filter(identifier=text)
            if self._by is not None:
                readable = MatterPage.objects.readable_by(self._by).order_by().values("pk")
                guides = guides.filter(pk__in=readable) | guides.filter(service_items__code=code)
            self._guides[text, code] = guides.first()
        if found := self._guides[text, code]:
            return found
        raise ValidationError(_("There is no guide with the identifier “%(said)s”.") % {"said": text[:60]})


def faults_of_limits(row: int, version: dict[str, Any], stages: list[Part]) -> Iterator[Fault]:
    """What is wrong between the version's days, as far as they are known, and with the stages within them."""
    yield from _order(row, version)
    yield from _stages(row, version, stages)


def _order(row: int, version: dict[str, Any]) -> Iterator[Fault]:
    """Promises longer than the law's limit, and ends before the beginning, in the words of the model's own rules."""
    said = {one.name: str(one.violation_error_message) for one in ItemVersion._meta.constraints}
    if version["promised_days"] and version["legal_days"] and version["promised_days"] > version["legal_days"]:
        yield Fault(row, BY_NAME["promised_days"].heading, said["item_promise_is_not_longer"])
    if version["valid_from"] and version["valid_to"] and version["valid_to"] < version["valid_from"]:
        yield Fault(row, BY_NAME["valid_to"].heading, said["item_version_ends_after_it_starts"])


def _stages(row: int, version: dict[str, Any], stages: list[Part]) -> Iterator[Fault]:
    """Stages that take longer than the version's limits."""
    limits = {name: version[name] for name in ("legal_days", "promised_days")}
    if all(limits.values()):
        for words in faults_of_stages(stages, **limits):
            yield Fault(row, BY_NAME["stages"].heading, words)


def _duplicates(entries: list[Entry]) -> Iterator[Fault]:
    """Rows that ask for the same version twice, and rows of one item that say different things of it."""
    first: dict[str, Entry] = {}
    seen: dict[tuple[str, Any], Entry] = {}
    for entry in entries:
        earlier = first.setdefault(entry.code, entry)
        for column in OF_ITEM:
            if entry.item[column.name] != earlier.item[column.name]:
                words = _("The item says something else in row %(row)d.") % {"row": earlier.row}
                yield Fault(entry.row, column.heading, words)
        same = seen.setdefault((entry.code, entry.version.get("valid_from")), entry)
        if same is not entry:
            words = _("The same item from the same day is in row %(row)d.") % {"row": same.row}
            yield Fault(entry.row, BY_NAME["valid_from"].heading, words)


def plain(value: Any) -> Any:
    """A stored value as a cell would have it, to be compared."""
    return tidy(value) if isinstance(value, str) else value
