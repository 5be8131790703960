"""Taking away what a fee stands on: its price audit holds no more."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from intranet.access.rights import Right, is_office, may_decide
from intranet.audit.recording import record
from intranet.disclosure.models import MatterPage
from intranet.hall.fees.reading import standards
from intranet.hall.models.fees import LostAudit
from intranet.organisation.models import User
from intranet.refusals import Refused


class LossRefused(Refused):
    """Nothing was written down; the fee stays as it is."""


def may_take_away(user: User | AnonymousUser, matter: MatterPage) -> bool:
    """Whether the user may say that an audit of the matter's fees holds no more: the office, and who approves it."""
    return is_office(user) or may_decide(user, Right.APPROVE_MATTERS, matter.department)


def lose_audit(matter: MatterPage, audit_number: str, *, on: date, reason: str, by: User) -> LostAudit:
    """Write down that the audit with this number holds no more from the day on.

    The board and the guides leave its fees out from that day, and nobody has to run anything. It is not undone: a new
    audit is a new version of the matter. Raises `LossRefused` with every reason.
    """
    reasons = []
    if not may_take_away(by, matter):
        reasons.append(_("Only the leading group's office and the department's head do this."))
    if not reason.strip():
        reasons.append(_("Say by whom the audit was withdrawn, with the number of the document."))
    if not any(one["audit_number"] == audit_number for one in standards(on) if one.matter.pk == matter.pk):
        reasons.append(_("No fee of this matter stands on such an audit."))
    if reasons:
        raise LossRefused(reasons)
    try:
        with transaction.atomic():
            lost = LostAudit.objects.create(
                matter=matter, audit_number=audit_number, lost_on=on, reason=reason.strip(), by=by
            )
            facts = {"audit": audit_number, "on": on.isoformat(), "reason": reason.strip()}
            record("hall.audit_lost", thing=matter, person=by, facts=facts)
    except IntegrityError:
        raise LossRefused([_("This was written down already.")]) from None
    return lost
