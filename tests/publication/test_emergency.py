"""Release in an emergency: live at once on the head's word, and every step that was skipped is owed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from intranet.organisation.models import Post
from intranet.publication.approval import current_step, reject, return_to_author
from intranet.publication.awaiting import awaiting
from intranet.publication.emergency import EmergencyReleaseRefused, debts, release_in_emergency, steps_owed
from intranet.publication.models import SecrecyReview
from intranet.publication.reminders.waiting import waiting_by_person
from tests.factories import approve, correct, draft_matter, fresh, live_matter, person_in, submit

REASON = "险情通报"


@pytest.fixture
def draft(bureau):
    return draft_matter(bureau.licensing, author=bureau.liaison)


@pytest.fixture
def released(bureau, draft):
    release_in_emergency(draft, by=bureau.head, reason=REASON)
    return fresh(draft)


def owed(matter):
    return [steps_owed(release) for release in debts().filter(matter=matter.pk)]


def test_the_matter_is_live_at_once(released):
    assert released.live


def test_every_step_of_its_route_is_owed(released):
    assert owed(released) == [["Secrecy review", "Head's approval"]]


def test_the_office_is_owed_too_where_the_category_asks_for_it(bureau):
    draft = draft_matter(bureau.licensing, author=bureau.liaison, category="E1", type_code="notice")
    release_in_emergency(draft, by=bureau.head, reason=REASON)
    assert owed(draft) == [["Secrecy review", "Head's approval", "Office's approval"]]


def test_only_the_steps_not_made_yet_are_owed(bureau, draft):
    submit(draft, by=bureau.liaison)
    approve(fresh(draft), by=bureau.reviewer)
    release_in_emergency(fresh(draft), by=bureau.head, reason=REASON)
    assert owed(draft) == [["Head's approval"]]


def test_the_head_answers_for_the_secrecy_review_until_it_is_made(bureau, released):
    review = SecrecyReview.objects.get()
    assert (review.manner, review.reviewer, review.reason) == ("emergency", bureau.head, REASON)


def test_nothing_is_owed_once_every_step_is_made(bureau, released):
    approve(released, by=bureau.reviewer)
    approve(fresh(released), by=bureau.head)
    assert (owed(released), fresh(released).live) == ([], True)


def test_the_same_version_does_not_go_live_twice(bureau, released):
    before = released.last_published_at
    approve(released, by=bureau.reviewer)
    approve(fresh(released), by=bureau.head)
    assert fresh(released).last_published_at == before


def test_a_secrecy_review_that_ends_with_a_no_takes_it_down(bureau, released):
    reject(released, by=bureau.reviewer, reason="涉密", basis="state_secret")
    matter = fresh(released)
    assert (matter.live, owed(matter)) == (False, [])


def test_the_reviewers_reason_is_not_told_at_its_address(bureau, released, client):
    reject(released, by=bureau.reviewer, reason="举报人张三的身份会暴露", basis="privacy")
    notice, history = client.get(released.url), client.get(f"{released.url}history/")
    assert "did not confirm it" in notice.content.decode()
    assert [page.status_code for page in (notice, history)] == [410, 200]
    assert not [page for page in (notice, history) if "张三" in page.content.decode()]


def test_a_head_who_rejects_afterwards_takes_it_down(bureau, released):
    approve(released, by=bureau.reviewer)
    reject(fresh(released), by=bureau.head, reason="内容有误")
    assert not fresh(released).live


def test_what_is_returned_stays_live_and_owed(bureau, released):
    return_to_author(released, by=bureau.reviewer, comment="请补充")
    assert (fresh(released).live, len(owed(released))) == (True, 1)


@pytest.mark.parametrize("who", ["reviewer", "head"])
def test_a_mended_version_that_is_rejected_takes_down_what_was_released(bureau, released, who):
    return_to_author(released, by=bureau.reviewer, comment="请补充")
    fresh(released).save_revision(user=bureau.liaison)
    submit(fresh(released), by=bureau.liaison)
    if who == "head":
        approve(fresh(released), by=bureau.reviewer)
    reject(fresh(released), by=getattr(bureau, who), reason="涉密", basis="state_secret")
    assert not fresh(released).live


def test_a_correction_that_is_rejected_leaves_what_was_confirmed(bureau, released):
    approve(released, by=bureau.reviewer)
    approve(fresh(released), by=bureau.head)
    fresh(released).save_revision(user=bureau.liaison)
    correct(fresh(released), "更正")
    submit(fresh(released), by=bureau.liaison)
    reject(fresh(released), by=bureau.reviewer, reason="涉密", basis="state_secret")
    assert fresh(released).live


def test_a_mended_version_that_passes_every_step_settles_the_debt(bureau, released):
    return_to_author(released, by=bureau.reviewer, comment="请补充")
    draft = fresh(released)
    draft.summary = "已补充"
    draft.save_revision(user=bureau.liaison)
    submit(fresh(draft), by=bureau.liaison)
    approve(fresh(draft), by=bureau.reviewer)
    approve(fresh(draft), by=bureau.head)
    assert (fresh(draft).summary, owed(draft)) == ("已补充", [])


def test_a_review_that_somebody_cancels_leaves_the_debt(bureau, released):
    released.current_workflow_state.cancel()
    assert owed(released) == [["Secrecy review", "Head's approval"]]


def test_the_new_version_of_a_live_matter_goes_up_at_once(bureau):
    matter = live_matter(bureau.licensing)
    matter.summary = "紧急更正"
    matter.save_revision(user=bureau.liaison)
    correct(fresh(matter))
    release_in_emergency(fresh(matter), by=bureau.head, reason=REASON)
    assert fresh(matter).summary == "紧急更正"


@pytest.mark.parametrize("who", ["liaison", "reviewer", "office", "cadre", "leader"])
def test_nobody_but_the_departments_head_releases(bureau, draft, who):
    with pytest.raises(EmergencyReleaseRefused, match="Only the head"):
        release_in_emergency(draft, by=getattr(bureau, who), reason=REASON)


def test_a_head_does_not_release_the_own_draft(bureau):
    draft = draft_matter(bureau.licensing, author=bureau.head)
    with pytest.raises(EmergencyReleaseRefused, match="own draft"):
        release_in_emergency(draft, by=bureau.head, reason=REASON)


def test_the_reason_is_given(bureau, draft):
    with pytest.raises(EmergencyReleaseRefused, match="Give the reason"):
        release_in_emergency(draft, by=bureau.head, reason=" ")


def test_what_stops_every_draft_stops_this_one_too(bureau):
    draft = draft_matter(bureau.licensing, author=bureau.liaison, summary="身份证号 11010519491231002X")
    with pytest.raises(EmergencyReleaseRefused, match="identity"):
        release_in_emergency(draft, by=bureau.head, reason=REASON)


def test_nothing_has_changed_where_it_is_refused(bureau):
    draft = draft_matter(bureau.licensing, author=bureau.liaison, visibility="")
    with pytest.raises(EmergencyReleaseRefused):
        release_in_emergency(draft, by=bureau.head, reason=REASON)
    assert (fresh(draft).live, SecrecyReview.objects.exists()) == (False, False)


def test_it_is_logged_with_its_reason(bureau, released):
    entry = PageLogEntry.objects.get(action="gongkai.emergency")
    assert (entry.user, entry.data["reason"]) == (bureau.head, REASON)


def test_what_is_live_already_stands_first_on_the_reviewers_desk(bureau, released):
    other = draft_matter(bureau.licensing, author=bureau.liaison, formed_on="2020-01-06")
    submit(fresh(other), by=bureau.liaison)
    assert [step.matter.pk for step in awaiting(bureau.reviewer)] == [released.pk, other.pk]


def test_whoever_owes_a_step_is_reminded_at_once(bureau, released):
    assert [step.matter.pk for step in waiting_by_person()[bureau.reviewer.pk].steps] == [released.pk]


@pytest.mark.parametrize("who", ["head", "office"])
def test_head_and_office_see_the_debt_on_their_desks(bureau, released, client, who):
    client.force_login(getattr(bureau, who))
    assert "Released in an emergency" in client.get("/admin/").content.decode()


def test_another_departments_head_does_not_see_it(bureau, released, client):
    client.force_login(person_in(bureau.finance, Post.Kind.HEAD))
    assert "Released in an emergency" not in client.get("/admin/").content.decode()


def test_who_decides_afterwards_is_told_that_it_is_live(bureau, released, client):
    client.force_login(bureau.reviewer)
    screen = client.get(reverse("publication:decide", args=[current_step(released).pk])).content.decode()
    assert "It is live already" in screen


def test_a_head_releases_on_the_screen(bureau, draft, client):
    client.force_login(bureau.head)
    client.post(reverse("publication:emergency", args=[draft.pk]), {"reason": REASON, "nothing_secret": "on"})
    assert fresh(draft).live


def test_the_head_says_that_nothing_is_to_be_kept_back(bureau, draft, client):
    client.force_login(bureau.head)
    client.post(reverse("publication:emergency", args=[draft.pk]), {"reason": REASON})
    assert not fresh(draft).live


def test_looking_at_the_screen_releases_nothing(bureau, draft, client):
    client.force_login(bureau.head)
    screen = client.get(reverse("publication:emergency", args=[draft.pk])).content.decode()
    assert ("Secrecy review" in screen, fresh(draft).live) == (True, False)


def test_the_screen_says_what_stands_against_it(bureau, client):
    draft = draft_matter(bureau.licensing, author=bureau.liaison, visibility="")
    client.force_login(bureau.head)
    screen = client.get(reverse("publication:emergency", args=[draft.pk])).content.decode()
    assert ("Choose an audience" in screen, "Make it live now" in screen) == (True, False)


@pytest.mark.parametrize("who", ["liaison", "reviewer", "office"])
def test_nobody_else_has_the_screen(bureau, draft, client, who):
    client.force_login(getattr(bureau, who))
    assert client.get(reverse("publication:emergency", args=[draft.pk])).status_code == 404


def test_what_was_written_meanwhile_is_shown_before_it_goes_live(bureau, client, draft):
    client.force_login(bureau.head)
    screen = reverse("publication:emergency", args=[draft.pk])
    seen = client.get(screen).context["form"]["seen"].value()
    draft.save_revision(user=bureau.liaison, overwrite_revision=draft.get_latest_revision())
    client.post(screen, {"reason": REASON, "nothing_secret": "on", "seen": seen})
    assert not fresh(draft).live


def test_a_debt_stays_until_what_was_approved_in_its_place_is_live(bureau):
    draft = draft_matter(bureau.licensing, author=bureau.liaison)
    release_in_emergency(draft, by=bureau.head, reason="险情")
    return_to_author(fresh(draft), by=bureau.reviewer, comment="改")
    version = fresh(draft).get_latest_revision_as_object()
    version.go_live_at = timezone.now() + timedelta(days=400)
    version.save_revision(user=bureau.liaison)
    submit(fresh(draft), by=bureau.liaison)
    approve(fresh(draft), by=bureau.reviewer)
    approve(fresh(draft), by=bureau.head)
    assert debts().count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=401)):
        call_command("publish_scheduled")
    assert (debts().count(), fresh(draft).live_revision_id) == (0, fresh(draft).latest_revision_id)
