"""Deciding a step: approve, return with a comment, reject with a reason."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState

from intranet.disclosure.models import Ending, MatterPage
from intranet.organisation.models import Delegation, User
from intranet.publication.authorship import authors_of_each
from intranet.publication.deciders import earlier_approvers, find_deciders
from intranet.publication.models import MatterTaskState, SecrecyReviewTask
from intranet.publication.release import is_owed
from intranet.publication.secrecy.concluding import Conclusion, keep, reasons_against_conclusion
from intranet.publication.withdrawal import take_down
from intranet.refusals import Refused


class ApprovalRefused(Refused):
    """The decision was not made; `reasons` say why, in words for the person who tried. Nothing has changed."""


def current_step(matter: MatterPage) -> MatterTaskState | None:
    """The step that awaits a decision; None while the matter is under no review."""
    state = matter.current_workflow_task_state
    return state.specific if state is not None else None


def reasons_against_decision(state: MatterTaskState, *, by: User | AnonymousUser | None) -> list[str]:
    """Every reason why the person may not decide the step now, empty if they may."""
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return [already_decided(state)]
    reasons = reasons_against_person(state, by=by)
    if not reasons and (other := in_other_hands(state, by=by)):
        moment = date_format(localtime(state.claimed_at), "DATETIME_FORMAT") if state.claimed_at else ""
        words = _("%(person)s has this step in hand since %(moment)s: take it over first.")
        reasons.append(words % {"person": other, "moment": moment})
    if isinstance(by, User) and state.matter.latest_revision_id != state.revision_id:
        reasons.append(_("The draft was changed after it was submitted; it has to be submitted again."))
    return reasons


def reasons_against_person(state: MatterTaskState, *, by: User | AnonymousUser | None) -> list[str]:
    """Why this person is not among those who decide the step, whatever has become of it."""
    if not isinstance(by, User) or not by.is_active:
        return [_("A decision is made by a person who has signed in.")]
    matter = state.matter
    if by.pk in find_deciders(state.task.specific, matter).keys:
        return []
    if by.pk in authors_of_each([matter])[matter.pk]:
        return [_("You wrote part of this draft; nobody decides on their own draft.")]
    if by.pk in earlier_approvers(state.task, matter):
        return [_("You approved an earlier step of this version; each step is another person's.")]
    return [_("This step (%(step)s) is not yours to decide.") % {"step": state.step_name}]


def in_other_hands(state: MatterTaskState, *, by: User | AnonymousUser | None) -> User | None:
    """Who else has the step in hand and could still decide it."""
    if state.claimed_by is None or state.claimed_by == by:
        return None
    return state.claimed_by if not reasons_against_person(state, by=state.claimed_by) else None


def already_decided(state: TaskState) -> str:
    """What the first of two people did, for the second."""
    person = state.finished_by or _("the system")
    moment = date_format(localtime(state.finished_at), "DATETIME_FORMAT") if state.finished_at else ""
    words = {
        TaskState.STATUS_APPROVED: _("%(person)s already approved this step on %(moment)s."),
        TaskState.STATUS_REJECTED: _("%(person)s already returned the matter on %(moment)s."),
    }
    return words.get(state.status, _("This step is over: it was cancelled on %(moment)s.")) % {
        "person": person,
        "moment": moment,
    }


def require_decision(state: MatterTaskState, *, by: User | None, comment: str | None = None) -> None:
    """Lock the step and raise `ApprovalRefused` with every reason against deciding it.

    `comment` is what goes back to the author, None for an approval. Called inside the decision's transaction.
    """
    locked = state.locked()
    state.status, state.finished_at, state.finished_by = locked.status, locked.finished_at, locked.finished_by
    reasons = reasons_against_decision(locked, by=by)
    if comment is not None and not comment.strip():
        reasons.append(_("Say what has to change, so that the author can act on it."))
    if reasons:
        raise ApprovalRefused(reasons)
    _keep_in_whose_place(state, by=by)


def _keep_in_whose_place(state: MatterTaskState, *, by: User | None) -> None:
    """Who decides by a delegation does so in the own name, and it is kept for whom."""
    state.acting_for = None
    if by is None or not Delegation.objects.in_force().filter(delegate=by).exists():
        return
    matter = state.matter
    absent = find_deciders(state.task.specific, matter).absent.get(by.pk)
    state.acting_for = User.objects.filter(pk__in=absent).order_by("pk").first() if absent else None
    if state.acting_for is not None:
        told = {"for": str(state.acting_for), "step": state.task.name}
        log(instance=matter, action="gongkai.stand_in", user=by, data=told, revision=state.revision)


@transaction.atomic
def approve(matter: MatterPage, *, by: User, comment: str = "") -> None:
    """Approve the matter's current step; the last step makes it live, or sets its moment.

    A secrecy review so approved concludes that the matter may be disclosed as it is. Raises `ApprovalRefused` or
    `PublicationRefused` with every reason. Nothing has changed then.
    """
    _step(matter).approve(user=by, comment=comment)


@transaction.atomic
def clear(matter: MatterPage, *, by: User, reason: str, basis: str = "", third_party: str = "") -> None:
    """Conclude the secrecy review: it may be disclosed as it is.

    `third_party` says why, where the basis is a third party's secret or privacy: who is asked consented, or the public
    interest outweighs. Source: Regulations on Open Government Information (2019), article 15. Raises like `approve`.
    """
    state = _step(matter)
    if missing := reasons_against_conclusion(Conclusion.OPEN, basis, third_party):
        raise ApprovalRefused(missing)
    state.basis, state.third_party = basis, third_party if basis else ""
    state.approve(user=by, comment=reason)


@transaction.atomic
def return_to_author(matter: MatterPage, *, by: User, comment: str) -> None:
    """Send the matter back with what has to change; it can be submitted again."""
    _step(matter).reject(user=by, comment=comment)


@transaction.atomic
def reject(matter: MatterPage, *, by: User, reason: str, basis: str = "") -> None:
    """End the review with a reason: this matter is not to be disclosed as it is. What was released in an emergency
    comes down, whichever of its versions the review has come to; the reason is the author's and not the public's.

    At the secrecy review it is the reviewer's conclusion, which names its basis.
    """
    state = _step(matter)
    is_conclusion = state.task.specific_class is SecrecyReviewTask
    if is_conclusion and (missing := reasons_against_conclusion(Conclusion.CLOSED, basis, "")):
        raise ApprovalRefused(missing)
    state.basis = basis
    state.reject(user=by, comment=reason)
    if is_conclusion:
        told = {"conclusion": Conclusion.CLOSED, "basis": basis, "reason": reason.strip()}
        keep(matter, reviewed=state.revision, by=by, step=state, **told)
    state.workflow_state.refresh_from_db()
    state.workflow_state.cancel(user=by)
    log(
        instance=matter,
        action="gongkai.reject",
        user=by,
        data={"reason": reason, "basis": basis, "step": state.task.name},
        revision=state.revision,
    )
    end_emergency(matter, by=by)


def end_emergency(matter: MatterPage, *, by: User) -> None:
    """Take down what is live on the word of an emergency alone, because its review came to another conclusion.

    Called inside the transaction of that conclusion, whose reason is not told to the public.
    """
    live = MatterPage.objects.get(pk=matter.pk).specific
    if is_owed(live):
        take_down(live, by=by, reason="", ending=Ending.REVIEW)
        log(instance=live, action="gongkai.withdraw", user=by)


def _step(matter: MatterPage) -> MatterTaskState:
    state = current_step(matter)
    if state is None:
        last = MatterTaskState.objects.for_instance(matter).exclude(finished_at=None).order_by("-finished_at").first()
        raise ApprovalRefused([already_decided(last) if last else _("This matter awaits no decision.")])
    return state
