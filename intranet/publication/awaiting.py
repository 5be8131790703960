"""What awaits whose decision: lists over however many matters, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from wagtail.models import TaskState, WorkflowState

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department, User
from intranet.publication.authorship import approvals_of_each, approvers_before, authors_of_each
from intranet.publication.deadlines import Deadline, Deadlines, earliest_first
from intranet.publication.deciders import Deciders, Rota, departments_in_reach
from intranet.publication.models import MatterTaskState
from intranet.publication.reviews import keys_of_matters, reviews_of_matters


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that awaits a decision, with what a list says of it."""

    state: MatterTaskState
    matter: MatterPage
    """As it lies in the tree; the text that is decided on is that of the step's version."""
    title: str
    step: str
    due: Deadline | None
    deciders: Deciders

    @property
    def is_debt(self) -> bool:
        """Whether what is decided on is live already, by a release in an emergency."""
        return bool(self.matter.live) and self.matter.live_revision_id == self.state.revision_id

    @property
    def corrects(self) -> bool:
        """Whether another version was disclosed before it, so that no term of disclosure hurries it."""
        return self.matter.first_published_at is not None and not self.is_debt

    @property
    def is_changed(self) -> bool:
        """Whether the draft was changed after it was submitted, so that nobody can decide on it."""
        return self.matter.latest_revision_id != self.state.revision_id


def awaiting(user: User) -> list[OpenStep]:
    """The steps that await this person's decision, the oldest deadline first, those without one last."""
    return awaited_by(user, open_steps(departments_in_reach(user)))


def awaited_by(user: User, steps: Iterable[OpenStep]) -> list[OpenStep]:
    """Those of the steps that this person can decide now."""
    return [step for step in steps if user.pk in step.deciders.keys and not step.is_changed]


def open_steps(departments: QuerySet[Department], deadlines: Deadlines | None = None) -> list[OpenStep]:
    """Every step of a matter of these departments that awaits a decision: first what is live already, then the oldest
    deadline first."""
    pages = _pages_in_review(departments)
    if not pages:
        return []
    states = list(
        MatterTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
        .filter(workflow_state__object_id__in=[str(pk) for pk in pages])
        .select_related("workflow_state", "revision", "task", "claimed_by", "handed_over_by")
        .defer("revision__content")
        .annotate(formed_on=KeyTextTransform("formed_on", "revision__content"))
        .order_by("started_at", "pk")
    )
    authors, approvals = authors_of_each(pages.values()), approvals_of_each(pages.values())
    deadlines, rota = deadlines or Deadlines(), Rota()
    steps = [
        OpenStep(
            state=state,
            matter=matter,
            title=state.revision.object_str,
            step=state.step_name,
            due=deadlines.of_version(matter, state.formed_on),
            deciders=rota.deciders(
                state.task.specific_class,
                matter.department_id,
                authors[matter.pk] | approvers_before(state.task_id, approvals[matter.pk]),
            ),
        )
        for state in states
        if (matter := pages.get(int(state.workflow_state.object_id)))
    ]
    return sorted(steps, key=lambda step: (not step.is_debt, *earliest_first(step.due)))


def _pages_in_review(departments: QuerySet[Department]) -> dict[int, MatterPage]:
    keys = keys_of_matters(reviews_of_matters().filter(status=WorkflowState.STATUS_IN_PROGRESS))
    pages = MatterPage.objects.filter(pk__in=keys, department__in=departments)
    return pages.select_related("category", "department").defer("body", "summary").in_bulk()
