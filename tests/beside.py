"""One transaction while another is under way, on a database that lets two write at a time."""

import threading
from collections.abc import Callable

from django.db import connections, transaction

PATIENCE = 30
SETTLES = 2
"""Seconds for what does not wait, as it must, to be through."""


class Beside:
    """Work in a transaction of its own, which commits when it is let."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.done, self.may_end = threading.Event(), threading.Event()
        self.failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(work,))
        self._thread.start()

    def _run(self, work: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                work()
                self.done.set()
                self.may_end.wait(PATIENCE)
        except BaseException as failure:
            self.failure = failure
        finally:
            self.done.set()
            connections.close_all()

    def end(self) -> None:
        self.may_end.set()
        self._thread.join(PATIENCE)
        if self.failure:
            raise self.failure


def begun_while(first: Callable[[], object], second: Callable[[], object]) -> BaseException | None:
    """Do the second while the first has done its work and not committed; what the second failed with, if it did."""
    one = Beside(first)
    one.done.wait(PATIENCE)
    other = Beside(second)
    other.done.wait(SETTLES)
    one.end()
    try:
        other.end()
    except Exception as failure:
        return failure
    return None
