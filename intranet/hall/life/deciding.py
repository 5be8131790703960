"""The decision: granted, or refused once the head has signed what was filed about it. It proposes its result."""

from datetime import UTC, date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.hall.decision_numbers import decision_key, reasons_against_number
from intranet.hall.life.dating_back import refuse_to_date_back
from intranet.hall.life.materials import outstanding
from intranet.hall.life.step import Step, begin
from intranet.hall.models.cases import Case, State
from intranet.hall.models.moves import Act
from intranet.hall.models.records import NegativeFiling
from intranet.hall.refusals import MoveRefused
from intranet.hall.results.proposing import propose
from intranet.organisation.models import User

NOTHING_FILED = datetime.min.replace(tzinfo=UTC)
"""Who writes has seen that nothing was filed yet."""


@transaction.atomic
def file_refusal(
    case: Case, *, by: User, basis: str, reasons: str, relief: str, seen: datetime | None = None
) -> NegativeFiling:
    """File why the case is to be refused (否定备案); written anew until the head signs it. Raises `MoveRefused`.

    `seen` is when the filing was prepared that is written anew, or `NOTHING_FILED`: no other is overwritten unread.
    """
    step = begin(case, Act.FILE, by=by)
    filing = _filing_of(step.case)
    step.refuse_where(
        seen is not None and seen != (filing.prepared_at if filing else NOTHING_FILED),
        _("Somebody filed meanwhile: read what stands there now, and file again only if yours is to replace it."),
    )
    step.refuse_where(
        filing is not None and filing.is_signed,
        _("The filing is signed; it stays as it is until the head takes the signature back."),
    )
    step.refuse_where(not basis.strip(), _("Give the legal basis: law and article."))
    step.refuse_where(not reasons.strip(), _("Give the reasons."))
    step.refuse_where(not relief.strip(), _("Say where and until when the applicant can object."))
    step.check()
    filing = filing or NegativeFiling(case=step.case)
    filing.basis, filing.reasons, filing.relief = basis.strip(), reasons.strip(), relief.strip()
    filing.prepared_by, filing.prepared_at = by, timezone.now()
    filing.save()
    step.complete()
    return filing


@transaction.atomic
def sign_refusal(case: Case, *, by: User, seen: datetime | None = None) -> NegativeFiling:
    """The head's signature, without which nothing is refused; never of who prepared it. Raises `MoveRefused`.

    `seen` is when the filing was prepared that the head has read: one that was written anew since is not signed.
    """
    step = begin(case, Act.SIGN, by=by)
    filing = _filing_of(step.case)
    if filing is None:
        step.refuse_where(True, _("Nothing was filed yet."))
    else:
        step.refuse_where(filing.is_signed, _("It is signed already."))
        step.refuse_where(
            seen is not None and seen != filing.prepared_at,
            _("The filing was written anew meanwhile: read it again, then sign."),
        )
        step.refuse_where(
            filing.prepared_by_id == by.pk,
            _("You prepared it yourself; somebody else signs it: a deputy head, or whoever stands in for you."),
        )
    step.check()
    assert filing is not None
    filing.signed_by, filing.signed_at = by, timezone.now()
    filing.save(update_fields=["signed_by", "signed_at"])
    step.complete()
    return filing


@transaction.atomic
def unsign_refusal(case: Case, *, by: User, reason: str) -> NegativeFiling:
    """Take the signature back while nothing is issued: the filing may be written anew, or the case granted.

    Who signed and who took it back stay among the moves. Raises `MoveRefused`.
    """
    step = begin(case, Act.UNSIGN, by=by, reason=reason)
    filing = _filing_of(step.case)
    if filing is None or not filing.is_signed:
        step.refuse_where(True, _("No signature is there to be taken back."))
    step.check()
    assert filing is not None
    filing.signed_by = filing.signed_at = None
    filing.save(update_fields=["signed_by", "signed_at"])
    step.complete()
    return filing


@transaction.atomic
def grant(case: Case, *, by: User, document_number: str, on: date | None = None) -> Case:
    """Decide for the applicant, by a document whose number no other decision has. Raises `MoveRefused`."""
    step = begin(case, Act.GRANT, by=by, on=on, document_number=document_number)
    step.refuse_naming(outstanding(step.case), _("Not complete yet; missing: %(names)s."))
    filing = _filing_of(step.case)
    step.refuse_where(
        filing is not None and filing.is_signed,
        _("The head has signed that it be refused; it is not granted unless the head takes the signature back."),
    )
    return _decided(step, State.GRANTED)


@transaction.atomic
def refuse(case: Case, *, by: User, document_number: str, on: date | None = None) -> Case:
    """Decide against the applicant, by a document, for the reasons that the head has signed. Raises `MoveRefused`."""
    step = begin(case, Act.REFUSE, by=by, on=on, document_number=document_number)
    filing = _filing_of(step.case)
    step.refuse_where(
        filing is None or not filing.is_signed,
        _("A refusal is filed with its basis, reasons and relief, and signed by the head, before it is issued."),
    )
    return _decided(step, State.REFUSED)


def _decided(step: Step, outcome: State) -> Case:
    case = step.case
    step.reasons += reasons_against_number(case, step.document_number)
    refuse_to_date_back(step)
    step.check()
    case.outcome, case.decided_on, case.decision_number = outcome, step.on, step.document_number
    case.decision_key = decision_key(case.item, step.document_number)
    try:
        with transaction.atomic():
            step.complete("outcome", "decided_on", "decision_number", "decision_key")
    except IntegrityError:
        # Two at the same second: the other decision has the number, and only the database knew.
        if reasons := reasons_against_number(case, step.document_number):
            raise MoveRefused(reasons) from None
        raise
    propose(case, by=step.by)
    return case


def _filing_of(case: Case) -> NegativeFiling | None:
    return NegativeFiling.objects.filter(case=case).first()
