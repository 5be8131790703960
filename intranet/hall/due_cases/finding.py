"""Which cases the bureau must act in soon, and which it should have acted in."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from intranet.hall.clocks import Clocks, StageClock
from intranet.hall.due import RUNNING, Light, light_of
from intranet.hall.models.cases import Case, CaseQuerySet
from intranet.organisation.working_days import WorkingCalendar

PRESSING = (Light.OVERDUE, Light.OVERRUN, Light.TODAY, Light.SOON)
"""The most urgent first."""


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case in which somebody of the bureau must act, and by when."""

    case: Case
    stage: StageClock
    light: Light

    @property
    def on(self) -> date:
        """The earlier of the legal and the promised day; of a pause, the day on which it was to be over."""
        return self.stage.due_on


def due_cases(
    cases: CaseQuerySet | None = None, today: date | None = None, calendar: WorkingCalendar | None = None
) -> list[DueCase]:
    """Those of the cases (all, unless said) that are overdue, due today or soon; the oldest day first.

    Cases that were paused in time, and those that wait for their applicant, wait for nobody of the bureau; a pause
    waits for somebody once it lasts longer than was told. In a fixed number of queries.
    """
    today = today or timezone.localdate()
    if cases is None:
        cases = Case.objects.all()
    clocks = Clocks(today, calendar)
    running = cases.filter(state__in=RUNNING).with_clocks(own_stages=False).select_related("clerk")
    found = []
    for case in running:
        stage = clocks.current(case)
        if stage is None:
            continue
        light = light_of(case, stage, clocks)
        if light == Light.OVERRUN:
            stage = clocks.open_pause(case) or stage
        if light in PRESSING:
            found.append(DueCase(case, stage, light))
    return sorted(found, key=lambda due: (due.on, due.case.pk))
