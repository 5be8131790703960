"""Whom the day's mail reminds of cases and of questions at the window."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from intranet.access.rights import NOBODY, Right, deciders, holders_and_stand_ins, holders_by_department
from intranet.hall.case_links import address_of
from intranet.hall.clocks import StageClock
from intranet.hall.deemed import SILENT
from intranet.hall.due import SOON_DAYS, Light
from intranet.hall.due_cases.finding import DueCase, due_cases
from intranet.hall.models.inquiries import Inquiry
from intranet.hall.models.items import ItemVersion
from intranet.hall.models.records import ToldDay
from intranet.organisation.models import Department
from intranet.organisation.working_days import WorkingCalendar
from intranet.publication.reminders.parts import Line, Part

OF_THE_CLERK = (ToldDay.Limit.NOTICE, ToldDay.Limit.DELIVERY)
"""What the receiving clerk does."""
LATE = (Light.OVERDUE, Light.OVERRUN)


def cases_by_person() -> Mapping[int, Part]:
    """The cases that each person is reminded of today.

    A notice and a delivery are the receiving clerk's, or the department's handlers' where the clerk does not handle the
    case any more; a decision, and a pause that lasts too long, is the handlers' of the item's department. What is late
    its head hears of, too, and who stands in for the head. A notice or a delivery that is left by both is the hall's.
    What nobody in office hears of the leading group's office is told, which fills posts: by number and item.
    """
    held, stand_ins = holders_and_stand_ins(Right.HANDLE_CASES, Right.DECIDE_CASES, Right.APPROVE_FOR_OFFICE)
    handling, found = held[Right.HANDLE_CASES], due_cases()
    halls = Department.objects.halls().values_list("pk", flat=True) if found else ()
    of_the_hall = frozenset[int]().union(*(handling.get(hall, NOBODY) for hall in halls))
    lines: dict[int, list[Line]] = defaultdict(list)
    left: list[Line] = []
    for due in found:
        department = due.case.item.department_id
        handlers = frozenset(handling.get(department, NOBODY))
        clerk = {due.case.clerk_id} & (handlers | of_the_hall)
        people = set(handlers)
        if due.stage.limit in OF_THE_CLERK:
            people = clerk or people or set(of_the_hall)
        if due.case.state in SILENT and due.case.version.clock == ItemVersion.Clock.RECEIPT:
            people |= clerk  # the word that comes before the decision is the clerk's
        if due.light in LATE:
            people |= deciders(Right.DECIDE_CASES, department, held, stand_ins)
        for person in people:
            lines[person].append(_line_of(due, address_of(due.case)))
        if not people:
            left.append(_line_of(due, reverse("rights:table")))
    parts = {person: Part(_("Cases at the hall"), each) for person, each in lines.items()}
    if left:
        office = NOBODY.union(*held[Right.APPROVE_FOR_OFFICE].values()) - parts.keys()
        parts |= {person: Part(_("Cases that nobody in office handles"), left) for person in office}
    return parts


def questions_by_person() -> Mapping[int, Part]:
    """The questions at the window that each person is to answer soon or late, or to take or decline.

    One that was left by who handles cases no more is its department's handlers' to answer.
    """
    found = list(Inquiry.objects.unanswered().order_by("asked_on", "pk"))
    if not found:
        return {}
    handling = holders_by_department(Right.HANDLE_CASES)[Right.HANDLE_CASES]
    everybody = frozenset[int]().union(*handling.values())
    today, calendar = timezone.localdate(), WorkingCalendar()
    lines: dict[int, list[tuple[date, Line]]] = defaultdict(list)
    for inquiry in found:
        on = inquiry.due_on(calendar)
        line = Line(
            title=inquiry.number,
            note=inquiry.State(inquiry.state).label,
            on=on,
            is_late=on < today,
            path=reverse("hall_registers:inquiry", args=[inquiry.pk]),
        )
        if on <= today or calendar.working_days_until(today, on) <= SOON_DAYS:
            owns = {inquiry.owner_id} & everybody or handling.get(inquiry.department_id, NOBODY)
            for person in owns:
                lines[person].append((on, line))
        if inquiry.offered_to_id in everybody:
            lines[inquiry.offered_to_id].append((on, line))
    return {person: Part(_("Questions at the window"), _oldest_first(each)) for person, each in lines.items()}


def _oldest_first(lines: Iterable[tuple[date, Line]]) -> list[Line]:
    return [line for _on, line in sorted(lines, key=lambda pair: (pair[0], pair[1].title))]


def _line_of(due: DueCase, path: str) -> Line:
    item, stage = due.case.item, due.stage
    note = lazy(lambda: f"{item.name}, {stage.due_name}{_provisional(stage)}", str)()
    return Line(due.case.number, note, due.on, due.light in LATE, path)


def _provisional(stage: StageClock) -> str:
    return f", {pgettext('deadline', 'provisional')}" if stage.due.estimated else ""
