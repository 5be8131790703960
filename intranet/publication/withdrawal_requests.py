"""A withdrawal that one person asks for and another decides; and the office's word on one that was made at once."""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from intranet.access.rights import NOBODY, Right, answers_for_all, is_office, may, may_decide
from intranet.access.standing_in import names_of, told_of
from intranet.disclosure.holding_matters import hold
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from intranet.publication.deciders import Deciders, Rota, departments_in_reach
from intranet.publication.models import HeadApprovalTask, WithdrawalAtOnce, WithdrawalRequest
from intranet.publication.withdrawal import WithdrawalRefused, in_the_heads_place, take_down


def reasons_against_asking(matter: MatterPage, *, by: User) -> list[str]:
    """Every reason why the person may not ask for the matter's withdrawal now."""
    reasons = [] if matter.live else [_("The matter is not live.")]
    department = matter.department
    if not (
        may(by, Right.DRAFT_MATTERS, department) or may_decide(by, Right.APPROVE_MATTERS, department) or is_office(by)
    ):
        reasons.append(
            _("Only liaison officers and heads of its department and the leading group's office ask for it.")
        )
    asked = open_request(matter)
    if asked is not None and not asked.is_outdated:
        reasons.append(_("%(person)s has asked for it already; it awaits a decision.") % {"person": asked.asked_by})
    return reasons


def open_request(matter: MatterPage) -> WithdrawalRequest | None:
    """The request for the matter's withdrawal that awaits a decision."""
    return WithdrawalRequest.objects.open().filter(matter=matter.pk).select_related("matter", "asked_by").first()


@transaction.atomic
def ask(matter: MatterPage, *, by: User, reason: str) -> WithdrawalRequest:
    """Ask for the withdrawal of the live version, which stays up until somebody else approves it.

    It takes the place of a request that was about an earlier version. Raises `WithdrawalRefused`.
    """
    locked = hold(matter)
    reasons = reasons_against_asking(locked, by=by)
    if not reason.strip():
        reasons.append(_("Give the reason; it stands at the matter's address."))
    if reasons:
        raise WithdrawalRefused(reasons)
    overtake(locked)
    asked = WithdrawalRequest.objects.create(
        matter_id=locked.pk, asked_by=by, reason=reason.strip(), version_id=locked.live_revision_id
    )
    told = {"reason": asked.reason} | in_the_heads_place(locked, by=by, own_right=Right.DRAFT_MATTERS)
    log(instance=locked, action="gongkai.withdrawal_asked", user=by, data=told)
    return asked


def overtake(matter: MatterPage) -> None:
    """Close the matter's open request without a decision: what it was about is live no more."""
    overtaken = WithdrawalRequest.objects.open().filter(matter=matter.pk)
    overtaken.update(outcome=WithdrawalRequest.Outcome.OVERTAKEN, decided_at=timezone.now())


def deciders_of_request(asked: WithdrawalRequest, rota: Rota | None = None) -> Deciders:
    """Who decides: whoever approves the department's matters, never who asked; the office where nobody else is."""
    return (rota or Rota()).deciders(HeadApprovalTask, asked.matter.department_id, frozenset({asked.asked_by_id}))


def reasons_against_deciding(asked: WithdrawalRequest, *, by: User) -> list[str]:
    """Every reason why the person may not decide on the request now."""
    if asked.outcome:
        return [_("It was decided already: %(outcome)s.") % {"outcome": asked.get_outcome_display()}]
    if asked.asked_by_id == by.pk:
        return [_("You asked for it yourself; somebody else decides.")]
    if by.pk not in deciders_of_request(asked).keys:
        return [_("This withdrawal is not yours to decide.")]
    return [] if asked.matter.live else [_("The matter is not live.")]


def reasons_against_approving(asked: WithdrawalRequest, *, by: User) -> list[str]:
    """Every reason why the person may not take the matter down for the request: it can be outdated, besides."""
    reasons = reasons_against_deciding(asked, by=by)
    if not reasons and asked.is_outdated:
        reasons.append(
            _(
                "It was asked of another version than the one that is live now, so it cannot be approved: keep the "
                "matter live, or have its withdrawal asked for anew."
            )
        )
    return reasons


