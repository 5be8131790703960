"""Which cases the bureau must act in soon, and which it should have acted in."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from intranet.hall.clocks import Clocks, StageClock
from intranet.hall.models.cases import Case, CaseQuerySet, State
from intranet.organisation.working_days import WorkingCalendar

SOON_DAYS = 2
"""Working days before its due day from which a case is due soon."""


class Light(StrEnum):
    """How urgent a case is; a colour never speaks alone."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case in which somebody of the bureau must act, and by when."""

    case: Case
    stage: StageClock
    light: Light

    @property
    def on(self) -> date:
        """The earlier of the legal and the promised day."""
        return self.stage.due_on


def due_cases(cases: CaseQuerySet | None = None, today: date | None = None) -> list[DueCase]:
    """Those of the cases (all, unless said) that are overdue, due today or soon; the oldest day first.

    Paused cases, and those that wait for their applicant, wait for nobody of the bureau. In a fixed number of queries.
    """
    today = today or timezone.localdate()
    if cases is None:
        cases = Case.objects.all()
    clocks, calendar = Clocks(today), WorkingCalendar()
    found = []
    for case in _unfinished(cases):
        stage = clocks.current(case)
        if stage is None or stage.is_paused:
            continue
        if (light := _light(stage.due_on, today, calendar)) is not None:
            found.append(DueCase(case, stage, light))
    return sorted(found, key=lambda due: (due.on, due.case.pk))


def _unfinished(cases: CaseQuerySet) -> CaseQuerySet:
    waiting_for_nobody = Q(state__in=[State.NOTIFIED, State.PAUSED])
    running = cases.filter(ended_on=None, delivered_on=None).exclude(waiting_for_nobody)
    return running.with_clocks().select_related("clerk")


def _light(on: date, today: date, calendar: WorkingCalendar) -> Light | None:
    if on < today:
        return Light.OVERDUE
    if on == today:
        return Light.TODAY
    # Beyond two weeks there are always more working days between, whatever the holidays.
    is_soon = (on - today).days <= 14 and calendar.working_days_until(today, on) <= SOON_DAYS
    return Light.SOON if is_soon else None
