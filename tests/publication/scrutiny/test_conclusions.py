"""What was concluded as not to be disclosed: it does not come again as it is, and what comes again says why."""

import pytest
from django.urls import reverse

from intranet.publication.approval import current_step, reject
from intranet.publication.emergency import EmergencyReleaseRefused, release_in_emergency
from intranet.publication.scrutiny.checks import findings_in
from intranet.publication.submission import SubmissionRefused, submit
from tests.factories import approve, correct, draft_matter, fresh
from tests.factories import submit as submitted

WORDS = "Concluded as not to be disclosed"


@pytest.fixture
def closed(bureau):
    """A matter whose reviewer concluded that it is not to be disclosed."""
    matter = draft_matter(bureau.licensing, author=bureau.liaison, summary="库存数量与位置")
    submitted(matter, by=bureau.liaison)
    reject(fresh(matter), by=bureau.reviewer, reason="涉密", basis="state_secret")
    return fresh(matter)


def changed(matter, by, **attributes):
    draft = fresh(matter).get_latest_revision_as_object()
    for name, value in attributes.items():
        setattr(draft, name, value)
    draft.save_revision(user=by)
    return fresh(matter)


def found(matter, reader):
    draft = fresh(matter).get_latest_revision_as_object()
    return [finding for finding in findings_in(draft, reader=reader) if finding.kind == "conclusions"]


def test_the_same_version_is_not_submitted_again(bureau, closed):
    with pytest.raises(SubmissionRefused, match="This is the same text"):
        submit(closed, by=bureau.liaison, reason="再报")


@pytest.mark.parametrize("change", [{}, {"summary": "库存 数量与位置"}, {"document_number": "甘安监〔2026〕1号"}])
def test_the_same_text_is_not_submitted_in_another_version(bureau, closed, change):
    with pytest.raises(SubmissionRefused, match="This is the same text"):
        submit(changed(closed, bureau.liaison, **change), by=bureau.liaison, reason="再报")


@pytest.mark.parametrize("change", [{"summary": "检查情况"}, {"visibility": "department"}])
def test_another_text_or_audience_is_submitted_with_a_reason(bureau, closed, change):
    submit(changed(closed, bureau.liaison, **change), by=bureau.liaison, reason="已删去涉密内容")
    assert fresh(closed).workflow_in_progress


def test_another_text_is_not_submitted_without_a_reason(bureau, closed):
    with pytest.raises(SubmissionRefused, match="doubtful"):
        submit(changed(closed, bureau.liaison, summary="检查情况"), by=bureau.liaison)


def test_the_author_is_told_who_concluded_it_and_on_which_basis(bureau, closed, client):
    changed(closed, bureau.liaison, summary="检查情况")
    client.force_login(bureau.liaison)
    screen = client.get(reverse("publication:submit", args=[closed.pk])).content.decode()
    assert (WORDS in screen, str(bureau.reviewer) in screen, "state secret" in screen) == (True, True, True)


@pytest.mark.parametrize("who", ["reviewer", "head"])
def test_whoever_decides_on_what_comes_again_is_told(bureau, closed, client, who):
    submitted(changed(closed, bureau.liaison, summary="检查情况"), by=bureau.liaison)
    if who == "head":
        approve(fresh(closed), by=bureau.reviewer)
    client.force_login(getattr(bureau, who))
    screen = client.get(reverse("publication:decide", args=[current_step(fresh(closed)).pk])).content.decode()
    assert WORDS in screen


def test_the_same_text_is_not_released_in_an_emergency(bureau, closed):
    with pytest.raises(EmergencyReleaseRefused, match="This is the same text"):
        release_in_emergency(closed, by=bureau.head, reason="急")


def test_it_is_answered_once_the_matter_went_live(bureau, closed):
    submitted(changed(closed, bureau.liaison, summary="检查情况"), by=bureau.liaison)
    for person in (bureau.reviewer, bureau.head):
        approve(fresh(closed), by=person)
    assert not found(changed(closed, bureau.liaison, summary="复查情况"), bureau.liaison)


def test_what_was_not_to_be_disclosed_does_not_come_back_in_a_correction(bureau, closed):
    submitted(changed(closed, bureau.liaison, summary="检查情况"), by=bureau.liaison)
    for person in (bureau.reviewer, bureau.head):
        approve(fresh(closed), by=person)
    again = changed(closed, bureau.liaison, summary="库存数量与位置")
    correct(again)
    with pytest.raises(SubmissionRefused, match="This is the same text"):
        submit(fresh(again), by=bureau.liaison, reason="再报")


def test_an_emergency_answers_nothing(bureau, closed):
    release_in_emergency(changed(closed, bureau.liaison, summary="检查情况"), by=bureau.head, reason="急")
    assert found(closed, bureau.reviewer)


def test_what_a_head_rejected_is_no_conclusion_of_a_secrecy_review(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    submitted(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    reject(fresh(matter), by=bureau.head, reason="内容有误")
    assert not found(matter, bureau.liaison)
