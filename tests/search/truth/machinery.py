"""Workers that die, overlap and come late, and a check that nothing of it can be seen in the end."""

import contextlib
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from intranet.access.tokens import tokens_of
from intranet.disclosure.models import MatterPage
from intranet.disclosure.search import key_of
from search import consistency, rebuilding, worker
from search.document import SearchDocument
from search.engines import engine_from_url, engines_written, standing_in
from search.engines.base import Engine, EngineUnavailable
from search.models import IndexTask
from search.outbox import enqueue_overtaken
from search.query import SearchQuery
from search.results import find
from tests.search.truth.life import Life

SEAMS = ("_claim", "documents_of", "_mark_written")
NOWHERE = "http://127.0.0.1:9"
KEPT = 200
"""Writes that are remembered, to be delivered again when nobody expects them."""


class Killed(BaseException):
    """What SIGKILL is to a process: nothing after it runs."""


class Machinery:
    """The worker and its engines, with a fault at any seam: before and after each step, and each engine's write."""

    def __init__(self, life: Life, patch: pytest.MonkeyPatch) -> None:
        self.life = life
        self.source = life.source
        self.sent: list[tuple[Engine, list[SearchDocument]]] = []
        self.elasticsearch: Any = None
        self._client: Any = None
        self._at_a_seam: Callable[[], None] | None = None
        self._steps_left = 0
        for name in SEAMS:
            patch.setattr(worker, name, self._with_seams(getattr(worker, name)))
        patch.setattr(rebuilding, "documents_of", worker.documents_of)
        for module in (worker, rebuilding):
            patch.setattr(module, "BATCH", 5)
        for engine in engines_written():
            patch.setattr(engine, "write", self._noted(engine, engine.write))
            if engine.name == "embedded":
                patch.setattr(engine, "point", self._with_seams(engine.point))  # type: ignore[attr-defined]
            else:
                self.elasticsearch = engine

    def _with_seams(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*arguments: Any) -> Any:
            self._seam()
            found = step(*arguments)
            self._seam()
            return found

        return stepped

    def _noted(self, engine: Engine, write: Callable[..., Any]) -> Callable[..., Any]:
        def written(documents: Iterable[SearchDocument]) -> Any:
            some = list(documents)
            self.sent = [*self.sent[-KEPT:], (engine, some)]
            self._seam()
            found = write(some)
            self._seam()
            return found

        return written

    def _seam(self) -> None:
        if self._at_a_seam is None:
            return
        self._steps_left -= 1
        if self._steps_left < 0:
            happens, self._at_a_seam = self._at_a_seam, None
            happens()

    def _drain_until(self, happens: Callable[[], None]) -> None:
        """Drain, and let this happen at some seam of it; if there are fewer, it does not happen."""
        self._at_a_seam, self._steps_left = happens, self.source.randrange(10)
        try:
            worker.drain()
        finally:
            self._at_a_seam = None

    def _die(self) -> None:
        raise Killed

    # What may come to pass between two changes

    def turn(self) -> None:
        """One thing that a worker, an operator or the network does."""
        chances: dict[Callable[[], None], int] = {
            self.rest: 20, self.drain: 24, self.die: 16, self.overlap: 16, self.deliver_late: 12, self.take_over: 8,
            self.rebuild: 1, self.rebuild_killed: 3,
        }  # fmt: skip
        if self.elasticsearch is not None:
            chances[self.start if self._client else self.stop] = 8
        chosen = self.source.choices(list(chances), list(chances.values()))[0]
        self.life.story.append(f"    {chosen.__name__}")
        chosen()

    def stop(self) -> None:
        """Nobody listens any more where Elasticsearch should be."""
        self._client, self.elasticsearch.client = self.elasticsearch.client, Elasticsearch(NOWHERE, max_retries=0)

    def start(self) -> None:
        """Elasticsearch is back, and a worker that begins anew does not wait before it asks."""
        if self._client is not None:
            self.elasticsearch.client, self._client = self._client, None
        standing_in._breaker.cache_clear()

    def rest(self) -> None:
        pass

    def drain(self) -> None:
        worker.drain()

    def die(self) -> None:
        with contextlib.suppress(Killed):
            self._drain_until(self._die)

    def take_over(self) -> None:
        """The time of every claim and every pause is over."""
        worker.retry_now()
        worker.drain()

    def overlap(self) -> None:
        """In the midst of one worker's batch, a matter changes, and another worker takes all there is."""

        def meanwhile() -> None:
            self.life.step()
            if self.source.random() < 0.5:
                worker.retry_now()
            worker.drain()

        self._drain_until(meanwhile)

    def deliver_late(self) -> None:
        """Writes of long ago arrive once more, in any order."""
        for engine, documents in self.source.sample(self.sent, min(len(self.sent), 6)):
            with contextlib.suppress(EngineUnavailable):
                engine.write(self.source.sample(documents, len(documents)))

    def rebuild(self) -> None:
        with contextlib.suppress(EngineUnavailable):
            rebuilding.rebuild()

    def rebuild_killed(self) -> None:
        """Killed in the midst, with a change and a worker before somebody goes on with it, or nobody does."""
        self._at_a_seam, self._steps_left = self._die, self.source.randrange(8)
        try:
            rebuilding.rebuild(afresh=self.source.random() < 0.3)
        except (Killed, EngineUnavailable):
            pass
        finally:
            self._at_a_seam = None


