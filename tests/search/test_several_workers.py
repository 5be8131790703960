"""Several workers, each a process of its own, on one outbox."""

import os
import sqlite3
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from search.engines import main_engine
from search.models import IndexTask
from search.outbox import enqueue

KEYS = [f"thing:{number:03d}" for number in range(500)]
PATIENCE = 120
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")


class Workers:
    """Worker processes on the test's own database and index, and what they have read for it."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.journal = folder / "journal"
        self.journal.touch()
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "intranet.settings.test",
            "VAR_DIR": str(django_settings.VAR_DIR),
            "DATABASE_URL": database_url,
            "SEARCH_URL": django_settings.SEARCH_URL,
            "SEARCH_CLAIM_SECONDS": "2",
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.search.working", str(self.journal), *arguments]
        self.processes.append(subprocess.Popen(command, env=self.environment))
        return self.processes[-1]

    @property
    def read(self) -> list[tuple[int, str]]:
        """Process and key of each reading."""
        return [(int(pid), key) for pid, key in (line.split() for line in self.journal.read_text().splitlines())]

    def end(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=PATIENCE)


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError("What was waited for did not happen")
        time.sleep(0.05)


def stored() -> set[tuple[str, int]]:
    return {(key, version) for key, version, _deleted in main_engine().versions()}


@pytest.fixture
def workers(tmp_path, settings, transactional_db) -> Iterator[Workers]:
    settings.SEARCH_URL = f"embedded:///{tmp_path}/index-{uuid.uuid4().hex}"
    main_engine().check()
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    found = Workers(tmp_path, url)
    yield found
    found.end()


@pytest.fixture
def file_of_the_outbox(tmp_path, transactional_db) -> Path:
    """The test's database in a file, which other processes can open, with every key due."""
    enqueue(*KEYS)
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)
    return path


@on_postgresql
def test_three_workers_read_each_change_once_and_lose_none(workers):
    for _worker in range(3):
        workers.start()
    enqueue(*KEYS)
    wait_until(lambda: not IndexTask.objects.pending().exists())
    assert stored() == {(key, 1) for key in KEYS}
    assert Counter(key for _pid, key in workers.read) == Counter(KEYS)


@on_postgresql
def test_what_a_killed_worker_had_taken_is_taken_over(workers):
    enqueue(*KEYS)
    victim = workers.start("hangs")
    wait_until(lambda: bool(workers.read))
    taken = {key for _pid, key in workers.read}
    victim.kill()
    for _worker in range(2):
        workers.start()
    wait_until(lambda: not IndexTask.objects.pending().exists())
    assert stored() == {(key, 1) for key in KEYS}
    assert taken <= {key for pid, key in workers.read if pid != victim.pid}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite")
def test_two_workers_on_sqlite_do_no_harm(workers, file_of_the_outbox):
    workers.environment["DATABASE_URL"] = f"sqlite:///{file_of_the_outbox}"
    for _worker in range(2):
        workers.start()

    def pending() -> int:
        with closing(sqlite3.connect(file_of_the_outbox, timeout=30)) as file:
            return file.execute("SELECT count(*) FROM search_indextask WHERE version > written_version").fetchone()[0]

    wait_until(lambda: pending() == 0)
    assert stored() == {(key, 1) for key in KEYS}
