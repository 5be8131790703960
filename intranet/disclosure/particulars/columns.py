"""A column of a form: what it is called, what may stand in it, how it is shown and how it is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from intranet.disclosure.particulars.numbers import NumberBlock

LONGEST_LINE = 200
LONGEST_TEXT = 4000


class Kind(Enum):
    """What stands in a column."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    DAY = "day"
    MONTH = "month"
    """As ISO writes it: 2026-01."""
    AMOUNT = "amount"
    """CNY, two decimals."""
    QUANTITY = "quantity"
    """Two decimals of some unit."""
    COUNT = "count"
    PER_CENT = "per cent"
    SHARE = "share"
    """Per cent with one decimal; computed."""


PLACES = {Kind.AMOUNT: 2, Kind.QUANTITY: 2, Kind.COUNT: 0, Kind.PER_CENT: 0, Kind.SHARE: 1}
PERCENTAGES = (Kind.PER_CENT, Kind.SHARE)
ABSENT = "—"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. With `adds` its numbers add up to a total; with `derived` it is computed of the others, not asked.

    `identifies` marks the column that names its row; no two rows may then say the same. `recurs` marks what the next
    matter of the kind says again: the vehicles of last month, not their kilometres. `is_past` marks a day or a month
    that has come when somebody writes of it.
    """

    name: str
    label: Any
    kind: Kind = Kind.LINE
    required: bool = True
    help_text: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    adds: bool = False
    identifies: bool = False
    recurs: bool = False
    is_past: bool = False
    derived: Callable[[Mapping[str, Any]], Decimal | None] | None = None

    @property
    def is_number(self) -> bool:
        return self.kind in PLACES

    def block(self) -> blocks.Block:
        """What the editor types into."""
        common = {"label": capfirst(self.label), "required": self.required, "help_text": self.help_text}
        match self.kind:
            case Kind.TEXT:
                return blocks.TextBlock(max_length=LONGEST_TEXT, rows=3, **common)
            case Kind.CHOICE:
                return blocks.ChoiceBlock(choices=list(self.choices), **common)
            case Kind.DAY:
                return blocks.DateBlock(**common)
            case Kind.MONTH:
                wrong = {"invalid": _("Write the month like 2026-01.")}
                return blocks.RegexBlock(r"\A[0-9]{4}-(?:0[1-9]|1[0-2])\Z", error_messages=wrong, **common)
            case Kind.LINE:
                return blocks.CharBlock(max_length=LONGEST_LINE, **common)
        return NumberBlock(places=PLACES[self.kind], most=100 if self.kind in PERCENTAGES else None, **common)

    def value_in(self, row: Mapping[str, Any]) -> Any:
        """What the row has in this column, None where nothing."""
        value = self.derived(row) if self.derived else row.get(self.name)
        return None if value == "" else value

    def shown(self, value: Any) -> str:
        """The value in words for the reader; a dash where there is none."""
        if value is None:
            return ABSENT
        if isinstance(value, Decimal):
            text = f"{value:,.{PLACES.get(self.kind, 2)}f}"
            return f"{text}%" if self.kind in PERCENTAGES else text
        if isinstance(value, date):
            return date_format(value, "DATE_FORMAT")
        if self.kind is Kind.CHOICE:
            return str(dict(self.choices).get(value, value))
        return str(value)

    def written(self, value: Any) -> str:
        """The value for a machine: numbers without grouping, ISO days, empty where there is none."""
        if value is None:
            return ""
        if isinstance(value, Decimal):
            return str(round(value, PLACES.get(self.kind, 2)))
        if isinstance(value, date):
            return value.isoformat()
        return self.shown(value)


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Part of whole in per cent; None where either is not known or there is no whole."""
    if part is None or not whole:
        return None
    return part * 100 / whole
