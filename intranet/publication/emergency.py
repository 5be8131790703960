"""Releasing a matter in an emergency: it goes live at once, and the steps that it skipped stand as a debt."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision, TaskState, WorkflowState

from intranet.access.rights import Right, may_decide
from intranet.access.standing_in import for_the_log
from intranet.disclosure.going_live import is_scheduled
from intranet.disclosure.holding_matters import hold
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from intranet.publication.authorship import authors_of_each
from intranet.publication.models import Release
from intranet.publication.models.steps import name_of_step
from intranet.publication.routes import workflow_for
from intranet.publication.scrutiny.checks import errors_in
from intranet.publication.scrutiny.explanations import scrutinised
from intranet.publication.secrecy.concluding import Manner, keep
from intranet.refusals import Refused


class EmergencyReleaseRefused(Refused):
    """The matter was not released; `reasons` say why. Nothing has changed."""


def reasons_against_person(matter: MatterPage, *, by: User | AnonymousUser) -> list[str]:
    """Why this person may not release the matter in an emergency, whatever its text says."""
    if not may_decide(by, Right.APPROVE_MATTERS, matter.department):
        return [_("Only the head of the matter's department releases it in an emergency.")]
    if by.pk in authors_of_each([matter])[matter.pk]:
        return [_("You wrote part of this draft; nobody decides on their own draft.")]
    if matter.live and not matter.has_unpublished_changes:
        return [_("The matter is live as it is.")]
    return []


def reasons_against_emergency_release(matter: MatterPage, *, by: User) -> list[str]:
    """Every reason why the person may not release the newest version now."""
    reasons = reasons_against_person(matter, by=by)
    if matter.latest_revision and is_scheduled(matter.latest_revision):
        reasons.append(_("The draft is to go live at a later moment: take that off first, or let it wait."))
    if workflow_for(matter.category) is None:
        reasons.append(_("No review is set up for category %(code)s.") % {"code": matter.category.code})
    return reasons + errors_in(matter.get_latest_revision_as_object())


@transaction.atomic
def release_in_emergency(matter: MatterPage, *, by: User, reason: str) -> None:
    """Make the newest version live on the head's word, who answers for its secrecy review, too.

    Its review begins, or goes on, and every step of it is still to be made; if it ends with a no, the matter comes
    down. Recorded, logged and listed until then. Raises `EmergencyReleaseRefused`, and `PublicationRefused` where the
    gate has something against it.
    """
    locked = hold(matter)
    reasons = reasons_against_emergency_release(locked, by=by)
    if not reason.strip():
        reasons.append(_("Give the reason; the steps that are skipped are made with it in view."))
    if reasons:
        raise EmergencyReleaseRefused(reasons)
    revision = locked.latest_revision
    keep(locked, reviewed=revision, cleared=revision, by=by, manner=Manner.EMERGENCY, reason=reason.strip())
    review = _review_of(locked, revision)
    Release.objects.filter(revision=revision, used_at=None).delete()
    Release.objects.create(
        matter_id=locked.pk,
        revision=revision,
        kind=Release.Kind.EMERGENCY,
        workflow_state=review,
        released_by=by,
        reason=reason.strip()[:255],
    )
    revision.publish(user=by, skip_permission_checks=True)
    told = {"reason": reason.strip()} | for_the_log(by, Right.APPROVE_MATTERS, locked.department)
    log(instance=locked, action="gongkai.emergency", user=by, data=told, revision=revision)


def _review_of(matter: MatterPage, revision: Revision) -> WorkflowState:
    """The review in which the version is, begun now where it is in none."""
    current = matter.current_workflow_state
    if current is not None and current.status == WorkflowState.STATUS_IN_PROGRESS:
        step = current.current_task_state
        if step is not None and step.revision_id == revision.pk:
            return current
    if current is not None:
        current.cancel()
    workflow = workflow_for(matter.category)
    assert workflow is not None  # among the reasons against
    with scrutinised(revision):
        return workflow.start(matter, None)


def debts(departments: Collection[int] | None = None) -> QuerySet[Release]:
    """The emergency releases of these departments' matters, by keys (the whole bureau's unless given), whose review is
    not over, while their matters are live, the oldest first."""
    owed = Release.objects.filter(kind=Release.Kind.EMERGENCY, settled_at=None, matter__live=True).exclude(used_at=None)
    if departments is not None:
        owed = owed.filter(matter__department__in=departments)
    return owed.select_related(
        "matter__department", "matter__category", "released_by", "workflow_state__current_task_state__task"
    ).order_by("used_at", "pk")


def steps_owed(release: Release) -> list[str]:
    """The names of the steps of its review that nobody has made, in their order and the reader's language."""
    state = release.workflow_state
    if state is None:
        return []
    made = state.task_states.filter(status=TaskState.STATUS_APPROVED).values("task")
    steps = state.workflow.workflow_tasks.filter(task__active=True).exclude(task__in=made)
    return [name_of_step(step.task) for step in steps.order_by("sort_order").select_related("task")]