def settle(engines: Iterable[Engine]) -> None:
    """All is well again, and the worker has the time that it needs."""
    enqueue_overtaken()
    for _attempt in range(20):
        worker.retry_now()
        worker.drain()
        if not IndexTask.objects.pending().exists():
            break
    for engine in engines:
        engine.refresh()


def stored(engine: Engine) -> dict[str, tuple[int, str]]:
    """All that the engine has, documents whole."""
    engine.refresh()
    found: dict[str, tuple[int, str]] = {}
    keys = [key for key, _version, _deleted in engine.versions()]
    for start in range(0, len(keys), 50):
        found |= engine.contents(keys[start : start + 50])
    return found


def built_from_nothing(url: str) -> dict[str, tuple[int, str]]:
    """What an engine holds that has never seen anything but a rebuild."""
    engine = engine_from_url(url)
    try:
        rebuilding._build(engine, afresh=True, progress=lambda *told: None)
        return stored(engine)
    finally:
        if engine.name == "elasticsearch":
            for name in engine.client.indices.get(index=f"{engine.index}*"):  # type: ignore[attr-defined]
                engine.client.indices.delete(index=name)  # type: ignore[attr-defined]


def found_by(engine: Engine, user: Any) -> set[str]:
    """Every key that the index alone gives this reader, page by page."""
    keys: set[str] = set()
    for page in range(1, 20):
        some = engine.search(SearchQuery.parse({"page": str(page)}, page_size=50), tokens_of(user)).hits
        keys |= {hit.key for hit in some}
        if len(some) < 50:
            break
    return keys


def verify(life: Life, *, fresh_url: Callable[[Engine], str]) -> None:
    """Nothing is lost, nothing has come back, and each reader finds what the rule lets them read."""
    engines = engines_written()
    settle(engines)
    assert not list(IndexTask.objects.pending()), "what could be written was not"
    assert not any(differences := consistency.check()), differences
    for engine in engines:
        assert stored(engine) == built_from_nothing(fresh_url(engine)), f"{engine.name} is not what a rebuild makes"
        for name, reader in life.readers.items():
            readable = {key_of(pk) for pk in MatterPage.objects.readable_by(reader).values_list("pk", flat=True)}
            assert found_by(engine, reader) == readable, f"{name} finds in {engine.name} what is not theirs, or less"
            found = find(SearchQuery.parse({}, page_size=50), reader)
            assert (found.total, found.total_is_exact) == (len(readable), True), name
