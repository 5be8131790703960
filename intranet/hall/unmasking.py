"""Seeing an applicant's identifier or phone in full: who handles a case of theirs, for a reason, and it is logged."""

from django.db import transaction
from django.utils.translation import gettext as _

from intranet.audit.recording import record
from intranet.hall.models.cases import Case
from intranet.hall.sealing import Unreadable, unseal
from intranet.organisation.models import User
from intranet.refusals import Refused

SHOWN = ("identifier", "phone")


@transaction.atomic
def unmask(case: Case, what: str, *, by: User, reason: str) -> str:
    """The applicant's `identifier` or `phone` in full. Raises `Refused`; what is not logged is not shown."""
    reasons = []
    if not Case.objects.readable_by(by).filter(pk=case.pk).exists():
        reasons.append(_("Only who handles a case of the applicant sees this."))
    if not reason.strip():
        reasons.append(_("Give the reason; it is logged."))
    if what not in SHOWN:
        reasons.append(_("There is nothing more to see."))
    elif not getattr(case.applicant, f"{what}_sealed"):
        reasons.append(_("The applicant has given none."))
    if reasons:
        raise Refused(reasons)
    try:
        plain = unseal(getattr(case.applicant, f"{what}_sealed"))
    except Unreadable:
        raise Refused([_("It cannot be read: the key that it was encrypted with is missing.")]) from None
    record("hall.unmasked", thing=case, person=by, facts={"what": what, "reason": reason.strip()})
    return plain
