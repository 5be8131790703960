"""Writing what may be left out: nobody waits for it, and nothing fails with it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection, transaction

PATIENCE_MS = 100
SQLITE_DEFAULT_SECONDS = 5


@contextmanager
def or_left_out() -> Iterator[None]:
    """Give up what is written inside where the database is locked, full or away."""
    try:
        with _on_sqlite() if connection.vendor == "sqlite" else _elsewhere():
            yield
    except Error:
        return


@contextmanager
def _on_sqlite() -> Iterator[None]:
    """Writers queue for the whole database: this one does not stand in the queue for long."""
    seconds = connection.settings_dict["OPTIONS"].get("timeout", SQLITE_DEFAULT_SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


@contextmanager
def _elsewhere() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
        yield
