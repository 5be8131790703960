"""Between acceptance and decision: the review, its pauses, its one extension."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.hall.life.dating_back import ENTERED_WITHIN, decision_today, is_entered_late
from intranet.hall.life.step import Step, begin
from intranet.hall.models.cases import Case
from intranet.hall.models.moves import Act
from intranet.hall.models.records import PAUSE_AT_MOST, Extension, Pause
from intranet.organisation.models import User


@transaction.atomic
def begin_review(case: Case, *, by: User, on: date | None = None) -> Case:
    """The department takes the accepted case up. Raises `MoveRefused`."""
    return begin(case, Act.BEGIN, by=by, on=on).complete()


@transaction.atomic
def pause(
    case: Case,
    *,
    by: User,
    kind: str,
    reason: str,
    notice_number: str,
    expected_days: int,
    on: date | None = None,
) -> Pause:
    """Stop the clock for a hearing, an examination or experts; the applicant is told in writing, with the time needed.

    It begins today; or on the day of the notice, where that was a few working days ago and no limit has passed since.
    Raises `MoveRefused`. Source: Administrative Licensing Law, article 45; docs/decisions/0015.
    """
    step = begin(case, Act.PAUSE, by=by, on=on, reason=reason, document_number=notice_number)
    step.refuse_where(kind not in Pause.Kind.values, _("Say what the clock stops for."))
    step.refuse_where(
        not 1 <= expected_days <= PAUSE_AT_MOST,
        _("Say in how many working days it will be over, at most %(most)d.") % {"most": PAUSE_AT_MOST},
    )
    step.check()
    _refuse_a_day_back(step)
    made = Pause.objects.create(
        case=step.case,
        kind=kind,
        notice_number=step.document_number,
        reason=step.reason,
        expected_days=expected_days,
        began_on=step.on,
        by=by,
    )
    step.complete()
    return made


@transaction.atomic
def resume(case: Case, *, by: User, on: date | None = None) -> Case:
    """Let the clock run again from the day after. Raises `MoveRefused`."""
    step = begin(case, Act.RESUME, by=by, on=on)
    step.check()
    step.case.pauses.filter(ended_on=None).update(ended_on=step.on)
    return step.complete()


@transaction.atomic
def extend(case: Case, *, by: User, days: int, reason: str, notice_number: str, on: date | None = None) -> Extension:
    """Extend the limit of the decision: once, by the head, while it has not passed, and the applicant is told why.

    Whether it has passed is judged by today, whatever day is said. Raises `MoveRefused`.
    Source: Administrative Licensing Law, article 42: at most ten working days.
    """
    step = begin(case, Act.EXTEND, by=by, on=on, reason=reason, document_number=notice_number)
    most = step.case.version.extension_days
    given = Extension.objects.filter(case=step.case).first()
    step.refuse_where(given is not None, _("It was extended already; a limit is extended once."))
    step.refuse_where(not 1 <= days <= most, _("An extension is of one to %(most)d working days.") % {"most": most})
    step.check()
    clock = decision_today(step.case)
    step.refuse_where(
        clock is not None and clock.legal.on < timezone.localdate(),
        _("The limit has passed; what is overdue is not extended."),
    )
    step.check()
    made = Extension.objects.create(
        case=step.case,
        days=days,
        reason=step.reason,
        notice_number=step.document_number,
        given_on=step.on,
        by=by,
    )
    step.complete()
    return made


def _refuse_a_day_back(step: Step) -> None:
    """Refuse a pause of an earlier day that would bring a case back into time, or of which nobody knew for long."""
    today = timezone.localdate()
    if step.on == today:
        return
    words = ngettext(
        "A pause begins on the day of its notice where that is entered within %(days)d working day, else today.",
        "A pause begins on the day of its notice where that is entered within %(days)d working days, else today.",
        ENTERED_WITHIN,
    )
    step.refuse_where(is_entered_late(step), words % {"days": ENTERED_WITHIN})
    clock = decision_today(step.case)
    is_overdue = clock is not None and clock.due_on < today
    step.refuse_where(is_overdue, _("The case is overdue; its pause begins today."))
    step.check()
