"""Work that begins at one instant, each in a thread and a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connections

PATIENCE = 60


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each has returned or raised, in their order."""
    together = threading.Barrier(len(works))
    outcomes: list[object] = [None] * len(works)

    def run(place: int) -> None:
        try:
            together.wait(PATIENCE)
            outcomes[place] = works[place]()
        except Exception as failure:
            outcomes[place] = failure
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return outcomes
