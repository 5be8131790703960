"""Comparing the index with the database, thing by thing and word by word, and mending it."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from search.adapters import database_keys
from search.alone import RebuildRuns
from search.engines import engines_written
from search.engines.base import Engine
from search.models import IndexTask
from search.outbox import enqueue, enqueue_overtaken
from search.rebuilding import discard_left, rebuild
from search.worker import documents_of, drain, retry_now

KEEP_TOMBSTONES = timedelta(days=7)
BATCH = 500
WHOLE_BATCH = 50
"""Documents that are in memory at once, as they are stored and as they should be."""
SHOWN = 5


@dataclass(slots=True)
class Difference:
    """What an engine has wrong: keys it lacks, has in another version, has in the right version with another content
    (texts, readers, facets), or has without a thing behind them; or that it is damaged as a whole.

    A version above the database's is wrong too (a database that was restored, an index of another portal): every
    change would be passed over until its version has grown as far.
    """

    engine: str
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    stored: dict[str, int] = field(default_factory=dict)
    """The versions that the engine has of stale and extra keys."""
    defect: str = ""
    """Why only a rebuild mends it, in words."""

    def __bool__(self) -> bool:
        return bool(self.keys or self.defect)

    @property
    def keys(self) -> list[str]:
        return [*self.missing, *self.stale, *self.altered, *self.extra]


def compare(engine: Engine, *, whole: bool = True) -> Difference:
    """How the engine differs from the database; by keys and versions alone unless `whole`.

    Raises `EngineUnavailable`.
    """
    if whole and (defect := engine.defect()):
        return Difference(engine.name, defect=defect)
    difference = Difference(engine.name)
    alike: dict[str, int] = {}
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
            elif whole:
                alike[key] = found[1]
                if len(alike) == WHOLE_BATCH:
                    difference.altered += _altered(engine, alike)
                    alike = {}
            key, found = next(wanted, None), next(stored, None)
    difference.altered += _altered(engine, alike)
    return difference


def _altered(engine: Engine, versions: dict[str, int]) -> list[str]:
    """The keys under which the engine has something else than it would be given now, or than can be read now.

    What changes while it is compared has another version by then, and is left out.
    """
    if not versions:
        return []
    documents, errors = documents_of(versions)
    stored = engine.contents(list(versions))
    differing = [
        key
        for key, document in documents.items()
        if key in stored and stored[key] != (versions[key], engine.fingerprint(document))
    ]
    now = dict(IndexTask.objects.filter(key__in=[*differing, *errors]).values_list("key", "version"))
    return sorted(key for key in now if now[key] == versions[key])


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


def check(*, repair: bool = False, whole: bool = True) -> list[Difference]:
    """Compare every engine with the database; with `repair`, mend what differs and forget old tombstones.

    An engine that is damaged as a whole is built anew.
    """
    differences = [compare(engine, whole=whole) for engine in engines_written()]
    if not repair:
        return differences
    enqueue_overtaken()
    if damaged := [engine for engine, found in zip(engines_written(), differences, strict=True) if found.defect]:
        rebuild(damaged)
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
    with suppress(RebuildRuns):
        discard_left()
    return [compare(engine, whole=whole) for engine in engines_written()]
