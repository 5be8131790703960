"""The seed and the length of the randomised tests. See docs/operations.md, “The long run”."""

import os
import random
import uuid
from collections.abc import Callable, Iterator

import pytest

from search.engines.base import Engine
from tests.search.truth.processes import Processes, reachable_database


@pytest.fixture
def seed() -> int:
    """`INDEX_SEED`, or another each time; pytest shows the line where the test fails."""
    chosen = int(os.environ.get("INDEX_SEED") or random.SystemRandom().randrange(10**9))
    print(f"INDEX_SEED={chosen}")
    return chosen


@pytest.fixture
def operations() -> int:
    """How many changes the bureau sees: `INDEX_OPERATIONS`, or few."""
    return int(os.environ.get("INDEX_OPERATIONS") or 40)


@pytest.fixture
def processes(transactional_db, settings, tmp_path) -> Iterator[Processes]:
    """Commands in processes of their own, on the database and the index of the test."""
    with reachable_database(tmp_path) as url:
        running = Processes({"DATABASE_URL": url, "SEARCH_URL": settings.SEARCH_URL, "SEARCH_FALLBACK_URL": ""})
        try:
            yield running
        finally:
            running.kill_all()


@pytest.fixture
def fresh_url(settings) -> Callable[[Engine], str]:
    """Where an engine of the same kind is built from nothing."""

    def url(engine: Engine) -> str:
        if engine.name == "embedded":
            return f"embedded:///truth-{uuid.uuid4().hex}"
        return f"{settings.SEARCH_URL.rpartition('/')[0]}/truth-{uuid.uuid4().hex[:12]}"

    return url
