"""A circuit breaker: what has failed several times in a row is left alone for a while, instead of waited for.

Own code, because the kept libraries hold their lock while the call runs (one slow answer stops every thread) and pause
for the same time always.
"""

import threading
import time
from collections.abc import Callable

FAILURES = 3
"""Failures in a row that open it."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0


class Breaker:
    """Closed, all pass; open, none; after each pause one passes as a probe, and its success closes it.

    Safe for threads: the lock is held for bookkeeping alone. One a process.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._pause = FIRST_PAUSE
        self._again_at = 0.0
        self._probing = False

    def lets_through(self) -> bool:
        """Whether to ask now. Who is let through says how it went: `succeeded` or `failed`."""
        with self._lock:
            if self._failures < FAILURES:
                return True
            if self._clock() < self._again_at:
                return False
            self._again_at = self._clock() + self._pause  # a probe that never reports does not keep it open
            self._probing = True
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures, self._pause, self._probing = 0, FIRST_PAUSE, False

    def failed(self) -> None:
        """Count a failure. The pause grows with each failed probe, not with what was under way when it opened."""
        with self._lock:
            self._failures += 1
            if self._failures == FAILURES or self._probing:
                self._again_at = self._clock() + self._pause
                self._pause = min(LONGEST_PAUSE, self._pause * 2)
                self._probing = False

    @property
    def seconds_left(self) -> float:
        """How long nobody is let through; 0 where somebody is."""
        with self._lock:
            return max(0.0, self._again_at - self._clock()) if self._failures >= FAILURES else 0.0
