"""Matters whose newest version is not live: where each stands, and when it is due."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState

from intranet.access.rights import Right, departments_where
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department, User
from intranet.publication.deadlines import Deadline, Deadlines, earliest_first
from intranet.publication.holding_back import reasons_told
from intranet.publication.models import Release
from intranet.publication.reviews import OPEN, keys_of_matters, reviews_of_matters


class Stage(StrEnum):
    """Where the newest version of a matter stands."""

    DRAFT = "draft"
    RETURNED = "returned"
    REJECTED = "rejected"
    IN_REVIEW = "in_review"
    WAITING = "waiting"
    HELD_BACK = "held_back"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    Stage.DRAFT: _("draft"),
    Stage.RETURNED: _("returned"),
    Stage.REJECTED: _("rejected"),
    Stage.IN_REVIEW: _("in review"),
    Stage.WAITING: _("approved, waits for its moment"),
    Stage.HELD_BACK: _("approved, not live at its moment"),
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
    """What has to change, or why it was rejected or held back."""
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
    return [one for one in found if one.stage not in (Stage.IN_REVIEW, Stage.WAITING)]


def undisclosed(departments: QuerySet[Department], deadlines: Deadlines | None = None) -> list[Undisclosed]:
    """Every matter of these departments whose newest version is not live, the oldest deadline first.

    What was taken down and has not been written anew since is nobody's to go on with, unless a review of it is open.
    """
    # Few pages have unpublished changes: looked for in their own table first, they spare the database the join of all.
    drafts = Page.objects.filter(has_unpublished_changes=True).order_by()
    in_review = Q(pk__in=keys_of_matters(reviews_of_matters().filter(status__in=OPEN)))
    pages = list(
        MatterPage.objects.filter(pk__in=drafts.values("pk"), department__in=departments)
        .filter(in_review | ~Exists(_laid_aside()))
        .annotate(
            newest_formed_on=KeyTextTransform("formed_on", "latest_revision__content"),
            moment=F("latest_revision__approved_go_live_at"),
        )
        .select_related("category", "department")
        .defer("body", "summary")
        .order_by("pk")
    )
    reviews = _reviews(pages)
    held_back = reasons_told([page.latest_revision_id for page in pages if _is_past_its_moment(page)])
    deadlines = deadlines or Deadlines()
    found = []
    for page in pages:
        review = reviews.get(page.pk)
        stage = _stage(page, review)
        told = review.current_task_state if review and stage in (Stage.RETURNED, Stage.REJECTED) else None
        found.append(
            Undisclosed(
                matter=page,
                title=page.draft_title,
                stage=stage,
                due=None if stage == Stage.REJECTED else deadlines.of_version(page, page.newest_formed_on),
                comment=told.comment if told else " ".join(held_back.get(page.latest_revision_id, ())),
                by=str(told.finished_by or "") if told else "",
            )
        )
    return sorted(found, key=lambda one: earliest_first(one.due))


def _laid_aside() -> QuerySet[Release]:
    """The release by which a page's newest version went live, unless a review has rejected that version since."""
    rejections = TaskState.objects.filter(
        revision=OuterRef("revision"),
        status=TaskState.STATUS_REJECTED,
        finished_at__gte=OuterRef("used_at"),
        workflow_state__status=WorkflowState.STATUS_CANCELLED,
        workflow_state__current_task_state=F("pk"),
    )
    went_live = Release.objects.filter(revision=OuterRef("latest_revision"), used_at__isnull=False)
    return went_live.exclude(Exists(rejections))


def _stage(page: MatterPage, review: WorkflowState | None) -> Stage:
    if _is_past_its_moment(page):
        return Stage.HELD_BACK
    if page.moment is not None:
        return Stage.WAITING
    if review is None:
        return Stage.DRAFT
    if review.status == WorkflowState.STATUS_CANCELLED:
        return Stage.REJECTED
    return Stage.IN_REVIEW if review.status == WorkflowState.STATUS_IN_PROGRESS else Stage.RETURNED


def _is_past_its_moment(page: MatterPage) -> bool:
    return page.moment is not None and page.moment < timezone.now()


def _reviews(pages: Collection[MatterPage]) -> dict[int, WorkflowState]:
    """The review that each is in or came back from, or that rejected its newest version."""
    is_open = Q(status__in=OPEN)
    has_rejected = Q(
        status=WorkflowState.STATUS_CANCELLED,
        current_task_state__status=TaskState.STATUS_REJECTED,
        current_task_state__revision__in=[page.latest_revision_id for page in pages],
    )
    found = reviews_of_matters().filter(is_open | has_rejected, object_id__in=[str(page.pk) for page in pages])
    # An open review counts before one that rejected the version earlier.
    by_weight = sorted(found.select_related("current_task_state__finished_by"), key=_is_open)
    return {int(state.object_id): state for state in by_weight}


def _is_open(review: WorkflowState) -> bool:
    return review.status != WorkflowState.STATUS_CANCELLED
