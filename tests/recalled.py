"""What many tests begin with is built once a run, by the product's own ways, and written again as rows after that.

Built anew each time, a bureau and its first matter cost most of a test's time: sections with their groups and rights,
versions, references, the audit log's entries. So the rows that building something changed are kept with what the
database held before, and are written again where it holds the same.

What it holds is known by a mark in the database itself, so that it goes back with whatever is rolled back: each thing
recalled moves the mark on, and every other write takes it away, after which things are built as usual. They are built,
too, on PostgreSQL, and outside a transaction, where other connections write.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

import time_machine
from django.conf import UserSettingsHolder, settings
from django.core import mail
from django.db import connection, models
from django.utils import timezone, translation

Row = tuple[Any, ...]
Built = models.Model | Mapping[str, models.Model]
Thing = TypeVar("Thing", bound=Built)

MARK = "CREATE TEMP TABLE IF NOT EXISTS recalled (state INTEGER)"
UNKNOWN = -1
AS_MIGRATED = 0
WRITE = re.compile(
    r'(?:INSERT(?: OR \w+)? INTO|UPDATE(?: OR \w+)?|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.IGNORECASE
)
OF_NO_ROW = ("SEARCH_URL", "SEARCH_FALLBACK_URL", "MEDIA_ROOT", "VAR_DIR")
"""Settings that a test has of its own: where an index or a file is, which no row tells."""
BESIDE = re.compile(
    r"(?:INSERT INTO|UPDATE|DELETE FROM) "
    r'"(?:django_session|curation_stamp|search_indextask|search_lasttime|demand_\w+)"'
    r'|UPDATE "organisation_user" SET "last_login"'
)
"""Signing in, searching and indexing: nothing that is recalled depends on what these write."""
NO_WRITE = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA", "EXPLAIN")


@dataclass(frozen=True, slots=True)
class Change:
    """What building something did to one table: the keys of rows that went or changed, the rows that came."""

    table: str
    columns: list[str]
    key: str
    gone: list[Row]
    new: list[Row]


@dataclass(frozen=True, slots=True)
class Memory:
    state: int
    """That of the database afterwards."""
    changes: list[Change]
    found_by: Any
    """Model and key of what was built, or a mapping of those."""
    at_commit: list[tuple[Callable[[], object], bool]]
    """What building it had asked to be done at the end of the transaction, and whether that may fail."""


@dataclass(slots=True)
class Recording:
    """The tables written into, each as it was before."""

    before: dict[str, tuple[list[str], list[Row]]] = field(default_factory=dict)
    can_be_kept: bool = True


_memories: dict[Hashable, Memory | None] = {}
_recording: Recording | None = None
_writes_again = False
_is_patched: Callable[[], bool] | None = None


def begin_test(is_patched: Callable[[], bool]) -> None:
    """Say how it is known of the test that begins whether it has replaced parts of the product.

    What these make is not kept for other tests.
    """
    global _is_patched
    _is_patched = is_patched


def begin_recalling() -> None:
    """Say that the database is as the migrations left it, and watch from now on what is written."""
    if connection.vendor != "sqlite":
        return
    _raw("DELETE FROM temp.recalled")
    _raw(f"INSERT INTO temp.recalled VALUES ({AS_MIGRATED})")
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _watch)


def recalled(name: Hashable, build: Callable[[], Thing]) -> Thing:
    """What `build` makes, as the database has it; from the second time on written as rows, where it can be.

    The name says all that the result depends on, beside what the database holds, the settings and the time.
    """
    before = _state()
    if _recording is not None or before == UNKNOWN:
        return build()
    key = (before, name, *_circumstances())
    if key not in _memories and not (_is_patched and _is_patched()):
        return _record(key, build)
    memory = _memories.get(key)
    if memory is None:
        return build()
    with _without_watching():
        for change in memory.changes:
            _write(change)
    for todo, may_fail in memory.at_commit:
        connection.on_commit(todo, robust=may_fail)
    _mark(memory.state)
    return _fetch(memory.found_by)


def named(value: object) -> Hashable:
    """A thing as part of a name: a record by its key, one not saved by all that it says, the rest as it is written."""
    match value:
        case models.Model(pk=None):
            return value._meta.label, tuple(repr(value.__dict__.get(each.attname)) for each in value._meta.fields)
        case models.Model():
            return value._meta.label, value.pk
        case Mapping():
            return tuple((name, named(each)) for name, each in sorted(value.items()))
        case list() | tuple():
            return tuple(map(named, value))
    return repr(value)


def _record(key: Hashable, build: Callable[[], Thing]) -> Thing:
    global _recording
    _recording = recording = Recording()
    waiting, sent = len(connection.run_on_commit), _mails()
    try:
        built = build()
    finally:
        _recording = None
    at_commit = [(todo, may_fail) for _, todo, may_fail in connection.run_on_commit[waiting:]]
    changes = list(_changes(recording))
    if not recording.can_be_kept or _mails() != sent or any(_carries_along(todo) for todo, _ in at_commit):
        _memories[key] = None
        return built
    memory = _memories[key] = Memory(len(_memories) + 1, changes, _found_by(built), at_commit)
    _mark(memory.state)
    return _fetch(memory.found_by)


def _mails() -> int:
    return len(getattr(mail, "outbox", ()))


def _carries_along(todo: Callable[[], object]) -> bool:
    """Whether a function knows of what was built otherwise than by asking the database."""
    return getattr(todo, "__closure__", ()) is not None


def _circumstances() -> Row:
    """What else the rows depend on: the test's settings, language and day, or moment where that is set."""
    overridden: dict[str, str] = {}
    holder = settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        overridden |= {name: repr(value) for name, value in vars(holder).items() if name.isupper()}
        holder = holder.default_settings
    now = timezone.now() if time_machine.escape_hatch.is_travelling() else timezone.localdate()
    of_rows = tuple(sorted(each for each in overridden.items() if each[0] not in OF_NO_ROW))
    return of_rows, translation.get_language(), now


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
    if not _writes_again and not sql.lstrip().upper().startswith(NO_WRITE):
        _notice(sql)
    return execute(sql, params, many, context)


