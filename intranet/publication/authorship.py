"""Who wrote what is about to be decided, and who decided on it before."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from wagtail.models import Revision, TaskState, get_default_page_content_type

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from intranet.publication.models import SecrecyReview
from intranet.publication.reviews import OPEN


def authors_since_live(matter: MatterPage) -> QuerySet[User]:
    """Everyone who saved any version since the matter was last live, its first author included while it never was."""
    return User.objects.filter(pk__in=authors_of_each([matter])[matter.pk])


def authors_of_each(matters: Collection[MatterPage]) -> Mapping[int, frozenset[int]]:
    """`authors_since_live` of each matter, by primary keys; one query.

    A secrecy reviewer who only left passages out is no author: a redaction says nothing of its own.
    """
    authors: dict[int, set[int]] = {
        matter.pk: {matter.owner_id}
        if matter.owner_id and not matter.live_revision_id and not matter.first_published_at
        else set()
        for matter in matters
    }
    live = {matter.pk: matter.live_revision_id or 0 for matter in matters}
    saved = Revision.objects.filter(
        base_content_type=get_default_page_content_type(), object_id__in=[str(pk) for pk in authors]
    ).exclude(user=None)
    saved = saved.exclude(pk__in=SecrecyReview.objects.redactions().values("cleared"))
    for key, revision, person in saved.values_list("object_id", "pk", "user_id"):
        if revision > live[int(key)]:
            authors[int(key)].add(person)
    return {pk: frozenset(people) for pk, people in authors.items()}


def approvals_of_each(matters: Collection[MatterPage]) -> Mapping[int, Mapping[int, int]]:
    """Who approved which step of each matter's newest version in the review that it is in: `{matter: {task: person}}`,
    by primary keys; one query."""
    newest = {matter.pk: matter.latest_revision_id for matter in matters}
    made = TaskState.objects.filter(
        status=TaskState.STATUS_APPROVED,
        workflow_state__status__in=OPEN,
        workflow_state__base_content_type=get_default_page_content_type(),
        workflow_state__object_id__in=[str(pk) for pk in newest],
    ).exclude(finished_by=None)
    found: dict[int, dict[int, int]] = {pk: {} for pk in newest}
    for key, task, person, version in made.values_list(
        "workflow_state__object_id", "task_id", "finished_by_id", "revision_id"
    ):
        if version == newest[int(key)]:
            found[int(key)][task] = person
    return found


def approvers_before(task: int, approvals: Mapping[int, int]) -> frozenset[int]:
    """Of one matter's approvals, whose were of another step than this: each step is another person's."""
    return frozenset(person for step, person in approvals.items() if step != task)
