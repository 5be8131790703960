"""Matters whose newest version is not live: where each stands, and when it is due."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState, get_default_page_content_type

from intranet.access.rights import Right, departments_where
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department, User
from intranet.publication.deadlines import Deadline, Deadlines, earliest_first
from intranet.publication.models import MatterTaskState


class Stage(StrEnum):
    """Where the newest version of a matter stands."""

    DRAFT = "draft"
    RETURNED = "returned"
    REJECTED = "rejected"
    IN_REVIEW = "in_review"
    WAITING = "waiting"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    Stage.DRAFT: _("draft"),
    Stage.RETURNED: _("returned"),
    Stage.REJECTED: _("rejected"),
    Stage.IN_REVIEW: _("in review"),
    Stage.WAITING: _("approved, waits for its moment"),
}


@dataclass(frozen=True, slots=True)
class Undisclosed:
    """A matter with what a list says of its newest version."""

    matter: MatterPage
    title: str
    stage: Stage
    due: Deadline | None
    """None for a new version of what was disclosed before, for what was rejected, or without a day of formation."""
    comment: str = ""
    """What has to change, or why it was rejected."""
    by: str = ""
    """Who said so."""

    @property
    def is_rejected(self) -> bool:
        return self.stage == Stage.REJECTED

    @property
    def urgency(self) -> str:
        return self.due.urgency if self.due else ""


def own_drafts(user: User, deadlines: Deadlines | None = None) -> list[Undisclosed]:
    """What the person's departments have to go on with: nobody is deciding on it, the oldest deadline first."""
    found = undisclosed(departments_where(user, Right.DRAFT_MATTERS), deadlines)
    return [one for one in found if one.stage in (Stage.DRAFT, Stage.RETURNED, Stage.REJECTED)]


def undisclosed(departments: QuerySet[Department], deadlines: Deadlines | None = None) -> list[Undisclosed]:
    """Every matter of these departments whose newest version is not live, the oldest deadline first."""
    pages = list(
        MatterPage.objects.filter(department__in=departments, has_unpublished_changes=True)
        .filter(withdrawn_at=None, expired=False)
        .annotate(
            newest_formed_on=KeyTextTransform("formed_on", "latest_revision__content"),
            moment=F("latest_revision__approved_go_live_at"),
        )
        .select_related("category", "department")
        .defer("body", "summary")
        .order_by("pk")
    )
    reviews = _reviews(pages)
    refusals = _refusals(pages)
    deadlines = deadlines or Deadlines()
    found = []
    for page in pages:
        review, refusal = reviews.get(page.pk), refusals.get(page.latest_revision_id)
        stage = _stage(page, review, refusal)
        told = _told(stage, review, refusal)
        found.append(
            Undisclosed(
                matter=page,
                title=page.draft_title,
                stage=stage,
                due=None
                if page.first_published_at or stage == Stage.REJECTED
                else deadlines.of_version(page.category_id, page.newest_formed_on),
                comment=told.comment if told else "",
                by=str(told.finished_by or "") if told else "",
            )
        )
    return sorted(found, key=lambda one: earliest_first(one.due))


def _stage(page: MatterPage, review: WorkflowState | None, refusal: MatterTaskState | None) -> Stage:
    if page.moment is not None:
        return Stage.WAITING
    if review is not None:
        return Stage.IN_REVIEW if review.status == WorkflowState.STATUS_IN_PROGRESS else Stage.RETURNED
    return Stage.REJECTED if refusal is not None else Stage.DRAFT


def _told(stage: Stage, review: WorkflowState | None, refusal: MatterTaskState | None) -> TaskState | None:
    """The decision by which the matter came back."""
    if stage == Stage.RETURNED and review is not None:
        return review.current_task_state
    return refusal if stage == Stage.REJECTED else None


def _reviews(pages: Collection[MatterPage]) -> dict[int, WorkflowState]:
    """The review that each is in, or came back from."""
    open_ones = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id__in=[str(page.pk) for page in pages],
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    told = open_ones.select_related("current_task_state__finished_by")
    return {int(state.object_id): state for state in told}


def _refusals(pages: Collection[MatterPage]) -> dict[int, MatterTaskState]:
    """The reasons for which the newest versions were rejected, by the version."""
    refused = MatterTaskState.objects.filter(
        revision__in=[page.latest_revision_id for page in pages],
        status=TaskState.STATUS_REJECTED,
        workflow_state__status=WorkflowState.STATUS_CANCELLED,
    )
    return {state.revision_id: state for state in refused.select_related("finished_by").order_by("finished_at")}
