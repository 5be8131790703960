"""One rebuild at a time, whichever process or machine begins it."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


class RebuildRuns(Exception):
    """Another process rebuilds this index now."""

    def __init__(self) -> None:
        super().__init__("Another rebuild of this index is running; wait for its end, or end it first.")


@contextmanager
def alone() -> Iterator[None]:
    """Hold the right to build for the time of the block. Raises `RebuildRuns`.

    The system gives it back when the process dies: PostgreSQL with its session, where all machines meet; beside
    SQLite, which is on one machine, a lock on a file.
    """
    number = zlib.crc32(settings.SEARCH_URL.encode())
    with _in_postgresql(number) if connection.vendor == "postgresql" else _in_file(number):
        yield


@contextmanager
def _in_postgresql(number: int) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise RebuildRuns
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


@contextmanager
def _in_file(number: int) -> Iterator[None]:
    with (Path(settings.VAR_DIR) / f"rebuild-{number:08x}.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RebuildRuns from None
        yield
