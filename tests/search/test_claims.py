"""What a worker has taken: nobody waits for it, nobody repeats it, nobody loses it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import adapters, worker
from search.document import SearchDocument
from search.engines import main_engine
from search.models import IndexTask
from search.outbox import enqueue
from search.worker import drain
from tests.search.things import Things

KEY = "thing:1"


class ReadThings(Things):
    """`meanwhile` happens while they are read for the index."""

    def __init__(self) -> None:
        self.meanwhile = lambda: None

    def documents(self, versions: Mapping[str, int]) -> Iterator[SearchDocument]:
        self.meanwhile()
        yield from super().documents(versions)


@pytest.fixture
def things(monkeypatch, settings, tmp_path) -> ReadThings:
    settings.SEARCH_URL = f"embedded:///{tmp_path}/index"
    found = ReadThings()
    monkeypatch.setitem(adapters._adapters, Things.prefix, found)
    enqueue(KEY)
    return found


def stored() -> dict[str, int]:
    return {key: version for key, version, _deleted in main_engine().versions()}


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_things_are_read(things):
    open_transactions = []
    things.meanwhile = lambda: open_transactions.append(connection.in_atomic_block)
    drain()
    assert open_transactions == [False]


@pytest.mark.django_db
def test_what_a_worker_has_taken_is_not_taken_by_another(things):
    others = []
    things.meanwhile = lambda: others.append(worker._claim(None))
    drain()
    assert others == [{}]


@pytest.mark.django_db
def test_what_changes_while_it_is_written_stays_due(things):
    def change_once() -> None:
        things.meanwhile = lambda: None
        enqueue(KEY)

    things.meanwhile = change_once
    drain(limit=1)
    assert [(task.version, task.written_version) for task in IndexTask.objects.due()] == [(2, 1)]


@pytest.mark.django_db
def test_what_changes_while_it_is_written_is_written_next(things):
    def change_once() -> None:
        things.meanwhile = lambda: None
        enqueue(KEY)

    things.meanwhile = change_once
    drain()
    assert (stored(), IndexTask.objects.pending().count()) == ({KEY: 2}, 0)


@pytest.mark.django_db
def test_what_a_worker_took_and_never_wrote_is_due_again(things, settings):
    worker._claim(None)
    assert not IndexTask.objects.due().exists()
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.SEARCH_CLAIM_SECONDS + 1)):
        drain()
    assert stored() == {KEY: 1}


def test_rows_are_taken_by_their_number_and_not_by_its_digits(db):
    with CaptureQueriesContext(connection) as asked:
        enqueue("matter:100", "matter:99")
    [statement] = [one["sql"] for one in asked if "ON CONFLICT" in one["sql"]]
    assert statement.index("matter:99") < statement.index("matter:100")
