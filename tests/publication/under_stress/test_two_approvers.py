"""Two who may decide the same step at the same instant: one decision is made, and the other is told whose it was."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState

from intranet.access.delegating import delegate
from intranet.disclosure.search import key_of
from intranet.organisation.models import Post
from intranet.publication.approval import ApprovalRefused, current_step, return_to_author
from intranet.publication.deciding_many import approve_many, chosen_steps
from intranet.publication.models import MatterTaskState, Release
from search.models import IndexTask
from tests.factories import approve, fresh, person_in
from tests.publication.under_stress.at_once import at_once

PAIRS = {
    "both approve": (
        lambda matter, head: approve(matter, by=head),
        lambda matter, other: approve(matter, by=other),
    ),
    "one approves, one returns": (
        lambda matter, head: approve(matter, by=head),
        lambda matter, other: return_to_author(matter, by=other, comment="请改"),
    ),
    "both return": (
        lambda matter, head: return_to_author(matter, by=head, comment="请改"),
        lambda matter, other: return_to_author(matter, by=other, comment="请补"),
    ),
}


@pytest.fixture(params=["deputy", "delegate"])
def other(request, bureau):
    """The second who decides: by a post of the own, or in the place of the head, who is absent and decides anyway."""
    if request.param == "deputy":
        return person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD, username="other")
    person = person_in(bureau.finance, Post.Kind.HEAD, username="other")
    day = timezone.localdate()
    delegate(bureau.head.posts.get(), to=person, starts_on=day, ends_on=day, by=bureau.head)
    return person


@pytest.fixture(params=PAIRS.values(), ids=PAIRS)
def pair(request):
    return request.param


def traces(matter):
    """What one decision leaves behind, of which a second one would leave another."""
    step = MatterTaskState.objects.exclude(finished_at=None).for_instance(matter).order_by("finished_at").last()
    entries = PageLogEntry.objects.filter(page=matter.pk, action__in=["wagtail.workflow.approve", "wagtail.publish"])
    return {
        "decided": step.status,
        "approvals": entries.filter(action="wagtail.workflow.approve").count(),
        "returns": PageLogEntry.objects.filter(page=matter.pk, action="wagtail.workflow.reject").count(),
        "publications": entries.filter(action="wagtail.publish").count(),
        "releases": Release.objects.filter(matter_id=matter.pk).count(),
        "live": fresh(matter).live,
        "tasks": IndexTask.objects.filter(key=key_of(matter.pk)).count(),
    }


def is_of_one_decision(found):
    """The secrecy review's approval, and beside it the head's or a return."""
    approved = {"approvals": 2, "returns": 0, "publications": 1, "releases": 1, "live": True}
    returned = {"approvals": 1, "returns": 1, "publications": 0, "releases": 0, "live": False}
    is_approved = found.pop("decided") == TaskState.STATUS_APPROVED
    return found == {**(approved if is_approved else returned), "tasks": 1}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
@pytest.mark.django_db(transaction=True)
class TestAtTheSameInstant:
    def test_exactly_one_decision_is_made(self, bureau, other, at_head, pair):
        matter = at_head()
        outcomes = decided_at_once(matter, pair, bureau.head, other)
        assert [outcome is None for outcome in outcomes].count(True) == 1
        assert is_of_one_decision(traces(matter))

    def test_the_other_is_told_who_decided(self, bureau, other, at_head, pair):
        matter = at_head()
        outcomes = decided_at_once(matter, pair, bureau.head, other)
        [winner] = [person for person, outcome in zip((bureau.head, other), outcomes, strict=True) if outcome is None]
        [refused] = [outcome for outcome in outcomes if outcome is not None]
        assert isinstance(refused, ApprovalRefused)
        assert str(winner) in str(refused)

    def test_two_who_approve_the_same_list_approve_each_matter_once(self, bureau, other, at_head):
        matters = [at_head(title=f"第{number}件") for number in range(4)]
        keys = [current_step(matter).pk for matter in matters]
        lists = [(chosen_steps(person, keys), person) for person in (bureau.head, other)]
        outcomes = at_once(*(lambda steps=steps, by=by: approve_many(steps, by=by) for steps, by in lists))
        approved = [outcome for some in outcomes for outcome in some if not outcome.reasons]
        assert sorted(outcome.title for outcome in approved) == sorted(matter.title for matter in matters)
        assert all(is_of_one_decision(traces(matter)) for matter in matters)


def decided_at_once(matter, pair, head, other):
    seen = [fresh(matter), fresh(matter)]
    return at_once(lambda: pair[0](seen[0], head), lambda: pair[1](seen[1], other))


@pytest.mark.django_db
class TestOneAfterTheOtherFromTheSameScreen:
    def test_exactly_one_decision_is_made(self, bureau, other, at_head, pair):
        matter = at_head()
        seen = [fresh(matter), fresh(matter)]
        pair[0](seen[0], bureau.head)
        with pytest.raises(ApprovalRefused, match=str(bureau.head)):
            pair[1](seen[1], other)
        assert is_of_one_decision(traces(matter))

    def test_the_second_is_told_on_the_screen_who_decided(self, bureau, other, at_head):
        matter = at_head()
        screen = reverse("publication:decide", args=[current_step(matter).pk])
        client = Client()
        client.force_login(other)
        client.get(screen)
        approve(matter, by=bureau.head)
        page = client.post(screen, {"decision": "approve", "comment": ""}, follow=True).content.decode()
        assert f"{bureau.head} already approved this step" in page
