"""Whom the day's mail tells that a refusal waits for their signature."""

from collections import defaultdict
from collections.abc import Mapping

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from intranet.access.rights import Right, deciders, holders_and_stand_ins
from intranet.hall.case_links import address_of
from intranet.hall.due import Light
from intranet.hall.signatures.awaited import AwaitedSignature, awaited_signatures
from intranet.publication.reminders.parts import Line, Part


def signatures_by_person() -> Mapping[int, Part]:
    """The filings that each head, and who stands in for one, can sign: never one's own."""
    found = awaited_signatures()
    if not found:
        return {}
    held, stand_ins = holders_and_stand_ins(Right.DECIDE_CASES)
    lines: dict[int, list[Line]] = defaultdict(list)
    for one in found:
        heads = deciders(Right.DECIDE_CASES, one.case.item.department_id, held, stand_ins)
        for person in heads - {one.filing.prepared_by_id}:
            lines[person].append(_line_of(one))
    return {person: Part(_("Refusals to sign"), each) for person, each in lines.items()}


def _line_of(one: AwaitedSignature) -> Line:
    item, due = one.case.item, one.due
    assert due.on is not None
    name = lazy(lambda: item.name, str)()
    return Line(one.case.number, name, due.on, due.light == Light.OVERDUE, address_of(one.case))
