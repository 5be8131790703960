"""Submitting a draft to review."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from intranet.access.audience import is_within
from intranet.access.rights import Right, may
from intranet.disclosure.completeness import elements_present
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from intranet.publication.routes import elements_asked_by_route, workflow_for


class SubmissionRefused(PermissionDenied):
    """The draft was not submitted; `reasons` say what is missing, in words for its author."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


def reasons_against_content(draft: MatterPage) -> list[str]:
    """What the text of a draft lacks before anyone can decide on it."""
    terms = draft.category.terms_on()
    if terms is None:
        return [_("No terms are in force for category %(code)s.") % {"code": draft.category.code}]
    reasons = []
    if not draft.visibility:
        reasons.append(_("Choose an audience."))
    elif not is_within(draft.visibility, terms.widest_audience):
        reasons.append(_("The audience is wider than category %(code)s allows.") % {"code": draft.category.code})
    if draft.formed_on is None:
        reasons.append(_("Enter the day on which the matter was formed."))
    missing = [element for element in elements_asked_by_route(terms) if element not in elements_present(draft)]
    reasons += [
        _("The route of category %(code)s asks for: %(element)s.")
        % {"code": draft.category.code, "element": element.label}
        for element in missing
    ]
    return reasons


def reasons_against_submission(matter: MatterPage, by: User | AnonymousUser | None) -> list[str]:
    """Every reason why the person may not submit the matter's newest version now."""
    reasons = []
    if not isinstance(by, User) or not (by.is_superuser or may(by, Right.DRAFT_MATTERS, matter.department)):
        reasons.append(_("Only liaison officers and heads of the matter's department submit it."))
    if matter.workflow_in_progress:
        reasons.append(_("The matter is under review already."))
    return reasons + reasons_against_content(matter.get_latest_revision_as_object())


def require_submittable(matter: MatterPage, *, by: Any, resuming: WorkflowState) -> None:
    """Raise `SubmissionRefused` unless the newest version may enter a review.

    Called where every route into a review ends, when a step starts. Later steps of the review, begun by those
    who decide, ask for the content alone.
    """
    begun = resuming.task_states.exists()
    reasons = reasons_against_content(matter.get_latest_revision_as_object())
    if not begun and isinstance(by, User) and not (by.is_superuser or may(by, Right.DRAFT_MATTERS, matter.department)):
        reasons.insert(0, _("Only liaison officers and heads of the matter's department submit it."))
    if reasons:
        raise SubmissionRefused(reasons)


@transaction.atomic
def submit(matter: MatterPage, *, by: User) -> WorkflowState:
    """Submit the matter's newest version to secrecy review and approval.

    A returned matter goes on in its review from the first step again. Raises `SubmissionRefused`.
    """
    if reasons := reasons_against_submission(matter, by):
        raise SubmissionRefused(reasons)
    returned = matter.current_workflow_state
    if returned is not None and returned.status == WorkflowState.STATUS_NEEDS_CHANGES:
        returned.resume(user=by)
        return returned
    workflow = workflow_for(matter.category)
    if workflow is None:
        raise SubmissionRefused([_("No review is set up for category %(code)s.") % {"code": matter.category.code}])
    return workflow.start(matter, by)
