"""`python -m tests.search.truth.dying BATCH CALLS search rebuild …`: a command that the system kills in its midst.

It goes by SIGKILL, that many calls of functions after the batch of that number was begun: at any line of any library.
"""

import os
import signal
import sys
from typing import Any

import django
from django.core.management import call_command


def main() -> None:
    batch, calls = int(sys.argv[1]), int(sys.argv[2])
    django.setup()
    from search import rebuilding

    rebuilding.BATCH = 20
    read = rebuilding.documents_of
    left = {"batches": batch, "calls": calls}

    def count(frame: Any, event: str, argument: Any) -> None:
        left["calls"] -= 1
        if left["calls"] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def documents_of(versions: dict[str, int]) -> Any:
        left["batches"] -= 1
        if left["batches"] < 0:
            sys.setprofile(count)
        return read(versions)

    rebuilding.documents_of = documents_of
    call_command(*sys.argv[3:])


if __name__ == "__main__":
    main()
