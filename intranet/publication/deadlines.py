"""The day by which a matter must be disclosed. The one place that computes it."""

from intranet.disclosure.models import MatterPage
from intranet.organisation.working_days import WorkingCalendar, WorkingDay


def due_on(matter: MatterPage, *, calendar: WorkingCalendar | None = None) -> WorkingDay | None:
    """The last day on which the matter may still be disclosed in time; None without a day of formation.

    Counts the category's working days from the day after `formed_on`; `estimated` where a year's official
    calendar is not known. Source: Regulations on Open Government Information (2019), article 26.
    """
    terms = matter.terms()
    if matter.formed_on is None or terms is None:
        return None
    return (calendar or WorkingCalendar()).working_days_after(matter.formed_on, terms.deadline_days)
