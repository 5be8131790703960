"""Small tables that every process keeps in its memory, and how it knows that they are still so.

One token in the database stands for all of them: whatever changes one writes a new token in the same transaction, and
a process reads the token each time. A token read before a change is never kept with what was read after it for longer
than until the change is committed: then the token is another.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from django.db import connection

from search.curation.models import Stamp

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """What `read` gives, read anew when something has changed."""

    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read
        self._found: tuple[Any, Value] | None = None

    def current(self) -> Value:
        """The value as it is now; one small query where this process has it already."""
        token = _token()
        found = self._found
        if found is None or token is None or found[0] != token:
            found = (token, self._read())
            self._found = found
        return found[1]


def stamp_anew() -> None:
    """What processes have kept is no longer current."""
    Stamp.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4()})


_moment: ContextVar[list[Any] | None] = ContextVar("moment", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """Within this, all tables are those of one moment, and the token is read once: a search asks for them five times.

    Not for what changes a table and asks for it again.
    """
    if _moment.get() is not None:
        yield
        return
    within = _moment.set([])
    try:
        yield
    finally:
        _moment.reset(within)


def _token() -> Any:
    """The token; None where nothing was ever changed."""
    moment = _moment.get()
    if moment is None:
        return _read_token()
    if not moment:
        moment.append(_read_token())
    return moment[0]


def _read_token() -> Any:
    """Asked at every search, so without the ORM's half millisecond."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM curation_stamp WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else None
