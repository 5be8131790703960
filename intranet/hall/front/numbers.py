"""The numbers on the hall's screen: of today and of this year, of the whole hall and of nobody's case."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone

from intranet.hall.figures.conditions import Period, conditions
from intranet.hall.models import Case

KEPT_SECONDS = 20
"""A screen asks again and again, and several may hang."""
TOLD = ("accepted", "completed", "closing")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Cases by number."""

    received_today: int
    accepted_today: int
    completed_today: int
    accepted_this_year: int
    completed_this_year: int
    in_hand: int


def numbers_of_today() -> Numbers:
    """Counted at most every `KEPT_SECONDS`, in one query over the cases."""
    today = timezone.localdate()
    found: Numbers | None = cache.get(_key(today))
    if found is None:
        found = _counted(today)
        cache.set(_key(today), found, KEPT_SECONDS)
    return found


def _counted(today: date) -> Numbers:
    of_today = conditions(Period(today, today), today)
    of_year = conditions(Period(date(today.year, 1, 1), today), today)
    asked = {f"{name}_today": Count("pk", filter=of_today[name]) for name in TOLD}
    asked |= {f"{name}_year": Count("pk", filter=of_year[name]) for name in TOLD}
    counted = Case.objects.aggregate(received=Count("pk", filter=Q(received_on=today)), **asked)
    return Numbers(
        received_today=counted["received"],
        accepted_today=counted["accepted_today"],
        completed_today=counted["completed_today"],
        accepted_this_year=counted["accepted_year"],
        completed_this_year=counted["completed_year"],
        in_hand=counted["closing_today"],
    )


def _key(day: date) -> str:
    return f"hall-numbers-{day.isoformat()}"
