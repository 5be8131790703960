"""What a case awaits next, and how urgent that is: a light, always with its words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.hall.clocks import Clocks, StageClock
from intranet.hall.deemed import SILENT
from intranet.hall.models.cases import Case, State

SOON_DAYS = 2
"""Working days before its due day from which a case is due soon."""
RUNNING = (
    *SILENT, State.NOTIFIED, State.ACCEPTED, State.IN_REVIEW, State.PAUSED, State.GRANTED, State.REFUSED
)  # fmt: skip
"""The states in which a clock runs against the bureau, or had run out before it stood still."""


class Light(StrEnum):
    """How urgent a case is; a colour never speaks alone."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    OVERRUN = "overrun"
    """A pause that lasts longer than its applicant was told: somebody must let the clock run again."""
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
    estimated: bool = False
    """The day may move yet: its year's holidays are not known."""

    @property
    def told(self) -> str:
        """How urgent it is, in words."""
        if self.light == Light.OVERDUE:
            return _("overdue")
        if self.light == Light.TODAY:
            return _("due today")
        if self.light == Light.OVERRUN:
            return _("pause over its time")
        if self.light == Light.WAITING:
            return ""
        return ngettext("%(days)d working day left", "%(days)d working days left", self.left) % {"days": self.left}


def awaited(case: Case, clocks: Clocks) -> Awaited | None:
    """What the case awaits; None where it has ended. Load cases `with_clocks`."""
    stage = clocks.current(case)
    if stage is None:
        is_notified = clocks.state(case) == State.NOTIFIED
        return Awaited(_("the applicant supplements"), None, Light.WAITING, 0) if is_notified else None
    light = light_of(case, stage, clocks)
    pause = clocks.open_pause(case)
    if light == Light.OVERRUN and pause is not None:
        return Awaited(pause.due_name, pause.due_on, light, 0, pause.due.estimated)
    if light == Light.WAITING:
        return Awaited(
            _("the clock is paused"), pause.due_on if pause else None, light, 0, bool(pause and pause.due.estimated)
        )
    return Awaited(stage.due_name, stage.due_on, light, clocks.days_left(stage), stage.due.estimated)


def was_overdue_before_its_pause(case: Case, stage: StageClock) -> bool:
    """Whether the day had passed already when the pause began that has not ended yet."""
    return any(pause.ended_on is None and stage.due_on < pause.began_on for pause in case.pauses.all())


def light_of(case: Case, stage: StageClock, clocks: Clocks) -> Light:
    """How urgent the case's current stage is.

    A pause waits for nobody up to the day that its applicant was told; it makes nothing good that was overdue.
    """
    if stage.is_paused:
        if was_overdue_before_its_pause(case, stage):
            return Light.OVERDUE
        pause = clocks.open_pause(case)
        return Light.OVERRUN if pause is not None and pause.due_on < clocks.today else Light.WAITING
    if stage.due_on < clocks.today:
        return Light.OVERDUE
    if stage.due_on == clocks.today:
        return Light.TODAY
    return Light.SOON if clocks.days_left(stage) <= SOON_DAYS else Light.IN_TIME
