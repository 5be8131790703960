"""How many working days each decision took, and whether that was in time, for however many cases at once.

What `clocks` says of one case with its derivation, this says of a year's cases in numbers; the tests hold both to the
same answer.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from intranet.hall.models import Case, Extension, ItemVersion, MaterialsNotice, Pause
from intranet.organisation.working_days import WorkingCalendar

Spans = dict[int, list[tuple[date, date]]]


@dataclass(frozen=True, slots=True)
class Spent:
    """The time of one decision."""

    item: int
    days: int
    """Working days from the day after the start to the decision, without those that do not count."""
    in_time_by_law: bool
    in_time_by_promise: bool


def spent_on(decided: QuerySet[Case]) -> Iterator[Spent]:
    """The time of each of these cases, all of them decided; a fixed number of queries."""
    rows = list(
        decided.order_by().values_list(
            "pk", "item_id", "received_on", "accepted_on", "decided_on",
            "version__clock", "version__legal_days", "version__promised_days",
        )
    )  # fmt: skip
    if not rows:
        return
    pauses, waits = (
        _spans(Pause, decided, "began_on", "ended_on"),
        _spans(MaterialsNotice, decided, "given_on", "supplemented_on"),
    )
    extensions = dict(Extension.objects.filter(case__in=decided).values_list("case_id", "days"))
    days = _WorkingDays(min(row[2] for row in rows), max(row[4] for row in rows if row[4]))
    for pk, item, received_on, accepted_on, decided_on, clock, legal, promised in rows:
        counts_from_receipt = clock == ItemVersion.Clock.RECEIPT
        start = received_on if counts_from_receipt else accepted_on
        assert start is not None
        assert decided_on is not None
        spans = pauses[pk] + (waits[pk] if counts_from_receipt else [])
        longer = extensions.get(pk, 0)
        before = days.counted(start, decided_on - timedelta(days=1), spans)
        yield Spent(
            item=item,
            days=days.counted(start, decided_on, spans),
            in_time_by_law=before < legal + longer or decided_on <= start,
            in_time_by_promise=before < promised + longer or decided_on <= start,
        )


def _spans(model: type[Pause] | type[MaterialsNotice], decided: QuerySet[Case], first: str, last: str) -> Spans:
    found: Spans = defaultdict(list)
    ended = model._default_manager.filter(case__in=decided).exclude(**{last: None})
    for case, begun, over in ended.values_list("case_id", first, last):
        found[case].append((begun, over))
    return found


class _WorkingDays:
    """The working days of a stretch, so that counting between two days is looking up two places."""

    def __init__(self, first: date, last: date) -> None:
        calendar = WorkingCalendar()
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        self._days = [day for day in days if calendar.is_working_day(day)]

    def counted(self, start: date, end: date, spans: list[tuple[date, date]]) -> int:
        """Working days after `start`, up to and including `end`, without those in the spans."""
        left_out = sum(self._between(max(first, start), min(last, end)) for first, last in spans)
        return self._between(start, end) - left_out

    def _between(self, start: date, end: date) -> int:
        return max(0, bisect_right(self._days, end) - bisect_right(self._days, start))
