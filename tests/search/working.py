"""A worker in a process of its own: `python -m tests.search.working JOURNAL [hangs]`.

Each thing that it reads for the index is a line of the journal: the process, and the key. One that hangs takes its
first batch and never writes it.
"""

import os
import sys
import time
from pathlib import Path


def main() -> None:
    import django

    django.setup()

    from search import adapters, worker
    from tests.search.things import Things

    journal, hangs = Path(sys.argv[1]), "hangs" in sys.argv

    class JournalledThings(Things):
        def documents(self, versions):
            with journal.open("a") as lines:
                lines.write("".join(f"{os.getpid()} {key}\n" for key in versions))
            while hangs:
                time.sleep(60)
            yield from super().documents(versions)

    adapters._adapters.clear()
    adapters.register(JournalledThings())
    worker.work(read_calendar=lambda: None)


if __name__ == "__main__":
    main()
