"""How many working days each decision took, and whether that was in time, for however many cases at once.

What `clocks` says of one case with its derivation, this says of a year's cases in numbers; the tests hold both to the
same answer.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from django.db.models import QuerySet

from intranet.hall.models import Case, Extension, ItemVersion, MaterialsNotice, Pause
from intranet.organisation.working_days import WorkingCalendar

Spans = dict[int, list[tuple[date, date]]]
NONE: list[tuple[date, date]] = []
A_DAY = timedelta(days=1)


class Spent(NamedTuple):
    """The time of one decision."""

    case: int
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
    rows_of_extensions = Extension.objects.filter(case__in=decided).values_list("case_id", "days", "given_on")
    extensions = {case: (longer, given_on) for case, longer, given_on in rows_of_extensions}
    days = _WorkingDays(min(row[2] for row in rows), max(row[4] for row in rows if row[4]))
    for pk, item, received_on, accepted_on, decided_on, clock, legal, promised in rows:
        counts_from_receipt = clock == ItemVersion.Clock.RECEIPT
        start = received_on if counts_from_receipt else accepted_on
        assert start is not None
        assert decided_on is not None
        spans = pauses.get(pk, NONE)
        if counts_from_receipt:
            spans = [*spans, *waits.get(pk, NONE)]
        longer, given_on = extensions.get(pk, (0, start))
        # A promise that was broken when the time was extended stays broken (`Clocks.decision`).
        was_kept = given_on <= start or days.counted(start, given_on - A_DAY, spans) < promised
        before = days.counted(start, decided_on - A_DAY, spans)
        yield Spent(
            case=pk,
            item=item,
            days=days.counted(start, decided_on, spans),
            in_time_by_law=before < legal + longer or decided_on <= start,
            in_time_by_promise=before < promised + (longer if was_kept else 0) or decided_on <= start,
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
        self._first = first.toordinal()
        days = (date.fromordinal(number) for number in range(self._first, last.toordinal() + 1))
        self._up_to = list(accumulate(map(calendar.is_working_day, days)))

    def counted(self, start: date, end: date, spans: list[tuple[date, date]]) -> int:
        """Working days after `start`, up to and including `end`, without those in the spans."""
        counted = self._between(start, end)
        for first, last in spans:
            counted -= self._between(max(first, start), min(last, end))
        return counted

    def _between(self, start: date, end: date) -> int:
        return max(0, self._place(end) - self._place(start))

    def _place(self, day: date) -> int:
        """How many working days there are up to the day, from the first day of the stretch on."""
        place = day.toordinal() - self._first
        return self._up_to[min(place, len(self._up_to) - 1)] if place >= 0 else 0
