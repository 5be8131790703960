"""Typing and submitting at the same instant: what is decided on is one text, which nobody writes into any more."""

import pytest
from django.db import connection

from intranet.publication import submission
from intranet.publication.approval import current_step
from tests.factories import draft_matter, fresh
from tests.publication.editor import Editor
from tests.publication.under_stress.at_once import at_once

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def matter(bureau):
    return draft_matter(bureau.licensing, author=bureau.liaison, title="第一稿")


@pytest.fixture
def typed_and_submitted(bureau, matter):
    """The draft goes on being typed in the moment in which it is submitted: what each was told."""
    editor = Editor(bureau.liaison, matter)
    assert editor.save_by_itself(title="第二稿").json()["success"]
    seen = fresh(matter)
    return at_once(
        lambda: editor.save_by_itself(title="第三稿").json(),
        lambda: submission.submit(seen, by=bureau.liaison, reason="test"),
    )


@pytest.mark.parametrize("time", range(4))
def test_what_is_decided_on_has_what_was_saved_and_nothing_that_was_not(matter, typed_and_submitted, time):
    saved, _submitted = typed_and_submitted
    decided_on = current_step(fresh(matter)).revision
    assert decided_on.content["title"] == ("第三稿" if saved["success"] else "第二稿")


@pytest.mark.parametrize("time", range(4))
def test_nothing_is_newer_than_what_is_decided_on(matter, typed_and_submitted, time):
    now = fresh(matter)
    assert now.latest_revision == current_step(now).revision


def test_two_windows_that_save_by_themselves_at_once_make_no_version_twice(bureau, matter):
    one, other = Editor(bureau.liaison, matter), Editor(bureau.head, matter)
    answers = at_once(
        lambda: one.save_by_itself(title="联络员改的").json(), lambda: other.save_by_itself(title="科长改的").json()
    )
    titles = [revision.content["title"] for revision in matter.revisions.order_by("pk")]
    saved = [title for title, answer in zip(("联络员改的", "科长改的"), answers, strict=True) if answer["success"]]
    assert sorted(titles) == sorted(["第一稿", *saved])
