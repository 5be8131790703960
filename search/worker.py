"""Draining the outbox: from changed keys to documents in the engine."""

import logging
import random
import signal
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from search.adapters import adapter_of, by_prefix
from search.document import SearchDocument
from search.engines import engines_written
from search.engines.base import EngineUnavailable
from search.engines.standing_in import writing
from search.models import IndexTask

logger = logging.getLogger("gongkai.search")

BATCH = 200
POLL_SECONDS = 0.2
CALENDAR_SECONDS = 300
FIRST_PAUSE = 5
LONGEST_PAUSE = 3600
LONGEST_PAUSE_FOR_AN_ENGINE = 60
"""The fault is not the document's: when the engine is back, its documents follow soon."""


@dataclass(slots=True)
class Drained:
    """What one run did: how many keys were written, and how many failed and stay."""

    written: int = 0
    failed: int = 0


def drain(*, keys: Iterable[str] | None = None, limit: int | None = None) -> Drained:
    """Write what is due (of these keys only, if given) until nothing is due or the engine is out of reach.

    Never raises for a document or an engine: what failed stays in the table with its error and a pause.
    """
    done = Drained()
    chosen = sorted(set(keys)) if keys is not None else None
    while limit is None or done.written + done.failed < limit:
        if chosen is None:
            batch_keys = None
        else:
            batch_keys, chosen = chosen[:BATCH], chosen[BATCH:]
            if not batch_keys:
                break
        written, failed, reachable = _drain_batch(batch_keys)
        done.written += written
        done.failed += failed
        if not reachable or (batch_keys is None and written + failed == 0):
            break
    return done


def _drain_batch(keys: list[str] | None) -> tuple[int, int, bool]:
    """One batch: (written, failed, whether every engine answered).

    The version is read before the content, so the content is at least as new as the version under which it
    is written; a change that commits meanwhile has a higher version and stays pending. No row and no table is
    locked while files are read and engines are waited for: who saves a page never waits for either.
    """
    versions = _claim(keys)
    if not versions:
        return 0, 0, True
    read_at = timezone.now()
    documents, errors = documents_of(versions)
    refused, unreachable = _write(list(documents.values()))
    errors |= refused
    if unreachable:
        unwritten = dict.fromkeys(documents.keys() - errors.keys(), unreachable)
        postpone(errors, versions)
        postpone(unwritten, versions, longest=LONGEST_PAUSE_FOR_AN_ENGINE)
        return 0, len(versions), False
    for key in refused:
        documents.pop(key, None)
    _mark_written({key: versions[key] for key in documents}, read_at)
    postpone(errors, versions)
    return len(documents), len(errors), True


@transaction.atomic
def _claim(keys: list[str] | None) -> dict[str, int]:
    """Take what is due for `SEARCH_CLAIM_SECONDS`, so that two workers do not do the same; one that dies gives it back.

    That is longer than a batch usually takes: who takes over from one that lives does its work twice, and no harm.
    A change that commits meanwhile is due at once, whoever has claimed the key. While an engine is known to be away,
    what it has not taken waits: the other engine has it.
    """
    due = IndexTask.objects.due()
    if any(writing(engine).seconds_left for engine in engines_written()):
        due = due.filter(error="")
    if keys is not None:
        due = due.filter(key__in=keys)
    locked = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    versions = dict(locked.order_by("enqueued_at").values_list("key", "version")[:BATCH])
    IndexTask.objects.filter(key__in=versions).update(
        next_attempt_at=timezone.now() + timedelta(seconds=settings.SEARCH_CLAIM_SECONDS)
    )
    return versions


def _write(documents: list[SearchDocument]) -> tuple[dict[str, str], str]:
    """Offer the documents to every engine: what was refused and why, and which engines are out of reach.

    One engine that cannot be written keeps nothing from the other.
    """
    refused: dict[str, str] = {}
    unreachable: list[str] = []
    for engine in engines_written():
        breaker = writing(engine)
        if not breaker.lets_through():
            unreachable.append(f"{engine.name}: out of reach several times; tried again soon")
            continue
        try:
            refused.update({failure.key: failure.reason for failure in engine.write(documents)})
        except EngineUnavailable as unavailable:
            breaker.failed()
            logger.warning("The search engine is out of reach: %s", unavailable)
            unreachable.append(str(unavailable))
        else:
            breaker.succeeded()
    return refused, "; ".join(unreachable)


