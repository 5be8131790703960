"""How a case ends: delivered and closed, or withdrawn by its applicant before the decision."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from intranet.hall.life.step import begin
from intranet.hall.models.cases import Case
from intranet.hall.models.moves import Act
from intranet.organisation.models import User


@transaction.atomic
def deliver(case: Case, *, by: User, manner: str, evidence: str, on: date | None = None) -> Case:
    """Deliver the decision: against a signature, or with a tracking number. Raises `MoveRefused`.

    Source: Administrative Licensing Law, article 44: within ten working days of the decision.
    """
    step = begin(case, Act.DELIVER, by=by, on=on)
    step.refuse_where(manner not in Case.Delivery.values, _("Say how it was delivered."))
    step.refuse_where(not evidence.strip(), _("Say who signed, or give the tracking number."))
    step.case.delivered_on, step.case.delivered_by = step.on, manner
    step.case.delivery_evidence = evidence.strip()
    return step.complete("delivered_on", "delivered_by", "delivery_evidence")


@transaction.atomic
def close(case: Case, *, by: User, on: date | None = None) -> Case:
    """Put the delivered case away. Raises `MoveRefused`."""
    step = begin(case, Act.CLOSE, by=by, on=on)
    step.case.ended_on = step.on
    return step.complete("ended_on")


@transaction.atomic
def withdraw(case: Case, *, by: User, reason: str, on: date | None = None) -> Case:
    """End the case because its applicant wishes so, in writing, before the decision. Raises `MoveRefused`."""
    step = begin(case, Act.WITHDRAW, by=by, on=on, reason=reason)
    step.case.ended_on = step.on
    step.check()
    step.case.pauses.filter(ended_on=None).update(ended_on=step.on)
    return step.complete("ended_on")
