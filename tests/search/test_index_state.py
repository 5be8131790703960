"""The screen of the index's state: failed changes are seen by those who keep the search, and tried again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intranet.disclosure.models import MatterPage
from intranet.disclosure.search import key_of
from search.models import IndexTask
from search.outbox import enqueue_overtaken
from search.worker import drain
from tests.factories import draft_matter, live_matter

SCREEN = "/admin/search-index/"
RETRY = "/admin/search-index/retry/"
TITLE = "烟花爆竹经营许可办法"
ERROR = "mapper_parsing_exception: failed to parse field [title]"


@pytest.fixture
def matter(bureau) -> MatterPage:
    made = live_matter(bureau.licensing, title=TITLE)
    drain()
    return made


def fail(key: str, error: str = ERROR) -> IndexTask:
    """Three times, and it waits for an hour."""
    IndexTask.objects.filter(key=key).update(
        written_version=0, error=error, attempts=3, next_attempt_at=timezone.now() + timedelta(hours=1)
    )
    return IndexTask.objects.get(key=key)


@pytest.fixture
def office(client, bureau):
    client.force_login(bureau.office)
    return client


@pytest.mark.parametrize("name", ["cadre", "liaison", "head", "leader"])
def test_it_is_for_those_who_keep_the_search_alone(client, bureau, matter, name):
    fail(key_of(matter.pk))
    client.force_login(getattr(bureau, name))
    answers = [client.get(SCREEN), client.post(RETRY)]
    assert not {200} & {answer.status_code for answer in answers}
    assert IndexTask.objects.due().count() == 0


def test_a_superuser_sees_it(client, admin_user):
    client.force_login(admin_user)
    assert client.get(SCREEN).status_code == 200


def test_it_says_that_every_change_was_written(office, matter):
    assert "Every change was written" in office.get(SCREEN).text


def test_it_names_a_failed_change_with_reason_and_attempts(office, matter):
    fail(key_of(matter.pk))
    text = office.get(SCREEN).text
    assert [word for word in (TITLE, matter.url, "refused the content", ERROR, "<td>3</td>") if word not in text] == []


def test_a_thing_that_the_person_may_not_read_is_named_by_its_key(office, bureau):
    draft = draft_matter(bureau.licensing, title="绝密草稿")
    fail(key_of(draft.pk))
    text = office.get(SCREEN).text
    assert (key_of(draft.pk) in text, "绝密草稿" in text) == (True, False)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("Elasticsearch: Connection error", "could not be reached"),
        ("embedded index in /x: database or disk is full", "could not be reached"),
        ("Elasticsearch: the index gongkai is gone; run “search rebuild”", "is gone or damaged"),
        ("ExtractionUnavailable: no child", "attached files could not be read"),
        ("KeyError: 'title'", "The content could not be read."),
    ],
)
def test_an_error_is_said_in_words(office, matter, error, words):
    fail(key_of(matter.pk), error)
    assert words in office.get(SCREEN).text


def test_one_change_is_tried_again_at_once(office, bureau, matter):
    other = live_matter(bureau.licensing)
    for key in (key_of(matter.pk), key_of(other.pk)):
        fail(key)
    office.post(RETRY, {"key": key_of(matter.pk)})
    assert [task.key for task in IndexTask.objects.due()] == [key_of(matter.pk)]


def test_all_changes_are_tried_again_at_once(office, bureau, matter):
    other = live_matter(bureau.licensing)
    for key in (key_of(matter.pk), key_of(other.pk)):
        fail(key)
    office.post(RETRY)
    drain()
    assert not IndexTask.objects.failed().exists()


def test_where_changes_are_written_as_they_come_a_retry_writes(office, matter, settings):
    settings.SEARCH_DRAIN_AT_COMMIT = True
    fail(key_of(matter.pk))
    office.post(RETRY)
    assert not IndexTask.objects.pending().exists()


def test_the_menu_counts_failed_changes(office, matter):
    fail(key_of(matter.pk))
    assert "data-failed" in office.get("/admin/").text


def test_the_menu_counts_nothing_while_nothing_failed(office, matter):
    page = office.get("/admin/").text
    assert ("Search index" in page, "data-failed" in page) == (True, False)


def test_it_says_when_the_calendar_was_read(office):
    assert "never yet" in office.get(SCREEN).text
    enqueue_overtaken()
    assert "never yet" not in office.get(SCREEN).text
