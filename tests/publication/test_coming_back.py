"""A matter that was returned comes back: along which route, and from which step."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from intranet.disclosure.models import Category, CategoryTerms
from intranet.disclosure.sections import section_for
from intranet.organisation.models import Post
from intranet.publication.approval import current_step, reject, return_to_author
from intranet.publication.desk.undisclosed import Stage, own_drafts
from intranet.publication.emergency import release_in_emergency
from intranet.publication.models import SecrecyReviewTask
from intranet.publication.reminders.waiting import waiting_by_person
from intranet.publication.withdrawal import withdraw
from tests.factories import approve, draft_matter, fresh, live_matter, person_in, submit
from tests.publication.editor import post_editor, submit_from_editor


@pytest.fixture
def at_head(bureau):
    matter = draft_matter(bureau.licensing, title="送审标题", author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    return fresh(matter)


@pytest.fixture
def returned(bureau, at_head):
    return_to_author(at_head, by=bureau.head, comment="请修改")
    return fresh(at_head)


def moved(matter, department, category):
    matter.move(section_for(department, Category.objects.get(code=category)), pos="last-child")
    return fresh(matter)


def test_a_returned_matter_takes_the_route_of_the_category_it_was_moved_to(bureau, returned):
    submit(moved(returned, bureau.licensing, "E1"), by=bureau.liaison)
    approve(fresh(returned), by=bureau.reviewer)
    approve(fresh(returned), by=bureau.head)
    assert not fresh(returned).live


def test_a_returned_matter_that_was_moved_is_reviewed_from_the_start(bureau, returned):
    matter = moved(returned, bureau.finance, "E2")
    submit(matter, by=person_in(bureau.finance, Post.Kind.LIAISON))
    assert isinstance(current_step(fresh(matter)).task.specific, SecrecyReviewTask)


def test_a_returned_matter_takes_the_route_that_its_category_has_by_now(bureau, returned):
    CategoryTerms.objects.filter(category__code="E2").update(route="HO")
    returned.save_revision(user=bureau.liaison)
    submit(fresh(returned), by=bureau.liaison)
    approve(fresh(returned), by=bureau.reviewer)
    approve(fresh(returned), by=bureau.head)
    assert not fresh(returned).live


def test_a_matter_submitted_again_from_the_editor_takes_the_route_that_its_category_has_by_now(
    bureau, client, returned
):
    CategoryTerms.objects.filter(category__code="E2").update(route="HO")
    client.force_login(bureau.liaison)
    submit_from_editor(client, returned, title="改过的标题")
    approve(fresh(returned), by=bureau.reviewer)
    approve(fresh(returned), by=bureau.head)
    assert not fresh(returned).live


def test_what_is_under_review_cannot_be_changed_in_the_editor(bureau, client, at_head):
    client.force_login(bureau.liaison)
    post_editor(client, at_head, title="改过的标题")
    assert fresh(at_head).get_latest_revision_as_object().title == "送审标题"


def test_a_rejected_matter_is_on_its_authors_desk_with_the_reason(bureau, at_head):
    reject(at_head, by=bureau.head, reason="不属于公开范围")
    assert [(row.comment, row.is_rejected) for row in own_drafts(bureau.liaison)] == [("不属于公开范围", True)]


def test_a_returned_matter_is_on_its_authors_desk_with_the_comment(bureau, returned):
    assert [(row.comment, row.is_rejected) for row in own_drafts(bureau.liaison)] == [("请修改", False)]


def test_a_rejected_matter_that_was_written_again_is_a_draft_like_others(bureau, at_head):
    reject(at_head, by=bureau.head, reason="不属于公开范围")
    fresh(at_head).save_revision(user=bureau.liaison)
    assert [(row.comment, row.is_rejected) for row in own_drafts(bureau.liaison)] == [("", False)]


def withdrawn(bureau):
    matter = live_matter(bureau.licensing, title="送审标题", author=bureau.liaison)
    withdraw(matter, by=bureau.head, reason="数据有误")
    return fresh(matter)


def expired(bureau):
    moment = timezone.now() + timedelta(hours=1)
    matter = live_matter(bureau.licensing, title="送审标题", author=bureau.liaison, expire_at=moment)
    with time_machine.travel(moment + timedelta(minutes=1)):
        call_command("publish_scheduled")
    return fresh(matter)


@pytest.fixture(params=[withdrawn, expired])
def taken_down(request, bureau):
    """A matter that was disclosed and is no more, with nothing written since."""
    return request.param(bureau)


def corrected(matter, author):
    newer = matter.get_latest_revision_as_object()
    newer.title, newer.expire_at = "更正后的标题", None
    newer.save_revision(user=author)
    return fresh(matter)


def on_the_desk(person):
    return [(row.title, row.stage, row.comment) for row in own_drafts(person)]


def test_what_was_taken_down_and_left_so_is_on_nobodys_desk(bureau, taken_down):
    assert on_the_desk(bureau.liaison) == []


def test_the_correction_of_what_was_taken_down_is_its_authors_draft(bureau, taken_down):
    corrected(taken_down, bureau.liaison)
    assert on_the_desk(bureau.liaison) == [("更正后的标题", Stage.DRAFT, "")]


def test_a_returned_correction_of_what_was_taken_down_is_on_its_authors_desk(bureau, client, taken_down):
    submit(corrected(taken_down, bureau.liaison), by=bureau.liaison)
    return_to_author(fresh(taken_down), by=bureau.reviewer, comment="更正说明不清")
    client.force_login(bureau.liaison)
    page = client.get("/admin/").content.decode()
    assert on_the_desk(bureau.liaison) == [("更正后的标题", Stage.RETURNED, "更正说明不清")]
    assert ("更正后的标题" in page, "更正说明不清" in page) == (True, True)


def test_of_a_returned_correction_its_author_is_reminded_although_it_has_no_deadline(bureau, taken_down):
    submit(corrected(taken_down, bureau.liaison), by=bureau.liaison)
    return_to_author(fresh(taken_down), by=bureau.reviewer, comment="更正说明不清")
    assert [row.title for row in waiting_by_person()[bureau.liaison.pk].drafts] == ["更正后的标题"]


def test_a_rejected_correction_of_what_was_taken_down_is_on_its_authors_desk(bureau, taken_down):
    submit(corrected(taken_down, bureau.liaison), by=bureau.liaison)
    reject(fresh(taken_down), by=bureau.reviewer, reason="不予公开", basis="state_secret")
    assert on_the_desk(bureau.liaison) == [("更正后的标题", Stage.REJECTED, "不予公开")]


def test_what_a_rejection_took_down_is_on_its_authors_desk_with_the_reason(bureau):
    matter = draft_matter(bureau.licensing, title="送审标题", author=bureau.liaison)
    release_in_emergency(matter, by=bureau.head, reason="汛情紧急")
    reject(fresh(matter), by=bureau.reviewer, reason="不予公开", basis="state_secret")
    assert on_the_desk(bureau.liaison) == [("送审标题", Stage.REJECTED, "不予公开")]


def test_what_was_rejected_before_it_was_live_is_on_nobodys_desk_once_it_is_taken_down(bureau, at_head):
    reject(at_head, by=bureau.head, reason="不属于公开范围")
    submit(fresh(at_head), by=bureau.liaison)
    approve(fresh(at_head), by=bureau.reviewer)
    approve(fresh(at_head), by=bureau.head)
    withdraw(fresh(at_head), by=bureau.head, reason="数据有误")
    assert on_the_desk(bureau.liaison) == []
