"""Comparing the index with the database, key by key and version by version, and mending it."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from search.adapters import adapters
from search.engines import engines_written
from search.engines.base import Engine
from search.models import IndexTask
from search.outbox import enqueue, enqueue_overtaken
from search.worker import drain, retry_now

KEEP_TOMBSTONES = timedelta(days=7)
BATCH = 500
SHOWN = 5


@dataclass(slots=True)
class Difference:
    """What an engine has wrong: keys it lacks, has in another version, or has without a thing behind them.

    A version above the database's is wrong too (a database that was restored, an index of another portal): every
    change would be passed over until its version has grown as far.
    """

    engine: str
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    stored: dict[str, int] = field(default_factory=dict)
    """The versions that the engine has of stale and extra keys."""

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.extra)

    @property
    def keys(self) -> list[str]:
        return [*self.missing, *self.stale, *self.extra]


def database_keys() -> Iterator[str]:
    """Every key that the database has, in order."""
    return heapq.merge(*(adapter.keys() for adapter in adapters()))


def compare(engine: Engine) -> Difference:
    """How the engine differs from the database. Raises `EngineUnavailable`."""
    difference = Difference(engine.name)
    wanted, stored = database_keys(), engine.versions()
    versions = _TaskVersions()
    key, found = next(wanted, None), next(stored, None)
    while key is not None or found is not None:
        if found is None or (key is not None and key < found[0]):
            difference.missing.append(key)  # type: ignore[arg-type]
            key = next(wanted, None)
        elif key is None or found[0] < key:
            if not found[2]:
                difference.extra.append(found[0])
                difference.stored[found[0]] = found[1]
            found = next(stored, None)
        else:
            if found[1] != versions.of(key):
                difference.stale.append(key)
                difference.stored[key] = found[1]
            key, found = next(wanted, None), next(stored, None)
    return difference


class _TaskVersions:
    """The versions of tasks in the order of their keys, read in batches."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._last = ""

    def of(self, key: str) -> int:
        while key > self._last:
            rows = list(
                IndexTask.objects.filter(key__gt=self._last).order_by("key").values_list("key", "version")[:BATCH]
            )
            if not rows:
                self._rows, self._last = {}, "\U0010ffff"
                break
            self._rows, self._last = dict(rows), rows[-1][0]
        return self._rows.get(key, 0)


def _outgrow(stored: dict[str, int]) -> None:
    """Let the tasks of these keys have a version above the stored one, without which no engine would take it."""
    for key, version in stored.items():
        IndexTask.objects.filter(key=key, version__lte=version).update(version=version + 1)


def check(*, repair: bool = False) -> list[Difference]:
    """Compare every engine with the database; with `repair`, write what differs and forget old tombstones."""
    differences = [compare(engine) for engine in engines_written()]
    if repair:
        enqueue_overtaken()
        keys = {key for difference in differences for key in difference.keys}
        if keys:
            enqueue(*keys)
            for difference in differences:
                _outgrow(difference.stored)
        retry_now()
        drain()
        for engine in engines_written():
            engine.purge_tombstones(before=timezone.now() - KEEP_TOMBSTONES)
            engine.refresh()
        differences = [compare(engine) for engine in engines_written()]
    return differences
