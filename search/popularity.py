"""Counting what visitors look for: the words and how often in a day, nothing about who."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from wagtail.contrib.search_promotions.models import Query

LONGEST = 40
"""A longer query is a passage that somebody copied, not what people look for."""
PATIENCE_MS = 100


def note_query(text: str) -> None:
    """Count a visitor's query that found something. A count that cannot be written is left out."""
    if not text or len(text) > LONGEST:
        return
    try:
        with _without_waiting(), transaction.atomic():
            Query.get(text).add_hit()
    except DatabaseError:
        return


@contextmanager
def _without_waiting() -> Iterator[None]:
    """On SQLite, whose writers queue: a visitor does not wait for a long one to be counted."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
