"""Which fees there are, and which of them may be charged on a day. The one place that says so."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from intranet.access.tokens import PUBLIC
from intranet.disclosure.models import MatterPage
from intranet.disclosure.particulars.fees import Fees, code_of, last_day_of, reasons_against_charging
from intranet.disclosure.particulars.form import Row, rows_of
from intranet.disclosure.particulars.forms import stored_form
from intranet.disclosure.querysets import MatterQuerySet
from intranet.hall.fees.item_codes import items_of
from intranet.hall.fees.lost import Losses, losses, lost_on, told_of_loss
from intranet.hall.models.fees import PriceComplaintPhone

AHEAD_DAYS = 30
"""Days before a fee is shown no more from which its owner is told."""
COLUMNS = frozenset(column.name for column in Fees.columns)


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard of a fee as its matter discloses it, and how it stands on the day it was asked for."""

    matter: MatterPage
    row: Row
    charging_unit: str
    supervision_phone: str
    lost_on: date | None
    """From which day on its price audit holds no more."""
    reasons: tuple[str, ...]
    """Why it is not charged on the day, in words; empty while it is."""

    @property
    def is_charged(self) -> bool:
        return not self.reasons

    @property
    def code(self) -> str:
        return code_of(self.row)

    @property
    def item(self) -> str:
        return str(self.row.get("item") or "")

    @property
    def amount(self) -> Decimal | None:
        return self.row.get("amount")

    @property
    def fen(self) -> int:
        """The amount in hundredths of a yuan."""
        return int((self.amount or 0) * 100)

    @property
    def service_items(self) -> list[str]:
        """Codes of the service items for which it is charged."""
        return items_of(self.row)

    @property
    def effective_from(self) -> date | None:
        return self.row.get("effective_from")

    @property
    def last_day(self) -> date | None:
        """The last day on which it is charged, by its own end, its audit's end and the loss of it; None without end."""
        ends = [last_day_of(self.row), _day_before(self.lost_on) if self.lost_on else None]
        return min((end for end in ends if end), default=None)

    def __getitem__(self, column: str) -> Any:
        """What stands in a column of its row; of templates, which look here first. Raises `KeyError` for no column."""
        if column not in COLUMNS:
            raise KeyError(column)
        return self.row.get(column)


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def matters_with_fees() -> MatterQuerySet:
    """The matters whose fees the public reads; a translation tells the fees of its text of record once more."""
    public = MatterPage.objects.readable_with(frozenset({PUBLIC}))
    return public.filter(category__code__in=Fees.categories, translation_of=None)


def standards(day: date | None = None, *, codes: Collection[str] = ()) -> list[Standard]:
    """Every standard that is disclosed, charged on the day (today unless said) or not, the newest of each fee first."""
    day = day or timezone.localdate()
    matters = list(matters_with_fees().select_related("department").defer("body").order_by("published_on", "pk"))
    lost = losses()
    found = [standard for matter in matters for standard in standards_of(matter, lost, day)]
    if codes:
        found = [standard for standard in found if standard.code in codes]
    return sorted(found, key=lambda one: (one.code, -(one.effective_from or date.min).toordinal()))


def charged_on(day: date | None = None) -> list[Standard]:
    """The fees that may be charged on the day (today unless said)."""
    return [standard for standard in standards(day) if standard.is_charged]


def of_items(items: Iterable[str], fees: Iterable[Standard]) -> list[Standard]:
    """Those of the fees that are for any of these service items, by their codes."""
    wanted = {code.upper() for code in items}
    return [standard for standard in fees if wanted.intersection(standard.service_items)]


def ending(day: date | None = None, *, within: int = AHEAD_DAYS) -> list[Standard]:
    """The fees charged on the day that are not charged `within` days later, the first to end first."""
    day = day or timezone.localdate()
    last = day + timedelta(days=within)
    found = [one for one in charged_on(day) if one.last_day and one.last_day < last]
    return sorted(found, key=lambda one: one.last_day or date.max)


def complaint_phone(day: date | None = None) -> str:
    """Where to complain about prices on the day (today unless said); empty where the office has entered none."""
    phone = PriceComplaintPhone.objects.in_force(day).first()
    return phone.phone if phone else ""


def standards_of(
    matter: MatterPage, lost: Losses = MappingProxyType({}), day: date | None = None
) -> Iterator[Standard]:
    """The standards in the matter's form, as they stand on the day (today unless said) by the audits that were lost."""
    day = day or timezone.localdate()
    filled = stored_form(matter)
    if filled is None or filled.form.code != Fees.code:
        return
    for row in rows_of(filled.value):
        lost_from = lost_on(row, lost)
        reasons = reasons_against_charging(row, day)
        if lost_from and lost_from <= day:
            reasons.append(told_of_loss(lost_from))
        yield Standard(
            matter=matter,
            row=row,
            charging_unit=str(filled.value.get("charging_unit") or ""),
            supervision_phone=str(filled.value.get("supervision_phone") or ""),
            lost_on=lost_from,
            reasons=tuple(reasons),
        )
