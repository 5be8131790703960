"""Everyone of a department has left: nothing is lost, the office is told what to do, a new post lets all go on."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Post
from intranet.publication.approval import current_step
from intranet.publication.awaiting import awaiting
from intranet.publication.leaving import drafts_in_hand, hand_over
from intranet.publication.reminders.sending import send_reminders
from intranet.publication.submission import SubmissionRefused
from tests.factories import PostFactory, approve, draft_matter, fresh, live_matter, person_in, submit

WEDNESDAY = datetime(2026, 5, 27, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def on_a_wednesday(db):
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


@pytest.fixture
def left(bureau, at_head):
    """Licensing on the day after: what it had made, and nobody in it."""
    left = {
        "live": live_matter(bureau.licensing, title="已公开"),
        "draft": draft_matter(bureau.licensing, title="草稿", author=bureau.liaison),
        "step": at_head(title="待批"),
    }
    Post.objects.filter(department=bureau.licensing).update(ends_on=timezone.localdate() - timedelta(days=1))
    return left


@pytest.fixture
def desk(bureau, left, client):
    client.force_login(bureau.office)
    return client.get("/admin/").content.decode()


def test_nothing_of_it_is_gone(left):
    assert MatterPage.objects.filter(pk__in=[matter.pk for matter in left.values()]).count() == 3


def test_live_matters_are_read_as_before(left, client):
    assert client.get(left["live"].url).status_code == 200


def test_the_office_decides_the_step(bureau, left):
    assert [step.matter.pk for step in awaiting(bureau.office)] == [left["step"].pk]
    approve(left["step"], by=bureau.office)
    assert fresh(left["step"]).live


def test_the_offices_desk_lists_the_step_and_says_what_to_do(desk, left):
    assert "Steps that nobody else in office decides" in desk
    assert "Or appoint somebody, and the step is theirs" in desk
    assert reverse("wagtailsnippets_organisation_post:add") in desk


def test_the_offices_desk_names_what_the_department_lacks(bureau, desk):
    name = bureau.licensing.name
    assert (f"{name}: no head of department" in desk, f"{name}: no liaison officer" in desk) == (True, True)


def test_the_reminder_of_the_step_goes_to_the_office(bureau, left):
    send_reminders()
    told = {address for sent in mail.outbox if "Steps that nobody else" in sent.body for address in sent.to}
    assert told == {bureau.office.email}


def test_the_office_is_reminded_of_late_drafts_that_nobody_drafts_any_more(bureau, left):
    send_reminders()
    [sent] = [sent for sent in mail.outbox if sent.to == [bureau.office.email]]
    assert ("1 draft that nobody submits" in sent.body, "草稿" in sent.body) == (True, False)


def test_the_office_is_reminded_of_what_nobody_looks_at_again(bureau, left):
    MatterPage.objects.filter(pk=left["live"].pk).update(review_by=timezone.localdate())
    send_reminders()
    [sent] = [sent for sent in mail.outbox if sent.to == [bureau.office.email]]
    assert "1 live matter that nobody looks at again" in sent.body


def test_nobody_who_left_is_written_to(bureau, left):
    send_reminders()
    gone = {bureau.head.email, bureau.liaison.email, bureau.cadre.email}
    assert not gone & {address for sent in mail.outbox for address in sent.to}


def test_who_left_submits_nothing(bureau, left):
    with pytest.raises(SubmissionRefused, match="liaison officers"):
        submit(left["draft"], by=bureau.liaison)


def test_the_step_goes_on_with_a_head_who_is_appointed(bureau, left):
    successor = person_in(bureau.licensing, Post.Kind.HEAD)
    assert (awaiting(bureau.office), [step.matter.pk for step in awaiting(successor)]) == ([], [left["step"].pk])
    approve(left["step"], by=successor)
    assert fresh(left["step"]).live


def test_a_draft_goes_on_with_a_liaison_officer_to_whom_the_office_hands_it_over(bureau, left):
    successor = person_in(bureau.licensing, Post.Kind.LIAISON)
    [draft] = [draft for draft in drafts_in_hand(bureau.liaison) if draft.matter.pk == left["draft"].pk]
    hand_over(draft, of=bureau.liaison, to=successor, by=bureau.office)
    submit(fresh(left["draft"]), by=successor)
    assert current_step(fresh(left["draft"])) is not None


def test_where_the_office_has_nobody_either_the_step_waits_for_whoever_comes(bureau, left):
    Post.objects.filter(department=bureau.office_unit).update(ends_on=timezone.localdate() - timedelta(days=1))
    successor = PostFactory(department=bureau.office_unit, kind=Post.Kind.OFFICE_STAFF).person
    assert [step.matter.pk for step in awaiting(successor)] == [left["step"].pk]
