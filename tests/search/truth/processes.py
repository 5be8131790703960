"""Real processes beside a test, which may be killed as the system kills them."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections

PATIENCE = 120
"""Seconds for what takes a moment, on a machine that does other things as well."""


class Processes:
    """`manage.py` commands that the test started; each is ended by its own process number."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "intranet.settings.test", **environment}
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *arguments: str, program: tuple[str, ...] = ("manage.py",)) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *program, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run to its end: the exit code, and what it said."""
        process = self.start(*arguments)
        said, _nothing = process.communicate(timeout=PATIENCE)
        return process.returncode, said

    def run_until_killed(self, *arguments: str, batch: int, calls: int) -> None:
        """Run until it is killed, that many calls after it began the batch of that number. See `dying.py`."""
        process = self.start(*arguments, program=("-m", "tests.search.truth.dying", str(batch), str(calls)))
        said, _nothing = process.communicate(timeout=PATIENCE)
        assert process.returncode == -signal.SIGKILL, said

    def kill(self, process: subprocess.Popen[str]) -> None:
        process.send_signal(signal.SIGKILL)
        process.communicate()

    def kill_all(self) -> None:
        for process in self.started:
            if process.poll() is None:
                self.kill(process)


@contextmanager
def reachable_database(folder: Path) -> Iterator[str]:
    """The URL of the test's database for other processes; one that lies in memory moves to a file for the time."""
    if connection.vendor != "sqlite":
        found = connection.settings_dict
        yield f"postgresql://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
        return
    path = folder / "database.sqlite3"
    in_memory = connections["default"]
    in_memory.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        in_memory.connection.backup(copy)
    in_file = in_memory.copy()
    in_file.settings_dict["NAME"] = str(path)
    connections["default"] = in_file
    try:
        yield f"sqlite:///{path}"
    finally:
        in_file.close()
        connections["default"] = in_memory


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.02)