def documents_of(versions: dict[str, int]) -> tuple[dict[str, SearchDocument], dict[str, str]]:
    """The documents of these keys, and the errors of those that could not be read; one never costs another."""
    documents: dict[str, SearchDocument] = {}
    errors: dict[str, str] = {}
    for keys in by_prefix(versions).values():
        some = {key: versions[key] for key in keys}
        try:
            with _apart():
                documents.update({document.key: document for document in _read(some)})
        except Exception:
            for key, version in some.items():
                try:
                    with _apart():
                        documents.update({document.key: document for document in _read({key: version})})
                except Exception as error:  # whatever a thing raises is its own failure, kept where it is seen
                    logger.exception("%s could not be read for the index", key)
                    errors[key] = f"{type(error).__name__}: {error}"
    return documents, errors


def _apart() -> AbstractContextManager[object]:
    """Keep a query that fails from a transaction that is open; none is opened, it could lock the database."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _read(versions: dict[str, int]) -> Iterable[SearchDocument]:
    adapter = adapter_of(next(iter(versions)))
    if adapter is None:
        return [SearchDocument.tombstone(key, version) for key, version in versions.items()]
    return adapter.documents(versions)


def _mark_written(versions: dict[str, int], read_at: datetime) -> None:
    """Note the versions that are in the index now; what was changed meanwhile stays due.

    As of the moment before they were read: what is read before midnight has the readers of that day, whenever it is
    written.
    """
    by_version: dict[int, list[str]] = {}
    for key, version in versions.items():
        by_version.setdefault(version, []).append(key)
    for version, keys in by_version.items():
        IndexTask.objects.filter(key__in=keys, written_version__lt=version).update(
            written_version=version, written_at=read_at
        )
        IndexTask.objects.filter(key__in=keys, version=version).update(attempts=0, error="", next_attempt_at=None)


@transaction.atomic
def postpone(errors: dict[str, str], versions: dict[str, int] | None = None, *, longest: float = LONGEST_PAUSE) -> None:
    """Note why these keys could not be written, and let them wait, longer with each failure.

    A key that has another version than the given one was changed meanwhile, and is due as it is.
    """
    if not errors:
        return
    now = timezone.now()
    tasks = IndexTask.objects.select_for_update().filter(key__in=errors).order_by("key")
    failed = [task for task in tasks if versions is None or task.version == versions[task.key]]
    for task in failed:
        pause = min(longest, FIRST_PAUSE * 2 ** min(task.attempts, 12)) * random.uniform(0.8, 1.2)  # noqa: S311
        task.attempts += 1
        task.error = errors[task.key][:2000]
        task.next_attempt_at = now + timedelta(seconds=pause)
    IndexTask.objects.bulk_update(failed, ["attempts", "error", "next_attempt_at"])


def retry_now(keys: Iterable[str] | None = None) -> None:
    """Let failed tasks be tried at once again."""
    tasks = IndexTask.objects.pending()
    if keys is not None:
        tasks = tasks.filter(key__in=list(keys))
    tasks.update(next_attempt_at=None)


def bring_in_line() -> None:
    """Give every engine in service those settings that it can take; one that is away has them next time."""
    for engine in engines_written():
        try:
            engine.bring_in_line()
        except EngineUnavailable as unavailable:
            logger.warning("The settings of %s wait: %s", engine.name, unavailable)


def work(*, read_calendar: Callable[[], None]) -> None:
    """Drain again and again until the process is told to stop; a batch that has begun is finished first.

    `read_calendar` is called at the start and every five minutes: it enqueues what the day has changed. So often the
    engines are brought in line with their settings, too.
    """
    stop = threading.Event()

    def told_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told_to_stop)
    calendar_read_at = float("-inf")
    while not stop.is_set():
        try:
            if time.monotonic() - calendar_read_at >= CALENDAR_SECONDS:
                calendar_read_at = time.monotonic()
                bring_in_line()
                read_calendar()
            drain()
        except Exception:
            logger.exception("The worker goes on after an error")
            connection.close_if_unusable_or_obsolete()
        stop.wait(POLL_SECONDS)
