"""How long decisions on some items have taken, beside what is promised, as the public is told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone

from intranet.hall.average_days import average_of
from intranet.hall.figures.conditions import Period
from intranet.hall.figures.spent import spent_on
from intranet.hall.models import Case, ItemVersion, ServiceItem
from intranet.hall.small_numbers import FEWEST

KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class TimeTaken:
    """Working days of a decision."""

    period: Period
    average_days: Decimal | None
    """None where fewer than `fewest` decisions were made in the period."""
    promised: str
    """As a number, or from the shortest to the longest where the items differ; empty where none is in force."""
    fewest: int = FEWEST


def time_taken(items: Sequence[ServiceItem], today: date | None = None) -> TimeTaken:
    """Of the decisions on these items in the twelve months that were over when this one began; in January as in
    December.

    Whole months, so that nobody subtracts yesterday's average from today's, and never those of a calendar year: its
    average is in the open figures, which are told once what came late was entered.
    """
    today = today or timezone.localdate()
    began = date(today.year - 1, 12, 1) if today.month == 1 else today.replace(day=1)
    period = Period(date(began.year - 1, began.month, 1), began - timedelta(days=1))
    versions = ItemVersion.objects.in_force(today).filter(item__in=items)
    promised = sorted(set(versions.values_list("promised_days", flat=True)))
    return TimeTaken(period, _average(items, period), "–".join(map(str, dict.fromkeys(promised[:1] + promised[-1:]))))


def _average(items: Sequence[ServiceItem], period: Period) -> Decimal | None:
    key = f"hall-time-taken-{period.last.isoformat()}-{'-'.join(str(pk) for pk in sorted(item.pk for item in items))}"
    found: tuple[Decimal | None] | None = cache.get(key)
    if found is None:
        cases = Case.objects.filter(item__in=items, decided_on__range=(period.first, period.last))
        times = Counter(spent.days for spent in spent_on(cases))
        found = (average_of(times) if times.total() >= FEWEST and not _leaves_few(items, period) else None,)
        cache.set(key, found, KEPT_SECONDS)
    return found[0]


def _leaves_few(items: Sequence[ServiceItem], period: Period) -> bool:
    """Whether the average of a few decisions could be computed from this one and another guide's, of some of these."""
    decided = Case.objects.filter(item__in=items, decided_on__range=(period.first, period.last)).order_by()
    return decided.values("item").annotate(decisions=Count("pk")).filter(decisions__lt=FEWEST).exists()
