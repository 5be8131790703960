"""A matter that was returned comes back: along which route, and from which step."""

import pytest

from intranet.disclosure.models import Category, CategoryTerms
from intranet.disclosure.sections import section_for
from intranet.organisation.models import Post
from intranet.publication.approval import current_step, reject, return_to_author
from intranet.publication.desk.undisclosed import own_drafts
from intranet.publication.models import SecrecyReviewTask
from tests.factories import approve, draft_matter, fresh, person_in, submit
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
