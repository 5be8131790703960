"""Whom the day's mail tells that a fee will be shown no more."""

from collections import defaultdict
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.access.rights import Right, holders_by_department
from intranet.hall.fees.reading import ending
from intranet.publication.reminders.parts import Line, Part


def fees_by_person() -> Mapping[int, Part]:
    """The fees that end soon, for each person who drafts in the department that disclosed them."""
    found = ending()
    drafting = holders_by_department(Right.DRAFT_MATTERS)[Right.DRAFT_MATTERS] if found else {}
    lines: dict[int, list[Line]] = defaultdict(list)
    for fee in found:
        assert fee.last_day is not None  # else it does not end
        line = Line(
            title=f"{fee.code} {fee.item}",
            note=_("Shown no more after this day: disclose it anew with a price audit, or let it end."),
            on=fee.last_day,
            is_late=False,
            path=reverse("hall_fees:list"),
        )
        for person in drafting.get(fee.matter.department_id, ()):
            lines[person].append(line)
    return {person: Part(_("Fees that end"), each) for person, each in lines.items()}
