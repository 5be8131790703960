"""Submitting a draft to review."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from intranet.access.rights import Right, may
from intranet.disclosure.models import MatterPage
from intranet.disclosure.written_into import hold_versions
from intranet.organisation.models import User
from intranet.publication.routes import workflow_for
from intranet.publication.scrutiny.checks import errors_in, findings_in, warnings_in
from intranet.publication.scrutiny.explanations import is_scrutinised, keep, scrutinised
from intranet.refusals import Refused


class SubmissionRefused(Refused):
    """The draft was not submitted; `reasons` say what is missing, in words for its author."""


def reasons_against_person(matter: MatterPage, by: User | AnonymousUser | None) -> list[str]:
    """Why the person may not submit the matter now, whatever its text says."""
    reasons = []
    if not _may_submit(by, matter):
        reasons.append(_("Only liaison officers and heads of the matter's department submit it."))
    if matter.workflow_in_progress:
        reasons.append(_("The matter is under review already."))
    return reasons


def require_submittable(matter: MatterPage, *, by: Any, resuming: WorkflowState) -> None:
    """Raise `SubmissionRefused` unless the newest version may enter a review, or go on in it.

    Called where every route into a review ends, when a step starts. Later steps of the review, begun by those who
    decide, ask for errors alone: what was doubtful has been explained, and they have read the explanation.
    """
    draft = matter.get_latest_revision_as_object()
    reasons = errors_in(draft)
    last = resuming.task_states.order_by("started_at", "pk").last()
    if last is None or last.status == TaskState.STATUS_REJECTED:
        if isinstance(by, User) and not _may_submit(by, matter):
            reasons.insert(0, _("Only liaison officers and heads of the matter's department submit it."))
        if not reasons and not is_scrutinised(matter.latest_revision) and warnings_in(draft, reader=by):
            reasons.append(_unexplained())
    if reasons:
        raise SubmissionRefused(reasons)


@transaction.atomic
def submit(matter: MatterPage, *, by: User, reason: str = "") -> WorkflowState:
    """Submit the matter's newest version to secrecy review and approval.

    `reason` answers what is doubtful about it; it stays in the matter's log, where reviewer and head read it. A
    returned matter goes on in its review from the first step again. Raises `SubmissionRefused` with every error, and
    where there are warnings and no reason.
    """
    hold_versions(matter)
    matter.refresh_from_db()
    findings = findings_in(matter.get_latest_revision_as_object(), reader=by)
    reasons = reasons_against_person(matter, by) + [finding.told for finding in findings if finding.is_error]
    if reasons:
        raise SubmissionRefused(reasons)
    if warnings := [finding for finding in findings if finding.is_warning]:
        if not reason.strip():
            raise SubmissionRefused([_unexplained()])
        keep(matter, matter.latest_revision, by=by, reason=reason.strip(), warnings=warnings)
    with scrutinised(matter.latest_revision):
        return _enter_review(matter, by)


def _enter_review(matter: MatterPage, by: User) -> WorkflowState:
    returned = matter.current_workflow_state
    if returned is not None and returned.status == WorkflowState.STATUS_NEEDS_CHANGES:
        returned.resume(user=by)
        return returned
    workflow = workflow_for(matter.category)
    if workflow is None:
        raise SubmissionRefused([_("No review is set up for category %(code)s.") % {"code": matter.category.code}])
    return workflow.start(matter, by)


def _may_submit(by: User | AnonymousUser | None, matter: MatterPage) -> bool:
    return isinstance(by, User) and (by.is_superuser or may(by, Right.DRAFT_MATTERS, matter.department))


def _unexplained() -> str:
    return _("Something about the matter is doubtful: open “Check and submit”, mend it, or say why it is right.")
