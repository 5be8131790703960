"""Whom the day's mail tells that a decision has led to no draft of its result.

A draft that is there has its own deadline, of which the desk reminds as of every draft's.
"""

from collections import defaultdict
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.rights import NOBODY, Right, holders_by_department
from intranet.hall.case_links import address_of
from intranet.hall.models.results import ResultProposal
from intranet.hall.results.standing import dues_of
from intranet.publication.reminders.parts import Line, Part


def hindered_results_by_person() -> Mapping[int, Part]:
    """The decisions without a draft, for the handlers and the head of their department; overdue ones for the office,
    too, which reads no case and is told the number alone.
    """
    found = list(ResultProposal.objects.hindered().select_related("case__item").order_by("case__decided_on", "pk"))
    if not found:
        return {}
    held = holders_by_department(Right.HANDLE_CASES, Right.DECIDE_CASES, Right.APPROVE_FOR_OFFICE)
    office = frozenset[int]().union(*held[Right.APPROVE_FOR_OFFICE].values())
    today, dues = timezone.localdate(), dues_of(proposal.case for proposal in found)
    lines: dict[int, list[Line]] = defaultdict(list)
    for proposal in found:
        due, department = dues[proposal.case_id], proposal.case.item.department_id
        if due is None:
            continue
        is_late = due.on < today
        readers = held[Right.HANDLE_CASES].get(department, NOBODY) | held[Right.DECIDE_CASES].get(department, NOBODY)
        for person in readers | (office if is_late else NOBODY):
            path = address_of(proposal.case) if person in readers else None
            note = ResultProposal.Obstacle(proposal.obstacle).label
            lines[person].append(Line(proposal.case.number, note, due.on, is_late, path))
    return {person: Part(_("Decisions without a proposed result"), each) for person, each in lines.items()}
