"""`manage.py search`: what it says, and its exit code for whoever calls it from a schedule."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from intranet.disclosure.models import MatterPage
from intranet.disclosure.search import key_of
from intranet.publication.withdrawal import withdraw
from search.document import SearchDocument
from search.engines import main_engine
from search.models import IndexTask
from search.query import SearchQuery
from search.readiness import LATE_SECONDS
from search.worker import documents_of, drain
from tests.factories import draft_matter, live_matter

PUBLIC = frozenset({"public"})
TITLE = "烟花爆竹经营许可办法"


class Ran:
    """One run of the command: what it wrote, and what it failed with."""

    def __init__(self, *arguments: str) -> None:
        out = StringIO()
        self.error = ""
        try:
            call_command("search", *arguments, stdout=out)
        except CommandError as error:
            self.error = str(error)
        self.out = out.getvalue()

    @property
    def ok(self) -> bool:
        return not self.error


@pytest.fixture
def matter(bureau) -> MatterPage:
    """One live matter, in the index as it is."""
    made = live_matter(bureau.licensing, title=TITLE)
    drain()
    return made


@pytest.fixture
def nothing_answers(settings) -> None:
    settings.SEARCH_URL = "http://127.0.0.1:9/nowhere"
    settings.SEARCH_FALLBACK_URL = ""


def found(text: str, tokens: frozenset[str] = PUBLIC) -> list[str]:
    engine = main_engine()
    engine.refresh()
    return [hit.key for hit in engine.search(SearchQuery.parse({"q": text}), tokens).hits]


def plant_missing(matter) -> None:
    main_engine().rebuild([])


def plant_stale(matter) -> None:
    """The change was marked as written, and never was."""
    IndexTask.objects.filter(key=key_of(matter.pk)).update(version=9, written_version=9)


def plant_extra(matter) -> None:
    main_engine().write([SearchDocument("matter:999999", 1, PUBLIC, title="没有这一件")])


def plant_ahead(matter) -> None:
    """The database was restored from a copy, the index was not."""
    IndexTask.objects.update(version=1, written_version=1)


def fail_a_change(matter) -> None:
    """A change that was refused three times waits out its pause; the index has what there is."""
    IndexTask.objects.update(
        version=F("version") + 1, error="refused", attempts=3, next_attempt_at=timezone.now() + timedelta(hours=1)
    )
    task = IndexTask.objects.get()
    main_engine().write(list(documents_of({task.key: task.version})[0].values()))


PLANTED = [
    pytest.param(plant_missing, "missing", id="missing"),
    pytest.param(plant_stale, "stale", id="stale"),
    pytest.param(plant_ahead, "stale", id="ahead"),
    pytest.param(plant_extra, "extra", id="extra"),
]


# check


def test_check_says_that_all_is_well(matter):
    ran = Ran("check")
    assert (ran.ok, ran.out) == (True, "The index agrees with the database.\n")


def test_check_of_an_empty_portal_is_well(db):
    assert Ran("check").ok


def test_check_passes_over_drafts_and_tombstones(bureau, matter):
    draft_matter(bureau.licensing)
    drain()
    assert Ran("check").ok


@pytest.mark.parametrize(("plant", "kind"), PLANTED)
def test_check_fails_on_what_differs(engine_in_service, matter, plant, kind):
    plant(matter)
    assert "search check --repair" in Ran("check").error


@pytest.mark.parametrize(("plant", "kind"), PLANTED)
def test_check_names_engine_kind_and_key(engine_in_service, matter, plant, kind):
    plant(matter)
    key = "matter:999999" if kind == "extra" else key_of(matter.pk)
    assert Ran("check").out == f"{engine_in_service}: 1 {kind}: {key}\n"


@pytest.mark.parametrize(("plant", "kind"), PLANTED)
def test_repair_mends_what_differs(engine_in_service, matter, plant, kind):
    plant(matter)
    assert (Ran("check", "--repair").ok, Ran("check").ok) == (True, True)


@pytest.mark.parametrize(("plant", "kind"), PLANTED)
def test_after_a_repair_the_matter_is_found_and_nothing_else(engine_in_service, matter, plant, kind):
    plant(matter)
    Ran("check", "--repair")
    assert (found(TITLE), found("没有这一件")) == ([key_of(matter.pk)], [])


def test_check_fails_while_a_change_could_not_be_written(matter):
    fail_a_change(matter)
    ran = Ran("check")
    assert (ran.error, "failed 3 times" in ran.out) == ("Some changes could not be written.", True)


def test_repair_tries_failed_changes_at_once(matter):
    fail_a_change(matter)
    assert Ran("check", "--repair").ok


def test_a_change_after_a_repair_is_found(engine_in_service, matter):
    plant_ahead(matter)
    Ran("check", "--repair")
    matter.title = "尾矿库管理办法"
    matter.save()
    drain()
    assert found("尾矿库") == [key_of(matter.pk)]


def test_repair_forgets_old_tombstones(bureau, matter):
    withdraw(matter, by=bureau.head, reason="更正")
    drain()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        Ran("check", "--repair")
    assert list(main_engine().versions()) == []


# rebuild


def test_rebuild_says_how_many_things_there_are(engine_in_service, matter):
    ran = Ran("rebuild")
    assert (ran.ok, ran.out) == (True, "1 things in the index.\n")


@pytest.mark.parametrize(("plant", "kind"), PLANTED)
def test_rebuild_mends_what_differs(engine_in_service, matter, plant, kind):
    plant(matter)
    assert (Ran("rebuild").ok, Ran("check").ok) == (True, True)


def test_rebuild_writes_what_had_failed(matter):
    fail_a_change(matter)
    assert Ran("rebuild").ok


# work


def test_work_once_writes_what_is_due_and_ends(bureau):
    live_matter(bureau.licensing, title=TITLE)
    ran = Ran("work", "--once")
    assert (ran.ok, ran.out, len(found(TITLE))) == (True, "1 written, 0 failed.\n", 1)


def test_work_once_without_anything_due_is_well(matter):
    assert Ran("work", "--once").out == "0 written, 0 failed.\n"


def test_work_once_fails_when_the_engine_is_down(bureau, nothing_answers):
    live_matter(bureau.licensing)
    ran = Ran("work", "--once")
    assert (ran.ok, ran.out) == (False, "0 written, 1 failed.\n")


# status


def test_status_counts_things_and_what_is_pending(bureau, matter):
    live_matter(bureau.licensing)
    assert Ran("status").out.startswith("embedded: 1 things\npending: 1\n")


def test_status_is_well_while_all_is_well(matter):
    ran = Ran("status")
    assert (ran.ok, "FAIL" in ran.out) == (True, False)


def test_status_fails_while_a_change_could_not_be_written(matter):
    fail_a_change(matter)
    ran = Ran("status")
    assert (ran.ok, f"failed 3 times: {key_of(matter.pk)}: refused" in ran.out) == (False, True)


def test_status_fails_while_a_change_waits_too_long(bureau):
    live_matter(bureau.licensing)
    with time_machine.travel(timezone.now() + timedelta(seconds=LATE_SECONDS + 1)):
        ran = Ran("status")
    assert (ran.ok, "FAIL index tasks waiting" in ran.out) == (False, True)


@pytest.mark.parametrize("action", ["check", "rebuild"])
def test_a_command_names_the_engine_that_is_down(bureau, nothing_answers, action):
    assert "The search engine does not answer: Elasticsearch" in Ran(action).error


def test_status_names_the_engine_that_is_down_beside_the_one_that_answers(bureau, nothing_answers, settings):
    settings.SEARCH_FALLBACK_URL = f"embedded:///fallback-{uuid.uuid4().hex}"
    ran = Ran("status")
    assert ran.error == "Not well: search engine elasticsearch."
    assert "embedded: 0 things" in ran.out


# The command line


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("check", "--mend")])
def test_an_unknown_action_is_refused(db, arguments):
    with pytest.raises(CommandError):
        call_command("search", *arguments)
