"""Building a new index from the database, while the one in service answers."""

from collections.abc import Callable, Iterator
from itertools import islice

from search.adapters import adapter_of, by_prefix
from search.consistency import database_keys
from search.document import SearchDocument
from search.engines import engines_written
from search.models import IndexTask
from search.outbox import enqueue
from search.worker import drain, retry_now

BATCH = 200


def rebuild(*, progress: Callable[[int], None] = lambda count: None) -> int:
    """Build the index of every engine anew and put it in service; return how many things it holds.

    Keys without a task get one first, so that each document has a version. Raises `EngineUnavailable`; the
    index in service is untouched then.
    """
    _ensure_tasks()
    count = 0
    for engine in engines_written():
        count = engine.rebuild(_documents(progress))
        engine.refresh()
    retry_now()
    drain()
    return count


def _batches() -> Iterator[list[str]]:
    keys = database_keys()
    while batch := list(islice(keys, BATCH)):
        yield batch


def _ensure_tasks() -> None:
    for keys in _batches():
        known = set(IndexTask.objects.filter(key__in=keys).values_list("key", flat=True))
        enqueue(*(key for key in keys if key not in known))


def _documents(progress: Callable[[int], None]) -> Iterator[SearchDocument]:
    for keys in _batches():
        versions = dict(IndexTask.objects.filter(key__in=keys).values_list("key", "version"))
        for some in by_prefix(versions).values():
            adapter = adapter_of(some[0])
            if adapter is not None:
                yield from adapter.documents({key: versions[key] for key in some})
        progress(len(keys))
