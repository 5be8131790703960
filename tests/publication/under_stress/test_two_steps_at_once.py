"""Who enters a matter into its review, moves, follows or ends it, and who acts on it meanwhile, wait for each other."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.actions.move_page import MovePageAction
from wagtail.models import TaskState, WorkflowState

from intranet.disclosure.going_live import PublicationRefused
from intranet.disclosure.models import Category
from intranet.disclosure.sections import section_for
from intranet.publication.approval import approve as approve_it
from intranet.publication.approval import return_to_author
from intranet.publication.emergency import release_in_emergency
from intranet.publication.models import MatterTaskState
from intranet.publication.submission import SubmissionRefused
from intranet.publication.submission import submit as submit_it
from intranet.publication.withdrawal import withdraw
from tests.beside import begun_while
from tests.factories import approve, draft_matter, fresh, fresh_account, live_matter, submit
from tests.publication.test_route_records import AFTER, approved_until_the_last_step, notice
from tests.publication.under_stress.test_two_ways_at_once import is_public, newer_version, one_step_before_live

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]


def move_to_e1(draft, bureau):
    section = section_for(bureau.licensing, Category.objects.get(code="E1")).specific
    return lambda: MovePageAction(fresh(draft), section, pos="last-child", user=fresh_account(bureau.liaison)).execute()


def open_steps(matter):
    steps = MatterTaskState.objects.filter(workflow_state__object_id=str(matter.pk))
    return steps.filter(status=TaskState.STATUS_IN_PROGRESS).count()


@pytest.mark.parametrize("is_withdrawn_first", [True, False])
def test_what_becomes_a_translation_by_this_version_is_not_disclosed_without_its_record(bureau, is_withdrawn_first):
    record = live_matter(bureau.licensing, author=bureau.liaison)
    matter = live_matter(bureau.licensing, language="en", title="English", author=bureau.liaison)
    one_step_before_live(newer_version(matter, bureau, translation_of=record), bureau)
    acts = [
        lambda: withdraw(fresh(record), by=bureau.head, reason="错误"),
        lambda: approve_it(fresh(matter), by=bureau.head),
    ]
    begun_while(*(acts if is_withdrawn_first else reversed(acts)))
    became_one = fresh(matter).translation_of_id == record.pk
    assert (is_public(record), became_one and is_public(matter)) == (False, False)


def test_what_is_submitted_while_it_is_moved_takes_the_route_of_its_new_category(bureau):
    draft = draft_matter(bureau.licensing, author=bureau.liaison)
    begun_while(move_to_e1(draft, bureau), lambda: submit_it(fresh(draft), by=bureau.liaison, reason="x"))
    approve_it(fresh(draft), by=bureau.reviewer)
    approve_it(fresh(draft), by=bureau.head)
    assert (fresh(draft).category.code, fresh(draft).live) == ("E1", False)


def test_what_is_released_in_an_emergency_is_not_moved_meanwhile(bureau):
    draft = draft_matter(bureau.licensing, author=bureau.liaison)
    move = move_to_e1(draft, bureau)
    failure = begun_while(lambda: release_in_emergency(fresh(draft), by=bureau.head, reason="急"), move)
    assert (type(failure), fresh(draft).category.code) == (PublicationRefused, "E2")


def test_one_notice_has_one_result(bureau):
    of = notice(bureau)
    with time_machine.travel(AFTER):
        results = [approved_until_the_last_step(bureau, follows=of) for _ in range(2)]
        begun_while(*((lambda one=one: approve_it(fresh(one), by=bureau.office)) for one in results))
    assert [fresh(one).live for one in results] == [True, False]


def test_a_version_that_has_just_gone_live_is_not_taken_down_at_the_last_moment_of_the_one_before(bureau):
    now = timezone.now()
    matter = live_matter(bureau.licensing, author=bureau.liaison, expire_at=now + timedelta(hours=1))
    newer_version(matter, bureau, expire_at=now + timedelta(days=300), summary="延期")
    one_step_before_live(matter, bureau)
    with time_machine.travel(now + timedelta(hours=2)):
        begun_while(lambda: approve_it(fresh(matter), by=bureau.head), lambda: call_command("publish_scheduled"))
    assert (fresh(matter).live, fresh(matter).summary) == (True, "延期")


@pytest.mark.parametrize("is_returned", [True, False])
def test_of_two_who_submit_one_enters_the_review(bureau, is_returned):
    draft = draft_matter(bureau.licensing, author=bureau.liaison)
    if is_returned:
        submit(draft, by=bureau.liaison)
        return_to_author(fresh(draft), by=bureau.reviewer, comment="改")
    failure = begun_while(
        lambda: submit_it(fresh(draft), by=bureau.liaison, reason="x"),
        lambda: submit_it(fresh(draft), by=bureau.head, reason="y"),
    )
    assert (type(failure), open_steps(draft)) == (SubmissionRefused, 1)


def test_a_review_is_not_cancelled_once_its_last_step_was_approved(bureau):
    draft = draft_matter(bureau.licensing, author=bureau.liaison)
    submit(draft, by=bureau.liaison)
    approve(fresh(draft), by=bureau.reviewer)
    review = WorkflowState.objects.get(object_id=str(draft.pk))
    failure = begun_while(lambda: approve_it(fresh(draft), by=bureau.head), lambda: review.cancel(user=bureau.liaison))
    review.refresh_from_db()
    assert (type(failure), fresh(draft).live, review.status) == (PermissionDenied, True, WorkflowState.STATUS_APPROVED)
