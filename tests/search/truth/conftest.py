"""The seed and the length of the randomised tests. See docs/operations.md, “The long run”."""

import os
import random
from collections.abc import Iterator

import pytest


@pytest.fixture
def seed() -> Iterator[int]:
    """`INDEX_SEED`, or another each time; pytest shows the line where the test fails."""
    chosen = int(os.environ.get("INDEX_SEED") or random.SystemRandom().randrange(10**9))
    print(f"INDEX_SEED={chosen}")
    yield chosen


@pytest.fixture
def operations() -> int:
    """How many changes the bureau sees: `INDEX_OPERATIONS`, or few."""
    return int(os.environ.get("INDEX_OPERATIONS") or 40)
