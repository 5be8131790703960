"""What is entered of an earlier day: how far back it counts, and that it makes nothing good that is overdue by now."""

from django.utils import timezone
from django.utils.translation import ngettext

from intranet.hall.clocks import Clocks, StageClock
from intranet.hall.life.step import Step
from intranet.hall.models.cases import Case
from intranet.organisation.working_days import WorkingCalendar

ENTERED_WITHIN = 3
"""Working days within which the day of a paper counts, since papers come to the desk late."""


def decision_today(case: Case) -> StageClock | None:
    """The decision's clock as it stands today; None before acceptance."""
    return Clocks().decision(Case.objects.with_clocks().get(pk=case.pk))


def is_entered_late(step: Step) -> bool:
    """Whether the step's day lies further back than the day of a paper counts."""
    return WorkingCalendar().working_days_until(step.on, timezone.localdate()) > ENTERED_WITHIN


def refuse_to_date_back(step: Step) -> None:
    """Refuse a decision of a day within a limit that has passed by today, where nobody knew of it for long.

    A delivery is another matter: who signed for it, or its tracking number, says when it was.
    """
    today = timezone.localdate()
    clock = decision_today(step.case) if step.on < today else None
    if clock is None:
        return
    limits = [limit.on for limit in (clock.legal, clock.promised) if limit is not None]
    if not any(step.on <= limit < today for limit in limits):
        return
    words = ngettext(
        "It is overdue: the day of the document counts where it is entered within %(days)d working day, else today.",
        "It is overdue: the day of the document counts where it is entered within %(days)d working days, else today.",
        ENTERED_WITHIN,
    )
    step.refuse_where(is_entered_late(step), words % {"days": ENTERED_WITHIN})