def _notice(sql: str) -> None:
    if _recording is not None:
        written = WRITE.match(sql.lstrip())
        if written is None:
            _recording.can_be_kept = False
        elif (table := written[1]) not in _recording.before:
            _recording.before[table] = _table(table)
    if not BESIDE.match(sql):
        _mark(UNKNOWN)


@contextmanager
def _without_watching() -> Iterator[None]:
    global _writes_again
    _writes_again = True
    try:
        yield
    finally:
        _writes_again = False


def _state() -> int:
    if connection.vendor != "sqlite" or not connection.in_atomic_block or connection.needs_rollback:
        return UNKNOWN
    row = _raw("SELECT state FROM temp.recalled")
    return row[0] if row else UNKNOWN


def _mark(state: int) -> None:
    _raw(f"UPDATE temp.recalled SET state = {state} WHERE state <> {state}")


def _raw(sql: str) -> Row | None:
    """The first row, asked beside Django, which would count the question.

    A connection made anew, to a file that other processes reach, has no mark yet: it knows of no state.
    """
    connection.ensure_connection()
    connection.connection.execute(MARK)
    return connection.connection.execute(sql).fetchone()


def _table(name: str) -> tuple[list[str], list[Row]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
        return [column[0] for column in cursor.description], [tuple(row) for row in cursor.fetchall()]


@cache
def _key_of(table: str) -> str | None:
    with connection.cursor() as cursor:
        return connection.introspection.get_primary_key_column(cursor, table)


def _changes(recording: Recording) -> Iterator[Change]:
    for table, (columns, before) in recording.before.items():
        key = _key_of(table)
        if key is None:
            recording.can_be_kept = False
            return
        place = columns.index(key)
        after = _table(table)[1]
        known, present = set(map(repr, before)), set(map(repr, after))
        gone = [(row[place],) for row in before if repr(row) not in present]
        new = [row for row in after if repr(row) not in known]
        if gone or new:
            yield Change(table, columns, key, gone, new)


def _write(change: Change) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if change.gone:
            cursor.executemany(f"DELETE FROM {quote(change.table)} WHERE {quote(change.key)} = %s", change.gone)
        if change.new:
            names, places = ", ".join(map(quote, change.columns)), ", ".join(["%s"] * len(change.columns))
            cursor.executemany(f"INSERT OR REPLACE INTO {quote(change.table)} ({names}) VALUES ({places})", change.new)


def _found_by(built: Built) -> Any:
    if isinstance(built, Mapping):
        return {name: _found_by(thing) for name, thing in built.items()}
    return type(built), built.pk


def _fetch(found_by: Any) -> Any:
    if isinstance(found_by, dict):
        return {name: _fetch(one) for name, one in found_by.items()}
    model, key = found_by
    return model._base_manager.get(pk=key)
