"""The figures of a year as the public reads them: by department and item, small numbers hidden."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from intranet.hall.figures.conditions import Period
from intranet.hall.figures.counting import Figures, figures_by_item, in_all
from intranet.hall.looking_alike import Sum
from intranet.hall.models import Case, ServiceItem
from intranet.hall.small_numbers import FEWEST, Hidden, Told, told
from intranet.organisation.models import Department

MEASURES = ("accepted", "completed", "granted", "refused")
"""Figures of `conditions.LABELS`. Not what is in hand: together with the next year's it would tell who withdrew."""
OF_ITEMS = ("accepted", "completed")
"""Those of a single item. Refusals of one are few, and hiding them would hide most of the table with them."""
EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class OpenRow:
    """The figures of an item, a department or the whole hall."""

    counts: Mapping[str, Told]
    """By the names of `MEASURES`, or of `OF_ITEMS`."""
    average_days: Decimal | None
    """Working days of a decision, rounded; None where it is of too few cases, or would tell the time of a few."""


@dataclass(frozen=True, slots=True)
class OpenDepartment:
    """A department's row with those of its items."""

    department: Department
    row: OpenRow
    items: list[tuple[ServiceItem, OpenRow]]


@dataclass(frozen=True, slots=True)
class OpenYear:
    """The figures of a year."""

    year: int
    row: OpenRow
    departments: list[OpenDepartment]


def open_year(year: int, cases: QuerySet[Case]) -> OpenYear:
    """The public figures of these cases in the year."""
    counted = figures_by_item(cases, Period(date(year, 1, 1), date(year, 12, 31)))
    counted = {item: one for item, one in counted.items() if any(one.counts[name] for name in MEASURES)}
    items = ServiceItem.objects.filter(pk__in=counted).select_related("department")
    ordered = items.order_by("department__position", "department__code", "code")
    grouped = {department: list(some) for department, some in groupby(ordered, key=lambda item: item.department)}
    figures: dict[Hashable, Figures] = {("item", pk): one for pk, one in counted.items()}
    parts: dict[Hashable, list[Hashable]] = {EVERYTHING: [("department", one.pk) for one in grouped]}
    for department, some in grouped.items():
        key = ("department", department.pk)
        parts[key] = [("item", item.pk) for item in some]
        figures[key] = in_all(counted[item.pk] for item in some)
    figures[EVERYTHING] = in_all(counted)
    rows = _rows(figures, parts)
    departments = [
        OpenDepartment(one, rows["department", one.pk], [(item, rows["item", item.pk]) for item in some])
        for one, some in grouped.items()
    ]
    return OpenYear(year, rows[EVERYTHING], departments)


def _rows(figures: Mapping[Hashable, Figures], parts: Mapping[Hashable, list[Hashable]]) -> dict[Hashable, OpenRow]:
    names = {of: MEASURES if of in parts else OF_ITEMS for of in figures}
    numbers: dict[Hashable, int] = {(name, of): figures[of].counts[name] for of in figures for name in names[of]}
    sums = [
        Sum((name, of), tuple((name, part) for part in some))
        for of, some in parts.items()
        for name in MEASURES
        if some and name in names[some[0]]
    ]
    sums += [Sum(("completed", of), (("granted", of), ("refused", of))) for of in parts]
    found = told(numbers, sums, missed=_missed)
    return {
        of: OpenRow(
            {name: found[name, of] for name in names[of]},
            one.average_days if _may_tell_average(of, numbers, found, parts) else None,
        )
        for of, one in figures.items()
    }


def _missed(key: Any) -> int:
    """Outcomes go before what was completed, and items before departments before the whole hall."""
    name, of = key
    level = 2 if of == EVERYTHING else 1 if of[0] == "department" else 0
    return level + (3 if name in OF_ITEMS else 0)


def _may_tell_average(
    of: Hashable,
    numbers: Mapping[Hashable, int],
    found: Mapping[Hashable, Told],
    parts: Mapping[Hashable, list[Hashable]],
) -> bool:
    """An average is of enough cases that are told, and what the averages of its parts leave over is, too."""
    if isinstance(found["completed", of], Hidden) or numbers["completed", of] < FEWEST:
        return False
    left = sum(numbers["completed", part] for part in parts.get(of, ()) if isinstance(found["completed", part], Hidden))
    return left == 0 or left >= FEWEST
