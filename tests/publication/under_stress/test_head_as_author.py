"""A head who wrote the draft can by no way approve it; it goes to whoever else can, and the office is told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from intranet.access.delegating import delegate
from intranet.organisation.models import Post
from intranet.publication.approval import ApprovalRefused, current_step
from intranet.publication.awaiting import awaiting
from intranet.publication.deciders import find_deciders
from intranet.publication.deciding_many import approve_many
from tests.factories import approve, draft_matter, fresh, person_in, submit
from tests.publication.editor import post_editor


@pytest.fixture
def own(bureau, at_head):
    return at_head(author=bureau.head, title="科长自拟")


@pytest.fixture
def step(own):
    return current_step(own)


@pytest.fixture
def head(bureau, client):
    client.force_login(bureau.head)
    return client


def wagtail_action(step):
    return reverse("wagtailadmin_pages:workflow_action", args=[step.matter.pk, "approve", step.pk])


WAYS = {
    "the decision screen": lambda client, step: client.post(
        reverse("publication:decide", args=[step.pk]), {"decision": "approve", "comment": ""}
    ),
    "several at once": lambda client, step: client.post(reverse("publication:decide_many"), {"state": [step.pk]}),
    "Wagtail's own action": lambda client, step: client.post(wagtail_action(step), {"comment": ""}),
    "Wagtail's collected action": lambda client, step: client.post(
        reverse("wagtailadmin_pages:collect_workflow_action_data", args=[step.matter.pk, "approve", step.pk]),
        {"comment": ""},
    ),
    "the editor's button": lambda client, step: post_editor(
        client, step.matter, **{"action-workflow-action": "1", "workflow-action-name": "approve"}
    ),
    "the editor's publish": lambda client, step: post_editor(client, step.matter, **{"action-publish": "1"}),
    "publishing in bulk": lambda client, step: client.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={step.matter.pk}"
    ),
    "the API": lambda client, step: client.post(
        reverse("wagtailadmin_api:pages:action", args=[step.matter.pk, "publish"]), {}, content_type="application/json"
    ),
    "taking it in hand first": lambda client, step: [
        client.post(reverse("publication:claim", args=[step.pk])),
        client.post(reverse("publication:decide", args=[step.pk]), {"decision": "approve", "comment": ""}),
    ],
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_way_lets_the_head_approve_the_own_draft(head, own, step, way):
    way(head, step)
    step.refresh_from_db()
    assert (step.status, fresh(own).live) == (TaskState.STATUS_IN_PROGRESS, False)


def test_the_operations_refuse_it_with_the_reason(bureau, own, step):
    with pytest.raises(ApprovalRefused, match="own draft"):
        approve(own, by=bureau.head)
    with pytest.raises(ApprovalRefused, match="own draft"):
        step.approve(user=bureau.head)


def test_a_list_that_was_made_before_the_head_wrote_of_it_is_checked_again(bureau, at_head):
    matter = at_head()
    steps = awaiting(bureau.head)
    matter.save_revision(user=bureau.head)
    [outcome] = approve_many(steps, by=bureau.head)
    assert (bool(outcome.reasons), fresh(matter).live) == (True, False)


@pytest.mark.parametrize("screen", ["decide", "preview"])
def test_the_screens_of_the_step_are_not_the_authors(head, own, step, screen):
    assert head.get(reverse(f"publication:{screen}", args=[step.pk])).status_code == 404


def test_the_desk_does_not_list_it_for_its_author(head, own, step):
    assert f'name="state" value="{step.pk}"' not in head.get("/admin/").content.decode()


def delegated(giver, taker, kind):
    today = timezone.localdate()
    post = giver.posts.get(kind=kind)
    return delegate(post, to=taker, starts_on=today, ends_on=today + timedelta(days=1), by=giver)


def test_no_chain_of_delegations_leads_back_to_the_author(bureau, own, step):
    """The office, which stands in, names the deputy of another department, who names the author."""
    other = person_in(bureau.finance, Post.Kind.DEPUTY_HEAD)
    delegated(bureau.office, other, Post.Kind.OFFICE_STAFF)
    delegated(other, bureau.head, Post.Kind.DEPUTY_HEAD)
    delegated(bureau.office, bureau.head, Post.Kind.OFFICE_STAFF)
    assert bureau.head.pk not in find_deciders(step.task.specific, own).keys


def test_whom_the_author_names_does_not_decide_in_the_authors_place(bureau, own, step):
    other = person_in(bureau.finance, Post.Kind.DEPUTY_HEAD)
    delegated(bureau.head, other, Post.Kind.HEAD)
    with pytest.raises(ApprovalRefused, match="not yours"):
        approve(own, by=other)


def test_it_awaits_the_deputy_where_there_is_one(bureau, own):
    deputy = person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
    assert ([step.matter.pk for step in awaiting(deputy)], awaiting(bureau.office)) == ([own.pk], [])


def test_it_awaits_the_office_where_there_is_none_and_the_office_is_told_why(bureau, own, step, client):
    client.force_login(bureau.office)
    page = client.get("/admin/").content.decode()
    assert f'name="state" value="{step.pk}"' in page
    assert "Steps that nobody else in office decides" in page


def test_where_the_office_wrote_of_it_too_the_desk_says_that_nobody_can_decide(bureau, at_head, client, yesterday):
    draft = draft_matter(bureau.licensing, author=bureau.head)
    draft.save_revision(user=bureau.office)
    submit(fresh(draft), by=bureau.head)
    approve(fresh(draft), by=bureau.reviewer)
    bureau.reviewer.posts.update(ends_on=yesterday)
    client.force_login(bureau.office)
    assert "nobody can decide" in client.get("/admin/").content.decode()
