"""The numbers on the hall's front page and its screen: of today and this year, of the whole hall and of nobody's case.

Both are looked at again and again, and what changes between two looks is what was done meanwhile. So they are told in
fives; the year's are those of the end of last month, and nothing is said of what is in hand, which together with them
would tell who withdrew.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone

from intranet.hall.figures.conditions import Period, conditions
from intranet.hall.models import Case
from intranet.hall.small_numbers import in_fives

KEPT_SECONDS = 600
"""So long that whoever watches the screen does not see a case come in; and several may hang."""
KEPT_SECONDS_OF_YEAR = 3600


@dataclass(frozen=True, slots=True)
class Today:
    """Cases of today, as many fives as there are in them."""

    received: int
    accepted: int
    completed: int


@dataclass(frozen=True, slots=True)
class ThisYear:
    """Cases from the beginning of the year to the end of last month, as many fives as there are in them."""

    last: date
    accepted: int
    completed: int


def numbers_of_today() -> Today:
    """Counted at most every `KEPT_SECONDS`, in one query over the cases."""
    today = timezone.localdate()
    key = f"hall-today-{today.isoformat()}"
    found: Today | None = cache.get(key)
    if found is None:
        counted = _counted(Period(today, today), received=Q(received_on=today))
        found = Today(counted["received"], counted["accepted"], counted["completed"])
        cache.set(key, found, KEPT_SECONDS)
    return found


def numbers_of_this_year() -> ThisYear | None:
    """None in January: no month of the year is over, and the year before is told by the open figures."""
    today = timezone.localdate()
    if today.month == 1:
        return None
    last = today.replace(day=1) - timedelta(days=1)
    key = f"hall-this-year-{last.isoformat()}"
    found: ThisYear | None = cache.get(key)
    if found is None:
        counted = _counted(Period(date(today.year, 1, 1), last))
        found = ThisYear(last, counted["accepted"], counted["completed"])
        cache.set(key, found, KEPT_SECONDS_OF_YEAR)
    return found


def _counted(period: Period, **others: Q) -> dict[str, int]:
    asked = conditions(period)
    wanted = {"accepted": asked["accepted"], "completed": asked["completed"], **others}
    counted = Case.objects.aggregate(**{name: Count("pk", filter=condition) for name, condition in wanted.items()})
    return {name: in_fives(number) for name, number in counted.items()}
