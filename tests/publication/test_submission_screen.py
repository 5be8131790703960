"""Before submitting: the author sees what is missing or doubtful, mends it or says why it is right."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, WorkflowState
from wagtail.users.models import UserProfile

from intranet.disclosure.written_into import mark_of
from intranet.publication.approval import current_step, return_to_author
from intranet.publication.routes import workflow_for
from intranet.publication.submission import SubmissionRefused, submit
from tests.factories import approve, draft_matter, fresh
from tests.publication.editor import post_editor, submit_from_editor

IDENTITY = "11010519491231002X"


@pytest.fixture
def late(bureau):
    """A draft with warnings and no error."""
    return draft_matter(bureau.licensing, author=bureau.liaison, title="危险化学品检查通知")


@pytest.fixture
def stopped(bureau):
    return draft_matter(bureau.licensing, author=bureau.liaison, summary=IDENTITY)


@pytest.fixture
def liaison(bureau, client):
    client.force_login(bureau.liaison)
    return client


def screen(matter):
    return reverse("publication:submit", args=[matter.pk])


def text(response):
    return response.content.decode()


def test_warnings_want_a_reason(bureau, late):
    with pytest.raises(SubmissionRefused, match="say why it is right"):
        submit(late, by=bureau.liaison, reason="  ")


def test_a_reason_does_not_lift_an_error(bureau, stopped):
    with pytest.raises(SubmissionRefused, match="identity card"):
        submit(stopped, by=bureau.liaison, reason="急")


def test_without_a_finding_no_reason_is_asked(bureau):
    yesterday = timezone.localdate() - timedelta(days=1)
    complete = draft_matter(
        bureau.licensing, type_code="notice", category="N10", visibility="staff", formed_on=yesterday, summary="开会"
    )
    submit(complete, by=bureau.liaison)
    assert fresh(complete).workflow_in_progress


def test_the_reason_stays_in_the_log_with_what_it_answers(bureau, late):
    submit(late, by=bureau.liaison, reason="原件无文号")
    kept = PageLogEntry.objects.get(action="gongkai.explain").data
    assert (kept["reason"], any("document number" in words for words in kept["warnings"])) == ("原件无文号", True)


def test_the_editors_button_saves_and_leads_to_the_screen(liaison, late):
    response = post_editor(liaison, late, title="改过的标题", **{"action-check-and-submit": "1"})
    saved = fresh(late).get_latest_revision_as_object().title
    assert (response.headers["Location"], saved) == (screen(late), "改过的标题")


def test_the_editor_offers_no_way_around_the_screen(liaison, late):
    page = text(liaison.get(reverse("wagtailadmin_pages:edit", args=[late.pk])))
    assert ("action-check-and-submit" in page, "action-submit" in page) == (True, False)


@pytest.mark.parametrize("button", ["action-submit", "action-restart-workflow"])
def test_wagtails_own_buttons_save_and_lead_to_the_screen(liaison, late, button):
    response = post_editor(liaison, late, title="改过的标题", **{button: "1"})
    saved = fresh(late).get_latest_revision_as_object().title
    assert (response.headers["Location"], saved, fresh(late).workflow_in_progress) == (
        screen(late),
        "改过的标题",
        False,
    )


def test_a_returned_matter_is_not_resumed_by_wagtails_own_button(bureau, liaison, late):
    submit(late, by=bureau.liaison, reason="原件无文号")
    return_to_author(fresh(late), by=bureau.reviewer, comment="请补充")
    post_editor(liaison, fresh(late), **{"action-submit": "1"})
    assert fresh(late).current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES


def test_what_is_submitted_past_the_screen_stops_at_warnings(bureau, late):
    with pytest.raises(SubmissionRefused, match="Check and submit"):
        workflow_for(late.category).start(late, bureau.liaison)


def test_what_is_resumed_past_the_screen_stops_at_warnings(bureau, late):
    submit(late, by=bureau.liaison, reason="原件无文号")
    return_to_author(fresh(late), by=bureau.reviewer, comment="请补充")
    late.save_revision(user=bureau.liaison)
    with pytest.raises(SubmissionRefused, match="Check and submit"):
        fresh(late).current_workflow_state.resume(user=bureau.liaison)


def test_the_screen_shows_the_findings_and_asks_for_the_reason(liaison, late):
    page = text(liaison.get(screen(late)))
    assert ("It is late" in page, 'name="reason"' in page) == (True, True)


def test_the_screen_submits(liaison, late):
    liaison.post(screen(late), {"reason": "原件无文号"})
    assert fresh(late).workflow_in_progress


def test_the_screen_without_a_reason_says_so_and_submits_nothing(liaison, late):
    page = text(liaison.post(screen(late), {"reason": ""}))
    assert ("This field is required" in page, fresh(late).workflow_in_progress) == (True, False)


def test_an_error_leaves_no_button(liaison, stopped):
    page = text(liaison.get(screen(stopped)))
    assert ("identity card" in page, "Back to the draft" in page, ">Submit<" in page) == (True, True, False)


def test_an_error_cannot_be_posted_past(liaison, stopped):
    liaison.post(screen(stopped), {"reason": "急"})
    assert not fresh(stopped).workflow_in_progress


def test_what_was_changed_meanwhile_is_shown_anew_and_not_submitted(bureau, liaison, late):
    shown = mark_of(late.latest_revision)
    late.save_revision(user=bureau.head)
    liaison.post(screen(late), {"reason": "原件无文号", "seen": shown})
    assert not fresh(late).workflow_in_progress


def test_what_was_written_into_the_version_meanwhile_is_shown_anew_and_not_submitted(bureau, liaison, late):
    shown = late.get_latest_revision()
    seen = mark_of(shown)
    late.save_revision(user=bureau.liaison, overwrite_revision=shown)
    liaison.post(screen(late), {"reason": "原件无文号", "seen": seen})
    assert not fresh(late).workflow_in_progress


def test_who_does_not_draft_for_the_department_does_not_see_the_screen(bureau, client, late):
    client.force_login(bureau.cadre2)
    assert client.get(screen(late)).status_code in (302, 403)


@pytest.mark.parametrize("decider", ["reviewer", "head"])
def test_reviewer_and_head_read_the_findings_and_the_reason(bureau, client, late, decider):
    submit(late, by=bureau.liaison, reason="原件无文号")
    if decider == "head":
        approve(fresh(late), by=bureau.reviewer)
    client.force_login(getattr(bureau, decider))
    page = text(client.get(reverse("publication:decide", args=[current_step(fresh(late)).pk])))
    assert ("It is late" in page, "原件无文号" in page) == (True, True)


def test_a_returned_matter_is_explained_anew(bureau, liaison, late):
    submit(late, by=bureau.liaison, reason="原件无文号")
    return_to_author(fresh(late), by=bureau.reviewer, comment="请补充")
    submit_from_editor(liaison, fresh(late), title="改过的标题", reason="仍无文号")
    assert PageLogEntry.objects.filter(action="gongkai.explain").count() == 2


@pytest.mark.parametrize("address", ["publication:records", "publication:submit", "wagtailadmin_pages:edit"])
def test_handing_a_draft_in_has_one_name_on_every_screen(bureau, client, address):
    draft = draft_matter(bureau.licensing, category="E5", type_code="report", author=bureau.liaison)
    UserProfile.objects.create(user=bureau.liaison, preferred_language="zh-hans")
    client.force_login(bureau.liaison)
    text = client.get(reverse(address, args=[draft.pk])).content.decode()
    assert ("检查并送审" in text, "报送" in text) == (True, False)
