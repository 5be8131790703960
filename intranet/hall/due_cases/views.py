"""What is due in the cases that a person reads: counted by clerk, department or item, and case by case."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from intranet.access.handling import reads_cases
from intranet.access.rights import is_office
from intranet.hall.desk.doors import person_of
from intranet.hall.due_cases.finding import PRESSING, DueCase, due_cases
from intranet.hall.models.cases import Case
from intranet.hall.told import confirm_told_anew, differing
from intranet.refusals import Refused

SHOWN = 200
"""Cases listed; how many there are in all is said."""

BY: dict[str, tuple[Any, Callable[[DueCase], str]]] = {
    "department": (_("Department"), lambda due: str(due.case.item.department)),
    "clerk": (_("Clerk"), lambda due: str(due.case.clerk)),
    "item": (_("Service item"), lambda due: due.case.item.name),
}


@dataclass(slots=True)
class Count:
    """How many cases of a clerk, a department or an item are how urgent."""

    name: str
    by_light: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PRESSING, 0))


def due(request: HttpRequest) -> HttpResponse:
    """`/admin/hall/due/`: overdue, due today, due in two working days; `by` says how they are counted."""
    if not reads_cases(request.user):
        raise PermissionDenied
    by = request.GET.get("by", "")
    by = by if by in BY else "department"
    found = due_cases(Case.objects.readable_by(request.user))
    context = {
        "by": by,
        "kinds": [(name, heading) for name, (heading, _of) in BY.items()],
        "counted_by": BY[by][0],
        "counts": counted(found, BY[by][1]),
        "rows": found[:SHOWN],
        "in_all": len(found),
    }
    return render(request, "hall/due/due.html", context)


def counted(found: Iterable[DueCase], of: Callable[[DueCase], str]) -> list[Count]:
    """How many are how urgent for each that `of` names; the most overdue first."""
    counts: dict[str, Count] = {}
    for each in found:
        name = of(each)
        counts.setdefault(name, Count(name)).by_light[each.light] += 1
    return sorted(counts.values(), key=lambda count: [-count.by_light[light] for light in PRESSING] + [count.name])


def moved(request: HttpRequest) -> HttpResponse:
    """`/admin/hall/moved/`: the days on applicants' papers that the calendar has moved since, and what to do.

    The leading group's office keeps the calendar and sees all of them, by number and item; it reads no case.
    """
    if not sees_moved(request.user):
        raise PermissionDenied
    keeps_the_calendar = is_office(request.user)
    cases = Case.objects.all() if keeps_the_calendar else Case.objects.readable_by(request.user)
    context = {
        "differences": list(differing(cases=cases)),
        "links": not keeps_the_calendar,
        "confirms": keeps_the_calendar,
    }
    return render(request, "hall/due/moved.html", context)


@require_POST
def told_anew(request: HttpRequest) -> HttpResponse:
    """`/admin/hall/moved/told/`: the office confirms that the applicant was told the day that is computed now."""
    user = person_of(request)
    if not is_office(user):
        raise PermissionDenied
    case = get_object_or_404(Case, number=request.POST.get("case", ""))
    try:
        day = parse_date(request.POST.get("day", ""))
    except ValueError:
        day = None
    if day is None:
        raise Http404
    try:
        confirm_told_anew(case, request.POST.get("limit", ""), due_on=day, by=user)
    except Refused as refused:
        refused.tell(request)
    else:
        messages.success(request, gettext("Kept: the applicant of case %(case)s was told.") % {"case": case.number})
    return redirect("hall_due:moved")


def sees_moved(user: Any) -> bool:
    """Whether the list of days that were moved is anything to the person."""
    return is_office(user) or reads_cases(user)
