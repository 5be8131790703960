"""What waits for whom on the admin's first page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, WorkflowState

from intranet.access.rights import Right, departments_where
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from intranet.organisation.working_days import WorkingCalendar, WorkingDay
from intranet.publication.approval import awaiting
from intranet.publication.deadlines import due_on
from intranet.publication.models import MatterTaskState

SOON_DAYS = 5


@dataclass(frozen=True, slots=True)
class Awaited:
    """A matter on somebody's list, with the day it is due and how pressing that is."""

    matter: MatterPage
    due: WorkingDay | None
    state: MatterTaskState | None = None
    comment: str = ""
    is_rejected: bool = False
    """Its review was ended: the comment is the reason, and what is submitted next begins anew."""

    @property
    def urgency(self) -> str:
        """`overdue`, `soon` (within five days) or empty."""
        if self.due is None:
            return ""
        days = (self.due.on - timezone.localdate()).days
        return "overdue" if days < 0 else "soon" if days <= SOON_DAYS else ""


def awaiting_decision(user: User) -> list[Awaited]:
    """What awaits the person's decision, the oldest deadline first."""
    calendar = WorkingCalendar()
    return [
        Awaited(draft, due_on(draft, calendar=calendar), state)
        for state in awaiting(user)
        for draft in [state.revision.as_object()]
    ]


def own_drafts(user: User) -> list[Awaited]:
    """Drafts of the person's departments that nobody is deciding on, the oldest deadline first."""
    calendar = WorkingCalendar()
    drafts = (
        MatterPage.objects.filter(
            department__in=departments_where(user, Right.DRAFT_MATTERS), has_unpublished_changes=True
        )
        .filter(withdrawn_at=None, expired=False)
        .select_related("category", "department", "latest_revision")
    )
    rejections = _rejections(drafts)
    rows = []
    for matter in drafts:
        state = matter.current_workflow_state
        if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
            continue
        comment = state.current_task_state.comment if state is not None else rejections.get(matter.latest_revision_id)
        is_rejected = state is None and comment is not None
        rows.append(Awaited(matter, due_on(matter, calendar=calendar), comment=comment or "", is_rejected=is_rejected))
    return sorted(rows, key=lambda row: (row.due is None, row.due.on if row.due else None))


def _rejections(drafts: Iterable[MatterPage]) -> dict[int, str]:
    """The reasons for which the newest versions of drafts were rejected, by the version."""
    rejected = MatterTaskState.objects.filter(
        revision__in=[draft.latest_revision_id for draft in drafts],
        status=TaskState.STATUS_REJECTED,
        workflow_state__status=WorkflowState.STATUS_CANCELLED,
    )
    return dict(rejected.order_by("finished_at").values_list("revision_id", "comment"))


class AwaitingDecisionPanel(Component):
    """For heads, secrecy reviewers and the office."""

    name = "awaiting_decision"
    template_name = "publication/panels/awaiting_decision.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        return {"rows": awaiting_decision(user), "decides": _decides(user)}


class DraftsPanel(Component):
    """For liaison officers: what was returned to them, then their drafts."""

    name = "own_drafts"
    template_name = "publication/panels/own_drafts.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        rows = own_drafts(user)
        return {
            "returned": [row for row in rows if row.comment],
            "drafts": [row for row in rows if not row.comment],
            "drafts_at_all": departments_where(user, Right.DRAFT_MATTERS).exists(),
            "heading_returned": _("Returned to you"),
        }


def _decides(user: User) -> bool:
    deciding = (Right.APPROVE_MATTERS, Right.REVIEW_SECRECY, Right.APPROVE_FOR_OFFICE)
    return any(departments_where(user, right).exists() for right in deciding)
