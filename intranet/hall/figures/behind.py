"""The cases behind each figure, also behind those that count no cases."""

from collections.abc import Sequence

from django.db.models import QuerySet

from intranet.hall.figures.conditions import OTHER_LABELS, Period, attempts_in, conditions, notices_in
from intranet.hall.figures.spent import spent_on
from intranet.hall.models import Case, MaterialsNotice, RepeatedAttempt

OF_TIME = ("in_time_by_law", "in_time_by_promise", "average_days", "median_days")
"""Figures of the working days that decisions took."""
OF_EVENTS = ("notices", "repeated")
"""Figures of what a case may have had more than once."""


def pks_behind(figure: str, cases: QuerySet[Case], period: Period) -> Sequence[int] | QuerySet[Case, int]:
    """The keys of those of the cases that the figure counts, the newest first; it may be any that the page has.

    Behind averages are all that were completed, behind notices the cases to which they were given, behind repeated
    applications the open cases that they met.
    """
    completed = conditions(period)["completed"]
    if figure in ("in_time_by_law", "in_time_by_promise"):
        in_time = {spent.case for spent in spent_on(cases.filter(completed)) if getattr(spent, figure)}
        return [pk for pk in cases.filter(completed).values_list("pk", flat=True) if pk in in_time]
    if figure == "notices":
        behind = cases.filter(pk__in=MaterialsNotice.objects.filter(notices_in(period)).values("case"))
    elif figure == "repeated":
        behind = cases.filter(pk__in=RepeatedAttempt.objects.filter(attempts_in(period)).values("first"))
    else:
        behind = cases.filter(completed if figure in OTHER_LABELS else conditions(period)[figure])
    return behind.values_list("pk", flat=True)
