"""Acceptance by silence: an application of which nothing was said in five working days is accepted.

Nothing has to run for it to be so. It follows from the day, the calendar and what is in the case; whoever asks, asks
here. The next move of such a case writes it down (`life/step.py`).

Source: Administrative Licensing Law (2003, 2019), article 32, paragraph 1, number 4. docs/decisions/0015.
"""

from datetime import date, timedelta

from django.db.models import Q

from intranet.hall.models.cases import Case, State
from intranet.hall.models.items import ItemVersion
from intranet.organisation.working_days import WorkingCalendar

SILENT = (State.RECEIVED, State.SUPPLEMENTED)
"""The states in which the applicant awaits a word of the hall."""


def notice_due_on(case: Case, calendar: WorkingCalendar | None = None) -> date:
    """The last day on which the applicant may be told what is missing."""
    return notice_due_after(case.materials_on, case.version, calendar)


def notice_due_after(materials_on: date, version: ItemVersion, calendar: WorkingCalendar | None = None) -> date:
    """The same of an application of which there is no case yet, by the day on which it came in."""
    return (calendar or WorkingCalendar()).working_days_after(materials_on, version.notice_days).on


def deemed_accepted_on(case: Case, today: date, calendar: WorkingCalendar | None = None) -> date | None:
    """The day of receipt as of which the case is accepted by silence; None where it is not, or not yet.

    True from the day after the last one for a notice. Of a supplemented case it is the day of the supplement.
    """
    if case.state not in SILENT:
        return case.accepted_on if case.is_deemed_accepted else None
    return case.materials_on if notice_due_on(case, calendar) < today else None


def state_on(case: Case, today: date, calendar: WorkingCalendar | None = None) -> State:
    """Where the case stands on the day, acceptance by silence included."""
    silent = case.state in SILENT and deemed_accepted_on(case, today, calendar) is not None
    return State.ACCEPTED if silent else State(case.state)


def deemed_q(today: date, calendar: WorkingCalendar | None = None) -> Q:
    """The condition of cases that are accepted by silence on the day and of which no move says so yet.

    The calendar is not the database's: for each term that versions give, it is asked up to which day of receipt the
    term is over. That is exact, because a later receipt is never due earlier.
    """
    calendar = calendar or WorkingCalendar()
    found = Q(pk__in=[])
    for days in ItemVersion.objects.order_by().values_list("notice_days", flat=True).distinct():
        found |= Q(version__notice_days=days, materials_on__lte=last_receipt_overdue(today, days, calendar))
    return Q(state__in=SILENT) & found


def last_receipt_overdue(today: date, days: int, calendar: WorkingCalendar) -> date:
    """The last day such that so many working days after it all lie before today."""
    day, left = today, days
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working_day(day)
    return day - timedelta(days=1)
