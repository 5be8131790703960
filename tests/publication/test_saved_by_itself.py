"""What the editor saves by itself while somebody types is a draft, and never what others have acted on."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from intranet.disclosure.models import MatterPage
from intranet.publication.approval import return_to_author
from intranet.publication.authorship import authors_since_live
from intranet.publication.emergency import release_in_emergency
from intranet.publication.models import SecrecyReview
from intranet.publication.secrecy.concluding import is_cleared
from search.models import IndexTask
from tests.factories import approve, draft_matter, fresh, live_matter, submit
from tests.publication.editor import Editor


@pytest.fixture
def matter(bureau):
    return draft_matter(bureau.licensing, author=bureau.liaison)


@pytest.fixture
def editor(bureau, matter):
    """A window in which something was typed, so that a version was made that it writes into."""
    window = Editor(bureau.liaison, matter)
    assert window.save_by_itself(title="第一稿").json()["success"]
    return window


def text_of(revision):
    revision.refresh_from_db()
    return revision.content["title"]


def returned(matter, bureau):
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    return_to_author(fresh(matter), by=bureau.head, comment="请补充依据")


def test_what_is_typed_is_a_draft_neither_submitted_nor_live(matter, editor):
    now = fresh(matter)
    assert (now.get_latest_revision_as_object().title, now.live, now.workflow_in_progress) == ("第一稿", False, False)


def test_typing_on_writes_into_the_version_that_was_made(matter, editor):
    editor.save_by_itself(title="第二稿")
    assert [text_of(revision) for revision in matter.revisions.order_by("pk")] == ["安全生产管理办法", "第二稿"]


def test_a_version_that_is_written_into_is_one_entry_of_the_log(matter, editor):
    editor.save_by_itself(title="第二稿")
    editor.save_by_itself(title="第三稿")
    assert PageLogEntry.objects.filter(page=matter.pk, action="wagtail.edit").count() == 1


def test_who_typed_is_an_author(bureau, matter):
    Editor(bureau.head, matter).save_by_itself(title="科长改的")
    assert set(authors_since_live(fresh(matter))) == {bureau.liaison, bureau.head}


def test_what_is_typed_into_a_draft_of_a_live_matter_leaves_the_index_alone(bureau):
    matter = live_matter(bureau.licensing)
    IndexTask.objects.all().delete()
    assert Editor(bureau.liaison, matter).save_by_itself(title="新稿").json()["success"]
    assert not IndexTask.objects.exists()


def test_nothing_is_saved_of_what_is_being_decided(bureau, matter, editor):
    submit(fresh(matter), by=bureau.liaison)
    submitted = fresh(matter).latest_revision
    assert editor.save_by_itself(title="送审后改的").json()["error_code"] == "locked"
    assert (text_of(submitted), fresh(matter).latest_revision) == ("第一稿", submitted)


def test_a_version_that_came_back_from_review_is_not_written_into(bureau, matter, editor):
    reviewed = fresh(matter).latest_revision
    returned(matter, bureau)
    assert editor.save_by_itself(title="退回后改的").json()["success"]
    assert (text_of(reviewed), text_of(fresh(matter).latest_revision)) == ("第一稿", "退回后改的")


def test_a_clearance_covers_nothing_that_was_typed_after_it(bureau, matter, editor):
    returned(matter, bureau)
    editor.save_by_itself(title="退回后改的")
    assert SecrecyReview.objects.clearing().exists()
    assert not is_cleared(fresh(matter).latest_revision)


def test_typing_on_after_the_return_writes_into_one_new_version(bureau, matter, editor):
    returned(matter, bureau)
    before = matter.revisions.count()
    editor.save_by_itself(title="退回后改的")
    editor.save_by_itself(title="又改的")
    assert (matter.revisions.count(), text_of(fresh(matter).latest_revision)) == (before + 1, "又改的")


def test_a_version_that_went_live_is_not_written_into(bureau, matter, editor):
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    editor.save_by_itself(title="公开后改的")
    now = fresh(matter)
    assert (now.title, text_of(now.live_revision), text_of(now.latest_revision)) == ("第一稿", "第一稿", "公开后改的")


def test_a_version_of_an_emergency_is_not_written_into(bureau, matter, editor):
    release_in_emergency(fresh(matter), by=bureau.head, reason="险情")
    live = fresh(matter).live_revision
    editor.save_by_itself(title="公开后改的")
    assert text_of(live) == "第一稿"


def test_a_review_that_was_called_off_leaves_its_version_as_it_was(bureau, matter, editor):
    submit(fresh(matter), by=bureau.liaison).cancel(user=bureau.liaison)
    submitted = fresh(matter).latest_revision
    assert editor.save_by_itself(title="撤回后改的").json()["success"]
    assert text_of(submitted) == "第一稿"


def test_a_version_to_go_live_at_its_moment_is_not_written_into(bureau, matter, editor):
    revision = fresh(matter).latest_revision
    revision.approved_go_live_at = timezone.now() + timedelta(hours=1)
    revision.save()
    assert editor.save_by_itself(title="改的").json()["error_code"] == "locked"
    assert text_of(revision) == "第一稿"


def test_anothers_newer_version_is_not_written_over(bureau, matter, editor):
    other = MatterPage.objects.get(pk=matter.pk).specific.get_latest_revision_as_object()
    other.title = "科长改的"
    other.save_revision(user=bureau.head)
    assert editor.save_by_itself(title="联络员改的").json()["error_code"] == "invalid_revision"
    assert text_of(fresh(matter).latest_revision) == "科长改的"


def test_a_version_of_another_person_is_not_written_into(bureau, matter, editor):
    window = Editor(bureau.head, matter)
    theirs = fresh(matter).latest_revision
    assert (
        window.save_by_itself(title="科长改的", overwrite_revision_id=str(theirs.pk)).json()["error_code"]
        == "invalid_revision"
    )
    assert (text_of(theirs), theirs.user) == ("第一稿", bureau.liaison)


def test_input_that_is_broken_leaves_what_was_saved(matter, editor):
    answer = editor.save_by_itself(title="第二稿", formed_on="not a day").json()
    assert answer["error_code"] == "validation_error"
    assert text_of(fresh(matter).latest_revision) == "第一稿"


def test_who_lost_the_post_saves_nothing_more(bureau, matter, editor, yesterday):
    bureau.liaison.posts.update(ends_on=yesterday)
    refused = editor.save_by_itself(title="离岗后")
    assert (refused.status_code, text_of(fresh(matter).latest_revision)) == (302, "第一稿")
