"""A translation goes live, stays and goes with its text of record."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from intranet.access.rule import can_read
from intranet.disclosure.secrecy import SecrecyBasis
from intranet.publication.secrecy.in_part import disclose_in_part
from intranet.publication.secrecy.redaction import LeftOut
from intranet.publication.withdrawal import withdraw
from intranet.refusals import Refused
from tests.factories import approve, draft_matter, fresh, live_matter, submit


def translation_of(bureau, record, **said):
    said = {"language": "en", "title": "English", "author": bureau.liaison} | said
    return draft_matter(bureau.licensing, translation_of=record, **said)


def at_the_head(bureau, draft):
    submit(draft, by=bureau.liaison)
    approve(fresh(draft), by=bureau.reviewer)
    return fresh(draft)


def is_public(matter):
    return can_read(AnonymousUser(), fresh(matter))


def test_one_that_is_under_review_when_its_record_is_withdrawn_does_not_go_live(bureau):
    record = live_matter(bureau.licensing, author=bureau.liaison)
    translation = at_the_head(bureau, translation_of(bureau, record))
    withdraw(fresh(record), by=bureau.head, reason="错误")
    with pytest.raises(Refused, match="was withdrawn"):
        approve(translation, by=bureau.head)
    assert not is_public(translation)


def test_one_whose_record_was_withdrawn_is_told_so_before_it_is_submitted(bureau):
    record = live_matter(bureau.licensing, author=bureau.liaison)
    withdraw(record, by=bureau.head, reason="错误")
    with pytest.raises(Refused, match="was withdrawn"):
        submit(translation_of(bureau, record), by=bureau.liaison)


def test_one_that_was_cleared_before_its_record_was_disclosed_in_part_does_not_go_live(bureau):
    record = draft_matter(bureau.licensing, author=bureau.liaison, summary="甲方电话秘密乙")
    translation = at_the_head(bureau, translation_of(bureau, record, summary="the secret"))
    submit(record, by=bureau.liaison)
    left_out = LeftOut(passages=["秘密"])
    disclose_in_part(fresh(record), by=bureau.reviewer, basis=SecrecyBasis.values[0], reason="涉密", left_out=left_out)
    with pytest.raises(Refused, match="in part after this version was cleared"):
        approve(translation, by=bureau.head)
    assert not is_public(translation)


def test_one_is_not_disclosed_to_more_people_than_its_record(bureau):
    record = live_matter(bureau.licensing, author=bureau.liaison, visibility="staff")
    with pytest.raises(Refused, match="fewer people"):
        submit(translation_of(bureau, record), by=bureau.liaison)


@pytest.mark.parametrize(("audience", "stays"), [("staff", False), ("public", True)])
def test_one_comes_down_when_its_record_is_disclosed_to_fewer_people(bureau, audience, stays):
    record = live_matter(bureau.licensing, author=bureau.liaison)
    translation = live_matter(
        bureau.licensing, author=bureau.liaison, language="en", title="English", translation_of=record
    )
    version = fresh(record).get_latest_revision_as_object()
    version.visibility = audience
    version.save_revision(user=bureau.liaison)
    approve(at_the_head(bureau, fresh(record)), by=bureau.head)
    assert (fresh(record).visibility, is_public(translation)) == (audience, stays)


def test_one_does_not_go_live_before_its_record(bureau):
    record = draft_matter(bureau.licensing, author=bureau.liaison)
    translation = at_the_head(bureau, translation_of(bureau, record))
    with pytest.raises(Refused, match="goes live first"):
        approve(translation, by=bureau.head)
    assert not is_public(translation)


def test_one_waits_for_a_moment_beside_its_record(bureau):
    moment = timezone.now() + timedelta(days=3)
    record = draft_matter(bureau.licensing, author=bureau.liaison, go_live_at=moment)
    approve(at_the_head(bureau, record), by=bureau.head)
    translation = at_the_head(bureau, translation_of(bureau, record, go_live_at=moment))
    approve(translation, by=bureau.head)
    with time_machine.travel(moment + timedelta(minutes=1)):
        call_command("publish_scheduled")
        assert (is_public(record), is_public(translation)) == (True, True)


def test_one_ends_with_the_last_moment_of_its_record(bureau):
    record = live_matter(bureau.licensing, author=bureau.liaison, expire_at=timezone.now() + timedelta(days=2))
    translation = live_matter(
        bureau.licensing, author=bureau.liaison, language="en", title="English", translation_of=record
    )
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        call_command("publish_scheduled")
        assert not is_public(translation)


def test_one_is_of_the_category_of_its_record(bureau):
    record = live_matter(bureau.licensing, category="E2", author=bureau.liaison)
    with pytest.raises(ValidationError, match="category of its text of record"):
        translation_of(bureau, record, category="E1")
