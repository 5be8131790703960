"""Fees (E9): what is charged, how much for what, on what basis, and the price audit that lets it be charged."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.disclosure.elements import Element
from intranet.disclosure.particulars.columns import Column, Kind
from intranet.disclosure.particulars.form import ROWS, Fault, Form, Row, rows_of
from intranet.in_force import days_held_twice
from intranet.organisation.derivation_words import full

AUDIT = ("audit_organ", "audit_number", "audit_on")
"""What a price audit consists of; without any of them there is none."""


class Fees(Form):
    """A row is one standard from a day to a day: when the amount changes, the old row ends and another begins."""

    code = "fees"
    label = _("Fees")
    categories = frozenset({"E9"})
    head = (
        Column("charging_unit", _("charging unit"), recurs=True),
        Column("supervision_phone", _("supervision phone"), recurs=True),
    )
    columns = (
        Column(
            "code", _("code of the fee"), recurs=True, help_text=_("The same for each of its standards, like KS-01.")
        ),
        Column("item", _("fee"), recurs=True),
        Column("amount", _("standard (CNY)"), Kind.AMOUNT, recurs=True),
        Column("unit", _("unit of calculation"), recurs=True, help_text=_("Like: per person and time.")),
        Column("relief", _("who pays less or nothing"), required=False, recurs=True),
        Column("basis", _("basis: document and article"), recurs=True),
        Column("basis_number", _("document number"), recurs=True),
        Column("audit_organ", _("price audit by"), recurs=True),
        Column("audit_number", _("number of the price audit")),
        Column("audit_on", _("date of the price audit"), Kind.DAY),
        Column(
            "audit_until",
            _("price audit valid until"),
            Kind.DAY,
            required=False,
            help_text=_("Empty where it has no end. After it the fee is shown no more."),
        ),
        Column("effective_from", _("charged from"), Kind.DAY),
        Column("effective_until", _("charged until"), Kind.DAY, required=False, help_text=_("Empty while in force.")),
        Column(
            "service_items",
            _("service items"),
            required=False,
            recurs=True,
            help_text=_("Codes of the items for which it is charged, with commas between them."),
        ),
    )
    elements = {Element.FEE_ITEMS: "item", Element.PRICE_AUDIT: "audit_number"}

    def faults(self, value: Row) -> Iterator[Fault]:
        yield from super().faults(value)
        by_code: dict[str, list[Row]] = defaultdict(list)
        for row in rows_of(value):
            by_code[code_of(row)].append(row)
            yield from _order_of_days(row)
        for code, rows in by_code.items():
            if code:
                yield from _overlaps(code, rows)


def last_day_of(row: Row) -> date | None:
    """The last day on which the row's fee is charged, by its own end and its audit's; None without end."""
    return min((end for end in (row.get("effective_until"), row.get("audit_until")) if end), default=None)


def code_of(row: Row) -> str:
    """The row's code of the fee, in half width and capitals; empty where it has none."""
    return unicodedata.normalize("NFKC", str(row.get("code") or "")).strip().upper()


def _order_of_days(row: Row) -> Iterator[Fault]:
    start, end, audited_until = (row.get(name) for name in ("effective_from", "effective_until", "audit_until"))
    said = {"fee": row.get("item") or row.get("code") or "?"}
    if start and end and end < start:
        yield Fault(ROWS, gettext("“%(fee)s” ends before it begins.") % said)
    if start and audited_until and audited_until < start:
        words = gettext("“%(fee)s”: the price audit ends before the fee is charged for the first time.")
        yield Fault(ROWS, words % said)


def _overlaps(code: str, rows: list[Row]) -> Iterator[Fault]:
    """Two standards of one fee that are charged on the same day."""
    spans = ((row["effective_from"], row.get("effective_until")) for row in rows if row.get("effective_from"))
    for day in days_held_twice(spans):
        words = gettext("Fee %(code)s has two standards on %(day)s: end the earlier one on the day before.")
        yield Fault(ROWS, words % {"code": code, "day": full(day)})


def reasons_against_audit(row: Row, day: date) -> list[str]:
    """Why the row's price audit does not carry the fee on the day, in words; empty where it does.

    Source: DOMAIN of fees: a fee without a valid price audit does not go live.
    """
    if any(not row.get(name) for name in AUDIT):
        return [gettext("It has no price audit: name who audited it, the number and the date.")]
    if row["audit_on"] > day:
        return [gettext("Its price audit is of a day that has not come.")]
    if row.get("audit_until") and row["audit_until"] < day:
        return [gettext("Its price audit was valid until %(day)s.") % {"day": full(row["audit_until"])}]
    return []


def reasons_against_charging(row: Row, day: date) -> list[str]:
    """Why the fee is not charged on the day by what its row says, in words; empty where it is."""
    reasons = reasons_against_audit(row, day)
    start, end = row.get("effective_from"), row.get("effective_until")
    if row.get("amount") is None:
        reasons.append(gettext("It does not say how much is charged."))
    if start is None:
        reasons.append(gettext("It does not say from when it is charged."))
    elif start > day:
        reasons.append(gettext("It is charged from %(day)s.") % {"day": full(start)})
    if end and end < day:
        reasons.append(gettext("It was charged until %(day)s.") % {"day": full(end)})
    return reasons