@transaction.atomic
def approve_withdrawal(asked: WithdrawalRequest, *, by: User, comment: str = "") -> None:
    """Take the matter down for the reason that was given. Raises `WithdrawalRefused`."""
    matter, asked, in_place_of = _decided(asked, by, reasons_against_approving)
    _close(asked, WithdrawalRequest.Outcome.APPROVED, by, comment)
    take_down(matter, by=by, reason=asked.reason)
    told = {"reason": asked.reason, "asked_by": str(asked.asked_by), "comment_of_approval": asked.comment}
    told |= in_place_of
    log(instance=matter, action="gongkai.withdraw", user=by, data=told)


@transaction.atomic
def refuse_withdrawal(asked: WithdrawalRequest, *, by: User, comment: str) -> None:
    """Leave the matter live, with a reason for who asked. Raises `WithdrawalRefused`."""
    missing = [] if comment.strip() else [_("Say why it stays; who asked for it reads that.")]
    matter, asked, in_place_of = _decided(asked, by, reasons_against_deciding, missing)
    _close(asked, WithdrawalRequest.Outcome.REFUSED, by, comment)
    told = {"reason": asked.comment, "asked_by": str(asked.asked_by)} | in_place_of
    log(instance=matter, action="gongkai.withdrawal_refused", user=by, data=told)


def _decided(
    asked: WithdrawalRequest, by: User, against: Callable[..., list[str]], missing: Sequence[str] = ()
) -> tuple[MatterPage, WithdrawalRequest, dict[str, str]]:
    """The matter and the request, both locked, and for the log in whose place the person decides."""
    matter = hold(asked.matter)  # in the order in which `ask` and `withdraw` lock
    asked = WithdrawalRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if reasons := [*against(asked, by=by), *missing]:
        raise WithdrawalRefused(reasons)
    return matter, asked, told_of(names_of(deciders_of_request(asked).absent.get(by.pk, NOBODY)))


def _close(asked: WithdrawalRequest, outcome: str, by: User, comment: str) -> None:
    asked.outcome, asked.decided_by, asked.decided_at = outcome, by, timezone.now()
    asked.comment = comment.strip()
    asked.save(update_fields=["outcome", "decided_by", "decided_at", "comment"])


def open_requests(requests: Iterable[WithdrawalRequest] | None = None) -> list[tuple[WithdrawalRequest, Deciders]]:
    """The requests that await a decision, oldest first, each with those who decide it."""
    found = WithdrawalRequest.objects.open().filter(matter__live=True)
    rows = found.select_related("matter__department", "matter__category", "asked_by") if requests is None else requests
    rows = list(rows)
    rota = Rota() if rows else None
    return [(row, deciders_of_request(row, rota)) for row in rows]


def requests_awaiting(user: User) -> list[WithdrawalRequest]:
    """The requests that this person decides, oldest first."""
    reach = departments_in_reach(user)
    own = WithdrawalRequest.objects.open().filter(matter__live=True, matter__department__in=reach)
    rows = own.select_related("matter__department", "matter__category", "asked_by")
    return [row for row, deciders in open_requests(rows) if user.pk in deciders.keys]


def reasons_against_confirming(made: WithdrawalAtOnce, *, by: User) -> list[str]:
    """Every reason why the person may not confirm a withdrawal that was made at once."""
    if made.confirmed_at:
        return [_("%(person)s has confirmed it already.") % {"person": made.confirmed_by}]
    if not is_office(by):
        return [_("Only the leading group's office confirms a withdrawal that was made at once.")]
    return [_("You made it yourself; somebody else of the office confirms it.")] if made.by_id == by.pk else []


@transaction.atomic
def confirm(made: WithdrawalAtOnce, *, by: User, remark: str = "") -> None:
    """The office's word that a withdrawal made at once was right. Raises `WithdrawalRefused`."""
    made = WithdrawalAtOnce.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if reasons := reasons_against_confirming(made, by=by):
        raise WithdrawalRefused(reasons)
    made.confirmed_by, made.confirmed_at, made.remark = by, timezone.now(), remark.strip()
    made.save(update_fields=["confirmed_by", "confirmed_at", "remark"])
    log(instance=made.matter.specific, action="gongkai.withdrawal_confirmed", user=by, data={"reason": made.remark})


def unconfirmed(user: User) -> list[WithdrawalAtOnce]:
    """Withdrawals made at once that await the office's confirmation, oldest first; for who answers for all."""
    if not answers_for_all(user):
        return []
    rows = WithdrawalAtOnce.objects.unconfirmed()
    return list(rows.select_related("matter__department", "matter__category", "by"))
