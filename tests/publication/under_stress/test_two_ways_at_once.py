"""A matter is taken down in one transaction while another brings it, or its translation, up: the first one holds."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone
from wagtail.models import Revision

from intranet.access.rule import can_read
from intranet.disclosure.going_live import PublicationRefused
from intranet.publication.approval import approve as approve_it
from intranet.publication.management.commands.publish_scheduled import reasons_of_refusal
from intranet.publication.withdrawal import call_off, withdraw
from tests.beside import begun_while
from tests.factories import approve, draft_matter, fresh, live_matter, submit

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]
LATER, MUCH_LATER = timedelta(hours=1), timedelta(hours=2)


def is_public(matter):
    return can_read(AnonymousUser(), fresh(matter))


def waits_for_its_moment(matter, bureau):
    """Its newest version has been through every step; the clock's own act on it, and what that was refused with."""
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    revision, refused = fresh(matter).scheduled_revision, []
    return (lambda: refused.extend(reasons_of_refusal(Revision.objects.get(pk=revision.pk)))), refused


def one_step_before_live(matter, bureau):
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    return matter


def newer_version(matter, bureau, **said):
    version = fresh(matter).get_latest_revision_as_object()
    for name, value in said.items():
        setattr(version, name, value)
    version.save_revision(user=bureau.liaison)
    return matter


def translation_of(record, bureau, **said):
    return draft_matter(
        bureau.licensing, translation_of=record, language="en", title="English", author=bureau.liaison, **said
    )


@pytest.fixture
def record(bureau):
    return live_matter(bureau.licensing, author=bureau.liaison)


def test_what_is_withdrawn_at_the_moment_of_its_next_version_stays_withdrawn(record, bureau):
    newer_version(record, bureau, go_live_at=timezone.now() + LATER)
    clock, refused = waits_for_its_moment(record, bureau)
    with time_machine.travel(timezone.now() + MUCH_LATER):
        begun_while(lambda: withdraw(fresh(record), by=bureau.head, reason="错误"), clock)
    assert (is_public(record), fresh(record).withdrawal_reason, bool(refused)) == (False, "错误", True)


def test_what_is_called_off_at_its_moment_does_not_go_live(bureau):
    draft = draft_matter(bureau.licensing, author=bureau.liaison, go_live_at=timezone.now() + LATER)
    clock, refused = waits_for_its_moment(draft, bureau)
    with time_machine.travel(timezone.now() + MUCH_LATER):
        begun_while(lambda: call_off(fresh(draft), by=bureau.head, reason="错误"), clock)
    assert (is_public(draft), bool(refused)) == (False, True)


def test_a_translation_is_not_disclosed_while_its_record_is_withdrawn(record, bureau):
    translation = one_step_before_live(translation_of(record, bureau), bureau)
    failure = begun_while(
        lambda: withdraw(fresh(record), by=bureau.head, reason="错误"),
        lambda: approve_it(fresh(translation), by=bureau.head),
    )
    assert (is_public(translation), type(failure)) == (False, PublicationRefused)


def test_nor_does_the_clock_disclose_it(record, bureau):
    translation = translation_of(record, bureau, go_live_at=timezone.now() + LATER)
    clock, refused = waits_for_its_moment(translation, bureau)
    with time_machine.travel(timezone.now() + MUCH_LATER):
        begun_while(lambda: withdraw(fresh(record), by=bureau.head, reason="错误"), clock)
    assert (is_public(translation), bool(refused)) == (False, True)


def test_a_translation_is_taken_down_by_the_withdrawal_that_began_while_it_went_live(record, bureau):
    translation = one_step_before_live(translation_of(record, bureau), bureau)
    failure = begun_while(
        lambda: approve_it(fresh(translation), by=bureau.head),
        lambda: withdraw(fresh(record), by=bureau.head, reason="错误"),
    )
    assert (failure, is_public(record), is_public(translation)) == (None, False, False)


@pytest.mark.parametrize("is_narrowed_first", [True, False])
def test_a_translation_goes_to_nobody_who_may_not_read_its_record(record, bureau, is_narrowed_first):
    translation = one_step_before_live(translation_of(record, bureau), bureau)
    one_step_before_live(newer_version(record, bureau, visibility="staff"), bureau)
    acts = [
        lambda: approve_it(fresh(record), by=bureau.head),
        lambda: approve_it(fresh(translation), by=bureau.head),
    ]
    begun_while(*(acts if is_narrowed_first else reversed(acts)))
    assert (fresh(record).visibility, is_public(record), is_public(translation)) == ("staff", False, False)
