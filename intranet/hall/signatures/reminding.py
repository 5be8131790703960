"""Whom the day's mail tells that a refusal waits for their signature, or that nobody in office can sign it."""

from collections import defaultdict
from collections.abc import Mapping

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from intranet.access.rights import NOBODY, Right, holders_and_stand_ins
from intranet.hall.case_links import address_of
from intranet.hall.due import Light
from intranet.hall.signatures.awaited import AwaitedSignature, awaited_signatures, signers_of
from intranet.publication.reminders.parts import Line, Part


def signatures_by_person() -> Mapping[int, Part]:
    """The filings that each head, and who stands in for one, can sign: never one's own."""
    found = awaited_signatures()
    if not found:
        return {}
    held, stand_ins = holders_and_stand_ins(Right.DECIDE_CASES)
    lines: dict[int, list[Line]] = defaultdict(list)
    for one in found:
        for person in signers_of(one.filing, one.case, held, stand_ins):
            lines[person].append(_line_of(one, address_of(one.case)))
    return {person: Part(_("Refusals to sign"), each) for person, each in lines.items()}


def unsigned_by_anybody_by_person() -> Mapping[int, Part]:
    """The filings that nobody in office can sign: for the office, which fills posts and arranges absences.

    By number and item; it reads no case.
    """
    found = awaited_signatures()
    if not found:
        return {}
    held, stand_ins = holders_and_stand_ins(Right.DECIDE_CASES, Right.APPROVE_FOR_OFFICE)
    lines = [
        _line_of(one, reverse("rights:table")) for one in found if not signers_of(one.filing, one.case, held, stand_ins)
    ]
    if not lines:
        return {}
    office = NOBODY.union(*held[Right.APPROVE_FOR_OFFICE].values())
    return {person: Part(_("Refusals that nobody in office can sign"), lines) for person in office}


def _line_of(one: AwaitedSignature, path: str) -> Line:
    item, due = one.case.item, one.due
    assert due.on is not None
    name = lazy(lambda: item.name, str)()
    return Line(one.case.number, name, due.on, due.light == Light.OVERDUE, path)
