"""Which years the public is told, and that a year is told once: what is counted later does not move it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from intranet.audit.recording import record
from intranet.hall.models import Case, ServiceItem, ToldYear
from intranet.hall.open_figures.reading import OpenDepartment, OpenRow, OpenYear, open_year
from intranet.hall.small_numbers import Hidden
from intranet.organisation.models import Department

KEPT_SECONDS = 3600
NAMES = ("code", "name_zh", "name_bo", "name_en")
"""By which a department or an item that was deleted is still told."""
MONTH_OF_TELLING = 2
"""The month of the next year from whose first day on a year is told."""


def open_years(today: date | None = None) -> list[int]:
    """The years that are told and in which a case was accepted or decided on, the newest first.

    A year is told from the first of February after it: what came by post in its last days is entered by then.

    Looked for at most every `KEPT_SECONDS`: all cases are gone through for it.
    """
    years: list[int] = cache.get_or_set("hall-open-years", _years, KEPT_SECONDS) or []
    today = today or timezone.localdate()
    return [year for year in years if today >= date(year + 1, MONTH_OF_TELLING, 1)]


def _years() -> list[int]:
    days = {*Case.objects.dates("accepted_on", "year"), *Case.objects.dates("decided_on", "year")}
    return sorted({day.year for day in days}, reverse=True)


def open_figures(year: int) -> OpenYear:
    """The public figures of a year of `open_years`, as they were when they were first told.

    A case that is entered or corrected later does not move them: from two tables of one year it could be computed.
    """
    return _as_told(ToldYear.objects.filter(year=year).first() or _told_now(year))


def tell_anew(year: int) -> None:
    """Let a year be counted once more when it is next asked for. Raises `ToldYear.DoesNotExist` where it was not told.

    For cases of long ago that were entered all at once. Who kept the former table can compute what was added.
    """
    former = ToldYear.objects.get(year=year)
    former.delete()
    record("hall.year_told_anew", facts={"year": year, "told_since": former.told_on.isoformat()})


def _told_now(year: int) -> ToldYear:
    figures = _kept(open_year(year, Case.objects.all()))
    return ToldYear.objects.get_or_create(year=year, defaults={"figures": figures})[0]


def _kept(found: OpenYear) -> dict[str, Any]:
    return {
        "all": _kept_row(found.row),
        "departments": [
            {
                "department": one.department.pk,
                "names": _names(one.department),
                "all": _kept_row(one.row),
                "items": [{"item": item.pk, "names": _names(item), "all": _kept_row(row)} for item, row in one.items],
            }
            for one in found.departments
        ],
    }


def _names(one: Department | ServiceItem) -> dict[str, str]:
    return {name: getattr(one, name) for name in NAMES}


def _kept_row(row: OpenRow) -> dict[str, Any]:
    counts = {name: count.value if isinstance(count, Hidden) else count for name, count in row.counts.items()}
    return {"counts": counts, "average_days": None if row.average_days is None else str(row.average_days)}


def _as_told(told_year: ToldYear) -> OpenYear:
    kept: dict[str, Any] = told_year.figures
    departments = Department.objects.in_bulk([one["department"] for one in kept["departments"]])
    items = ServiceItem.objects.in_bulk([each["item"] for one in kept["departments"] for each in one["items"]])
    return OpenYear(
        told_year.year,
        _row(kept["all"]),
        [
            OpenDepartment(
                departments.get(one["department"]) or Department(**one["names"]),
                _row(one["all"]),
                [(items.get(each["item"]) or ServiceItem(**each["names"]), _row(each["all"])) for each in one["items"]],
            )
            for one in kept["departments"]
        ],
    )


def _row(kept: Mapping[str, Any]) -> OpenRow:
    average = kept["average_days"]
    counts = {name: count if isinstance(count, int) else Hidden(count) for name, count in kept["counts"].items()}
    return OpenRow(counts, None if average is None else Decimal(average))
