"""The way from draft to live, and who may take which step."""

import pytest
from wagtail.models import PageLogEntry, WorkflowState

from intranet.disclosure.going_live import PublicationRefused
from intranet.organisation.models import Post
from intranet.publication.approval import (
    ApprovalRefused,
    approve,
    current_step,
    reject,
    return_to_author,
)
from intranet.publication.awaiting import awaiting
from intranet.publication.models import Release
from intranet.publication.submission import SubmissionRefused
from tests.factories import draft_matter, fresh, live_matter, person_in, submit


@pytest.fixture
def submitted(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    return fresh(matter)


@pytest.fixture
def at_head(bureau, submitted):
    approve(submitted, by=bureau.reviewer)
    return fresh(submitted)


def test_a_matter_goes_live_through_secrecy_review_and_head(bureau, at_head):
    approve(at_head, by=bureau.head)
    assert fresh(at_head).live


def test_a_matter_is_not_live_before_its_head_approves(at_head):
    assert not at_head.live


def test_a_live_matter_has_an_index_number_and_a_date(bureau, at_head):
    approve(at_head, by=bureau.head)
    matter = fresh(at_head)
    assert matter.index_number.startswith("GK-E2-")
    assert matter.published_on is not None


def test_a_category_on_the_offices_route_goes_to_the_office_after_the_head(bureau):
    matter = draft_matter(bureau.licensing, category="E1", type_code="notice", author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    assert not fresh(matter).live
    approve(fresh(matter), by=bureau.office)
    assert fresh(matter).live


def test_secrecy_review_cannot_be_skipped_by_the_head(bureau, submitted):
    with pytest.raises(ApprovalRefused, match="not yours"):
        approve(submitted, by=bureau.head)


def test_a_head_of_another_department_cannot_approve(bureau, at_head):
    other = person_in(bureau.finance, Post.Kind.HEAD)
    with pytest.raises(ApprovalRefused, match="not yours"):
        approve(at_head, by=other)


def test_a_superuser_without_a_post_cannot_approve(bureau, at_head, admin_user):
    with pytest.raises(ApprovalRefused, match="not yours"):
        approve(at_head, by=admin_user)


def test_a_head_cannot_approve_own_draft(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.head)
    submit(matter, by=bureau.head)
    approve(fresh(matter), by=bureau.reviewer)
    with pytest.raises(ApprovalRefused, match="own draft"):
        approve(fresh(matter), by=bureau.head)


def test_who_wrote_an_earlier_version_of_the_draft_cannot_approve_it(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.head)
    matter.save_revision(user=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    with pytest.raises(ApprovalRefused, match="own draft"):
        approve(fresh(matter), by=bureau.head)


def test_a_deputy_decides_on_the_heads_own_draft(bureau):
    deputy = person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
    matter = draft_matter(bureau.licensing, author=bureau.head)
    submit(matter, by=bureau.head)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=deputy)
    assert fresh(matter).live


def test_the_office_stands_in_where_nobody_else_can_decide(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.head)
    submit(matter, by=bureau.head)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.office)
    assert fresh(matter).live


def test_who_wrote_only_what_is_live_already_may_approve_the_next_version(bureau):
    matter = live_matter(bureau.licensing, author=bureau.head)
    matter.save_revision(user=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    assert fresh(matter).live


def test_the_second_of_two_heads_is_told_what_the_first_did(bureau, at_head):
    deputy = person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
    seen_by_both = current_step(at_head)
    approve(at_head, by=bureau.head)
    with pytest.raises(ApprovalRefused, match=str(bureau.head)):
        seen_by_both.approve(user=deputy)


def test_a_head_whose_post_ended_yesterday_cannot_approve(bureau, at_head, yesterday):
    bureau.head.posts.update(ends_on=yesterday)
    with pytest.raises(ApprovalRefused, match="not yours"):
        approve(at_head, by=bureau.head)


def test_a_returned_matter_carries_the_comment_to_its_author(bureau, at_head):
    return_to_author(at_head, by=bureau.head, comment="请补充依据")
    state = fresh(at_head).current_workflow_state
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert state.current_task_state.comment == "请补充依据"


def test_a_matter_cannot_be_returned_without_a_comment(bureau, at_head):
    with pytest.raises(ApprovalRefused, match="what has to change"):
        return_to_author(at_head, by=bureau.head, comment="  ")


def test_a_returned_matter_starts_again_with_secrecy_review(bureau, at_head):
    return_to_author(at_head, by=bureau.head, comment="请修改")
    matter = fresh(at_head)
    matter.save_revision(user=bureau.liaison)
    submit(fresh(matter), by=bureau.liaison)
    assert type(current_step(fresh(matter)).task.specific).__name__ == "SecrecyReviewTask"


def test_a_rejected_matter_is_under_no_review(bureau, at_head):
    reject(at_head, by=bureau.head, reason="属于内部事务", basis="internal_affairs")
    assert fresh(at_head).current_workflow_state is None


def test_a_rejection_is_logged_with_its_reason(bureau, at_head):
    reject(at_head, by=bureau.head, reason="属于内部事务")
    entry = PageLogEntry.objects.get(action="gongkai.reject")
    assert (entry.user, entry.data["reason"]) == (bureau.head, "属于内部事务")


def test_editing_a_live_matter_keeps_the_live_version_up(bureau):
    matter = live_matter(bureau.licensing, title="旧标题")
    matter.title = "新标题"
    matter.save_revision(user=bureau.liaison)
    submit(fresh(matter), by=bureau.liaison)
    assert (fresh(matter).live, fresh(matter).title) == (True, "旧标题")


def test_the_next_approval_brings_the_edit_up(bureau):
    matter = live_matter(bureau.licensing, title="旧标题")
    matter.title = "新标题"
    matter.save_revision(user=bureau.liaison)
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    assert fresh(matter).title == "新标题"


def test_a_draft_without_an_audience_cannot_be_submitted(bureau):
    matter = draft_matter(bureau.licensing, visibility="", author=bureau.liaison)
    with pytest.raises(SubmissionRefused, match="audience"):
        submit(matter, by=bureau.liaison)


def test_a_category_decided_by_a_meeting_asks_for_its_decision(bureau):
    matter = draft_matter(bureau.licensing, category="E5", type_code="report", author=bureau.liaison)
    with pytest.raises(SubmissionRefused, match="meeting"):
        submit(matter, by=bureau.liaison)


def test_a_cadre_cannot_submit(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    with pytest.raises(SubmissionRefused, match="liaison officers"):
        submit(matter, by=bureau.cadre)


def test_a_workflow_started_behind_the_operations_is_refused_all_the_same(bureau):
    matter = draft_matter(bureau.licensing, visibility="", author=bureau.liaison)
    with pytest.raises(SubmissionRefused):
        matter.get_workflow().start(matter, bureau.liaison)


def test_a_finished_review_with_a_missing_step_does_not_release(bureau, at_head):
    with pytest.raises(PublicationRefused, match="Not every step"):
        at_head.current_workflow_state.finish(user=bureau.head)


def test_a_release_is_spent_once(bureau):
    matter = live_matter(bureau.licensing)
    assert not Release.objects.filter(matter_id=matter.pk, used_at=None).exists()
    with pytest.raises(PublicationRefused):
        matter.get_latest_revision().publish()


def test_a_head_sees_the_oldest_deadline_first(bureau):
    from datetime import date

    late = draft_matter(bureau.licensing, author=bureau.liaison, formed_on=date(2026, 3, 2), title="后到期")
    early = draft_matter(bureau.licensing, author=bureau.liaison, formed_on=date(2026, 1, 5), title="先到期")
    for matter in (late, early):
        submit(matter, by=bureau.liaison)
        approve(fresh(matter), by=bureau.reviewer)
    assert [step.matter.pk for step in awaiting(bureau.head)] == [early.pk, late.pk]
