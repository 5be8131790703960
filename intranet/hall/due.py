"""What a case awaits next, and how urgent that is: a light, always with its words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.hall.clocks import Clocks
from intranet.hall.deemed import SILENT
from intranet.hall.models.cases import Case, State

SOON_DAYS = 2
"""Working days before its due day from which a case is due soon."""
RUNNING = (*SILENT, State.ACCEPTED, State.IN_REVIEW, State.GRANTED, State.REFUSED)
"""The states in which a clock runs against the bureau."""


class Light(StrEnum):
    """How urgent a case is; a colour never speaks alone."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    IN_TIME = "in_time"
    WAITING = "waiting"
    """The applicant's move, or a pause: no clock runs against the bureau."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a case awaits next."""

    what: str
    on: date | None
    """The earlier of the legal and the promised day; None where none is set."""
    light: Light
    left: int
    """Working days after today up to that day."""

    @property
    def told(self) -> str:
        """How urgent it is, in words."""
        if self.light == Light.OVERDUE:
            return _("overdue")
        if self.light == Light.TODAY:
            return _("due today")
        if self.light == Light.WAITING:
            return ""
        return ngettext("%(days)d working day left", "%(days)d working days left", self.left) % {"days": self.left}


def awaited(case: Case, clocks: Clocks) -> Awaited | None:
    """What the case awaits; None where it has ended. Load cases `with_clocks`."""
    state = clocks.state(case)
    if state == State.NOTIFIED:
        return Awaited(_("the applicant supplements"), None, Light.WAITING, 0)
    if state == State.PAUSED:
        return Awaited(_("the clock is paused"), None, Light.WAITING, 0)
    stage = clocks.current(case)
    if stage is None:
        return None
    left = clocks.days_left(stage)
    return Awaited(stage.name, stage.due_on, light_of(stage.due_on, left, clocks.today), left)


def light_of(due_on: date, left: int, today: date) -> Light:
    """How urgent what is due on that day is, with so many working days left after today."""
    if due_on < today:
        return Light.OVERDUE
    if due_on == today:
        return Light.TODAY
    return Light.SOON if left <= SOON_DAYS else Light.IN_TIME
