"""`python -m bench.rebuilding [--matters 100000] [--engine embedded|elasticsearch] [--kill-at 0.4]`.

A rebuild under constant reading and writing: a worker runs, somebody changes a matter again and again, somebody else
searches all the time; the rebuild is killed with SIGKILL once and gone on with. Tells the rate, the memory of the
rebuild's process, how many queries failed, and whether a change was lost.
"""

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import nullcontext
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

from bench.timing import QUERIES

IN_SERVICE = 5000
"""Matters in the index that answers meanwhile."""


class Readers(threading.Thread):
    """Somebody who searches all the time, and counts what went wrong."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.stopped = threading.Event()
        self.times: list[float] = []
        self.failed: list[str] = []

    def run(self) -> None:
        from intranet.access.tokens import PUBLIC
        from search.engines import main_engine
        from search.query import SearchQuery

        for number in count():
            if self.stopped.is_set():
                return
            begun = time.perf_counter()
            try:
                found = main_engine().search(
                    SearchQuery.parse({"q": QUERIES[number % len(QUERIES)]}), frozenset({PUBLIC})
                )
                if not found.total:
                    self.failed.append("nothing found")
            except Exception as error:
                self.failed.append(f"{type(error).__name__}: {error}"[:200])
            self.times.append(time.perf_counter() - begun)
            self.stopped.wait(0.2)


class Writers(threading.Thread):
    """Somebody who changes one matter after the other."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.stopped = threading.Event()
        self.written: dict[int, str] = {}

    def run(self) -> None:
        from django.db import transaction

        from intranet.disclosure.models import MatterPage
        from intranet.disclosure.search import key_of
        from search.outbox import enqueue

        keys = list(MatterPage.objects.order_by("pk").values_list("pk", flat=True))
        for number in count():
            if self.stopped.is_set():
                return
            pk, title = keys[number * 7919 % len(keys)], f"改过的第{number}件事项"
            with transaction.atomic():
                MatterPage.objects.filter(pk=pk).update(title=title)
                enqueue(key_of(pk))
            self.written[pk] = title
            self.stopped.wait(0.5)


def rebuild(*, kill_at: float, matters: int) -> tuple[float, int, int]:
    """One process that rebuilds, killed when that share is done (never at 0): seconds, keys done, most memory (MB)."""
    program = (
        "import sys, django; django.setup()\n"
        "from search.rebuilding import rebuild\n"
        "rebuild(progress=lambda engine, done, total: print(done, total, flush=True))"
    )
    begun, done, first, most = time.monotonic(), 0, None, 0
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    for line in process.stdout or ():
        done = int(line.split()[0])
        first = done if first is None else first
        status = Path(f"/proc/{process.pid}/status")
        if status.exists() and (found := re.search(r"VmHWM:\s+(\d+)", status.read_text())):
            most = max(most, int(found[1]) // 1024)
        if kill_at and done >= matters * kill_at:
            process.send_signal(signal.SIGKILL)
            break
    process.wait()
    if not kill_at and process.returncode:
        raise SystemExit(f"the rebuild ended with {process.returncode}")
    return time.monotonic() - begun, done - (first or 0), most


def run(matters: int, kill_at: float) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db.models import F

    from bench.matters import fill
    from intranet.disclosure.models import MatterPage
    from search.engines import main_engine
    from search.models import IndexTask
    from search.rebuilding import BATCH, _ensure_tasks, _versions
    from search.worker import documents_of

    call_command("migrate", verbosity=0)
    told: list[tuple[str, Any]] = []
    if missing := matters - MatterPage.objects.count():
        fill(missing)
    # The worker has the changes to write, not what the rebuild is there for.
    _ensure_tasks()
    IndexTask.objects.update(written_version=F("version"))
    some = (documents_of(versions)[0].values() for versions in islice(_versions(after=""), IN_SERVICE // BATCH))
    main_engine().rebuild(chain.from_iterable(some))
    worker = subprocess.Popen([sys.executable, "manage.py", "search", "work"])
    readers, writers = Readers(), Writers()
    try:
        readers.start()
        writers.start()
        for killed in (kill_at, 0):
            seconds, done, most = rebuild(kill_at=killed, matters=matters)
            told.append(("killed after" if killed else "gone on with", f"{done:,} keys, {seconds:.0f} s, "
                         f"{done / seconds:.0f} keys/s, {most} MB at most"))  # fmt: skip
    finally:
        writers.stopped.set()
        readers.stopped.set()
        writers.join()
        readers.join()
    told.append(("queries", f"{len(readers.times)}, median {statistics.median(readers.times) * 1000:.0f} ms, "
                 f"{len(readers.failed)} failed {readers.failed[:3]}"))  # fmt: skip
    told.append(("changes written meanwhile", f"{len(writers.written)}, {len(lost(writers.written))} lost"))
    worker.terminate()
    worker.wait()
    for name, figure in told:
        print(f"{name}: {figure}", flush=True)


def lost(written: dict[int, str]) -> list[int]:
    """The matters whose last title the index does not have, once all is written."""
    from intranet.disclosure.search import key_of
    from search.engines import main_engine
    from search.models import IndexTask
    from search.worker import documents_of

    while IndexTask.objects.pending().exists():
        time.sleep(0.5)
    engine = main_engine()
    engine.refresh()
    versions = dict(IndexTask.objects.filter(key__in=map(key_of, written)).values_list("key", "version"))
    missing, keys = [], list(versions)
    for start in range(0, len(keys), 50):
        some = {key: versions[key] for key in keys[start : start + 50]}
        stored = engine.contents(list(some))
        missing += [
            key for key, document in documents_of(some)[0].items()
            if stored.get(key) != (some[key], engine.fingerprint(document))
        ]  # fmt: skip
    return missing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--matters", type=int, default=100_000)
    parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
    parser.add_argument("--kill-at", type=float, default=0.4)
    parser.add_argument("--folder", help="keep everything here, and use what is there")
    options = parser.parse_args()
    from tools.elasticsearch import running_node

    node = running_node(heap="1g") if options.engine == "elasticsearch" else nullcontext("")
    with tempfile.TemporaryDirectory() as folder, node as address:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "intranet.settings.development",
            "DEBUG": "0",
            "VAR_DIR": options.folder or folder,
            "SEARCH_URL": f"{address}/bench" if address else "embedded:///search",
            "SEARCH_FALLBACK_URL": "",
            "SEARCH_DRAIN_AT_COMMIT": "0",
            "PYTHONWARNINGS": "ignore",
        }
        run(options.matters, options.kill_at)


if __name__ == "__main__":
    main()
