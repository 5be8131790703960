"""The figures of a period."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import median

from django.db.models import Count, QuerySet

from intranet.hall.average_days import average_of
from intranet.hall.figures.conditions import Period, attempts_in, conditions, notices_in, within
from intranet.hall.figures.spent import spent_on
from intranet.hall.models import Case, MaterialsNotice, RepeatedAttempt


@dataclass(slots=True)
class Figures:
    """Cases by number. Of several items they are added up, times included."""

    counts: Counter[str] = field(default_factory=Counter)
    """By the names of `conditions.LABELS`."""
    in_time_by_law: int = 0
    in_time_by_promise: int = 0
    notices: int = 0
    repeated: int = 0
    days: Counter[int] = field(default_factory=Counter)
    """How many decisions took so many working days."""

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            counts=Counter({name: self.counts[name] + other.counts[name] for name in {*self.counts, *other.counts}}),
            in_time_by_law=self.in_time_by_law + other.in_time_by_law,
            in_time_by_promise=self.in_time_by_promise + other.in_time_by_promise,
            notices=self.notices + other.notices,
            repeated=self.repeated + other.repeated,
            days=self.days + other.days,
        )

    def __bool__(self) -> bool:
        """Whether there was anything at all."""
        return any(self.counts.values()) or bool(self.notices or self.repeated)

    @property
    def balances(self) -> bool:
        """Opening and accepted are completed, withdrawn and closing. Source: DOMAIN of the hall."""
        found = self.counts
        return found["opening"] + found["accepted"] == found["completed"] + found["withdrawn"] + found["closing"]

    @property
    def average_days(self) -> Decimal | None:
        """Working days of a decision on average, as they are told; None where none was made."""
        return average_of(self.days)

    @property
    def median_days(self) -> float | None:
        """Working days that half of the decisions did not exceed; None where none was made."""
        return float(median(self.days.elements())) if self.days else None


def figures_by_item(cases: QuerySet[Case], period: Period, today: date | None = None) -> dict[int, Figures]:
    """The figures of each item that has any, among these cases, by the item's key; a fixed number of queries."""
    asked = conditions(period, today)
    found: defaultdict[int, Figures] = defaultdict(Figures)
    counted = {f"n_{name}": Count("pk", filter=condition) for name, condition in asked.items()}
    for row in cases.filter(within(period)).order_by().values("item").annotate(**counted):
        counts = Counter({name: row[f"n_{name}"] for name in asked if row[f"n_{name}"]})
        if counts:
            found[row["item"]].counts = counts
    for spent in spent_on(cases.filter(asked["completed"])):
        figures = found[spent.item]
        figures.days[spent.days] += 1
        figures.in_time_by_law += spent.in_time_by_law
        figures.in_time_by_promise += spent.in_time_by_promise
    notices = MaterialsNotice.objects.filter(notices_in(period), case__in=cases)
    for item, number in notices.order_by().values_list("case__item").annotate(Count("pk")):
        found[item].notices = number
    attempts = RepeatedAttempt.objects.filter(attempts_in(period), first__in=cases)
    for item, number in attempts.order_by().values_list("first__item").annotate(Count("pk")):
        found[item].repeated = number
    return dict(found)


def in_all(found: Mapping[int, Figures] | Iterable[Figures]) -> Figures:
    """Several items' figures as one."""
    return sum(found.values() if isinstance(found, Mapping) else found, Figures())
