"""Building a new index from the database, while the one in service answers."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice

from search.adapters import database_keys
from search.alone import alone
from search.engines import engines_written
from search.engines.base import Engine, EngineUnavailable
from search.models import IndexTask
from search.outbox import enqueue
from search.worker import documents_of, drain, retry_now

logger = logging.getLogger("gongkai.search")

BATCH = 200

Progress = Callable[[str, int, int], None]
"""Called with the engine's name, how many keys are done, and how many there are, from the start of each engine on."""


def rebuild(
    engines: list[Engine] | None = None, *, afresh: bool = False, progress: Progress = lambda engine, done, total: None
) -> int:
    """Build the index of these engines (of every one, unless said) anew and put it in service; return how many
    things it holds.

    Goes on where a rebuild that was killed stopped, unless `afresh`. Keys without a task get one first, so that each
    document has a version. A thing that cannot be read is left to its task, which says why. Raises `RebuildRuns`
    while another rebuild runs, and `EngineUnavailable`; the index in service is untouched then.
    """
    with alone():
        _ensure_tasks()
        count = 0
        for engine in engines_written() if engines is None else engines:
            count = _build(engine, afresh=afresh, progress=progress)
    retry_now()
    drain()
    return count


def discard_left() -> list[str]:
    """Remove what rebuilds that were killed have left half-built; the names of the engines that had any.

    Raises `RebuildRuns` while one runs, and `EngineUnavailable`.
    """
    with alone():
        return [engine.name for engine in engines_written() if engine.discard_building()]


def _build(engine: Engine, *, afresh: bool, progress: Progress) -> int:
    building = engine.begin_building(afresh=afresh)
    tasks = IndexTask.objects.order_by("key")
    done, total = tasks.filter(key__lte=building.reached).count(), tasks.count()
    if building.reached:
        logger.warning("%s: the rebuild that stopped at %s goes on", engine.name, building.reached)
    progress(engine.name, done, total)
    try:
        for versions in _versions(after=building.reached):
            documents, errors = documents_of(versions)
            building.add(list(documents.values()), reached=next(reversed(versions)))
            enqueue(*errors)  # pending again: the drain at the end tells what is wrong with them
            done += len(versions)
            progress(engine.name, done, max(done, total))
        building.put_in_service()
    except Exception:
        # Killed, it is gone on with; what failed by itself would fail again, on a full disk for example.
        with suppress(EngineUnavailable):
            building.discard()
        raise
    engine.refresh()
    return engine.count()


def _versions(*, after: str) -> Iterator[dict[str, int]]:
    """The versions of all keys in batches, in order. Keys of things that are gone are among them: without its
    tombstone, a late write would bring such a thing back."""
    while rows := list(IndexTask.objects.filter(key__gt=after).order_by("key").values_list("key", "version")[:BATCH]):
        yield dict(rows)
        after = rows[-1][0]


def _ensure_tasks() -> None:
    keys = database_keys()
    while batch := list(islice(keys, BATCH)):
        known = set(IndexTask.objects.filter(key__in=batch).values_list("key", flat=True))
        enqueue(*(key for key in batch if key not in known))
