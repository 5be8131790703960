"""Taking away what fees stand on: their price audit holds no more; and taking that back, where it was a mistake."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from intranet.access.rights import Right, is_office, may_decide
from intranet.audit.recording import record
from intranet.disclosure.models import MatterPage
from intranet.hall.fees.lost import Audit, audit_of, losses, losses_of, lost_on, written_down
from intranet.hall.fees.reading import Standard, standards
from intranet.hall.models.fees import LossTakenBack, LostAudit
from intranet.organisation.derivation_words import full
from intranet.organisation.models import User
from intranet.publication.withdrawal import in_the_heads_place
from intranet.refusals import Refused


class LossRefused(Refused):
    """Nothing was written down; the fee stays as it is."""


def may_take_away(user: User | AnonymousUser, matter: MatterPage) -> bool:
    """Whether the user may say that an audit of the matter's fees holds no more: the office, and who approves it."""
    return is_office(user) or may_decide(user, Right.APPROVE_MATTERS, matter.department)


def standing_on(audit: Audit, matter: MatterPage) -> list[Standard]:
    """The standards that stand on the audit, those of the matter first; none where the matter has none."""
    found = [fee for fee in standards() if audit_of(fee.row) == audit] if all(audit) else []
    found.sort(key=lambda fee: fee.matter.pk != matter.pk)
    return found if found and found[0].matter.pk == matter.pk else []


def reasons_against_day(fees: Iterable[Standard], on: date) -> list[str]:
    """Why an audit on which these fees stand cannot have been lost on the day, in words; empty where it can."""
    audited_on = min((fee["audit_on"] for fee in fees if fee["audit_on"]), default=None)
    if audited_on is None or on >= audited_on:
        return []
    return [_("The price audit is of %(day)s: it cannot be lost before that.") % {"day": full(audited_on)}]


def lose_audit(matter: MatterPage, audit: Audit, *, on: date, reason: str, by: User) -> LostAudit:
    """Write down that an audit on which fees of the matter stand holds no more from the day on.

    The board and the guides leave out from that day what stands on it, in other matters too, and nobody has to run
    anything. A new audit is a new version of each matter. Raises `LossRefused` with every reason.
    """
    fees = standing_on(audit, matter)
    reasons = []
    if not may_take_away(by, matter):
        reasons.append(_("Only the leading group's office and the department's head do this."))
    if not reason.strip():
        reasons.append(_("Say by whom the audit was withdrawn, with the number of the document."))
    if not fees:
        reasons.append(_("No fee of this matter stands on such an audit."))
    reasons += reasons_against_day(fees, on)
    if reasons:
        raise LossRefused(reasons)
    row = fees[0].row
    if lost_on(row, losses()) is not None:
        raise LossRefused([_("This was written down already.")])
    organ, number = row["audit_organ"], row["audit_number"]
    before = LostAudit.objects.filter(matter=matter, audit_organ=organ, audit_number=number)
    try:
        with transaction.atomic():
            lost = LostAudit.objects.create(
                matter=matter,
                audit_organ=organ,
                audit_number=number,
                entry=before.count(),
                lost_on=on,
                reason=reason.strip(),
                by=by,
            )
            facts = {"audit": number, "organ": organ, "on": on.isoformat(), "reason": reason.strip()}
            facts |= in_the_heads_place(matter, by=by)
            record("hall.audit_lost", thing=matter, person=by, facts=facts)
    except IntegrityError:
        raise LossRefused([_("This was written down already.")]) from None
    return lost


def may_take_back(user: User | AnonymousUser, found: Iterable[LostAudit]) -> bool:
    """Whether the user may say that these losses were written down by mistake: the office, and who wrote them down."""
    return is_office(user) or all(loss.by_id == user.pk and may_take_away(user, loss.matter) for loss in found)


def take_back_loss(fee: Standard, *, reason: str, by: User) -> list[LostAudit]:
    """Write down that the loss of the fee's audit was a mistake: what stands on it is charged as if nobody had said so.

    The loss and its taking back both stay. Raises `LossRefused` with every reason.
    """
    found = losses_of(fee.row, written_down())
    reasons = []
    if not found:
        reasons.append(_("No loss of this audit is written down."))
    if not may_take_back(by, found):
        reasons.append(_("Only the leading group's office does this, and who wrote the loss down."))
    if not reason.strip():
        reasons.append(_("Say why it was a mistake."))
    if reasons:
        raise LossRefused(reasons)
    try:
        with transaction.atomic():
            for loss in found:
                LossTakenBack.objects.create(loss=loss, reason=reason.strip(), by=by)
                facts = {"audit": loss.audit_number, "organ": loss.audit_organ, "reason": reason.strip()}
                record("hall.audit_loss_taken_back", thing=loss.matter, person=by, facts=facts)
    except IntegrityError:
        raise LossRefused([_("No loss of this audit is written down.")]) from None
    return found
