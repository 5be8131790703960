"""Enqueueing what has changed, in the transaction of the change."""

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from search.adapters import adapters
from search.models import IndexTask, LastTime

CHUNK = 400


def enqueue(*keys: str) -> None:
    """Note that these keys changed. Holds no content: the worker reads the database when it runs.

    Rows are taken in the order of their keys, numbers by what they count, so that two transactions cannot wait for each
    other. Who enqueues several times in one takes them in this order, too.
    """
    wanted = sorted(set(keys), key=_in_order)
    for start in range(0, len(wanted), CHUNK):
        _upsert(wanted[start : start + CHUNK])
    if wanted and settings.SEARCH_DRAIN_AT_COMMIT:
        transaction.on_commit(lambda: _drain(wanted), robust=True)


def enqueue_overtaken() -> None:
    """Note what the calendar has changed: readers that follow from rules with dates."""
    for adapter in adapters():
        enqueue(*adapter.overtaken())
    LastTime.objects.update_or_create(name=LastTime.CALENDAR, defaults={"at": timezone.now()})


def _in_order(key: str) -> tuple[str, int, str]:
    name, _colon, number = key.rpartition(":")
    return name, int(number) if number.isdecimal() else 0, key


def _upsert(keys: list[str]) -> None:
    """One statement a chunk: a new key begins with version 1, a known one grows by one and is due at once."""
    table = IndexTask._meta.db_table
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    rows = ", ".join(["(%s, 1, 0, 0, '', %s)"] * len(keys))
    statement = (
        f"INSERT INTO {table} (key, version, written_version, attempts, error, enqueued_at) VALUES {rows} "  # noqa: S608
        f"ON CONFLICT (key) DO UPDATE SET version = {table}.version + 1, attempts = 0, error = '', "
        f"next_attempt_at = NULL, enqueued_at = EXCLUDED.enqueued_at"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for key in keys for value in (key, now)])


def _drain(keys: list[str]) -> None:
    from search.worker import drain

    drain(keys=keys)
