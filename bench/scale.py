"""How figures grow with the number of matters, in both engines: `python -m bench.scale [--sizes 1000,10000,100000]`.

On a PostgreSQL and an Elasticsearch node of its own. Prints the table and keeps it in docs/scale.md, whose arithmetic
for larger numbers starts from it.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bench.report import keep, table
from bench.timing import interleaved, pair

REPORT = Path(__file__).resolve().parents[1] / "docs" / "scale.md"
CHANGES = 1500
MANY_TOKENS = 500
HEAP = "1g"
EMBEDDED_UP_TO = 10_000
"""Beyond that the embedded engine is not meant to serve; what it takes then is in bench/README.md."""


def run(sizes: list[int], node: str) -> str:
    """The table. Django is set up, and the database is empty."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    empty = database_bytes()
    columns: list[dict[str, str]] = []
    for before, size in zip([0, *sizes], sizes, strict=False):
        from bench.matters import fill

        fill(size - before)
        columns.append(figures(size, node, empty))
        print(size, columns[-1], file=sys.stderr, flush=True)
    return table(sizes, columns)


def figures(size: int, node: str, empty: int) -> dict[str, str]:
    from django.conf import settings

    found: dict[str, str] = {}
    settings.SEARCH_FALLBACK_URL = ""
    engines = {"Elasticsearch": f"{node}/scale"}
    if size <= EMBEDDED_UP_TO:
        engines["embedded"] = "embedded:///scale"
    for name, url in engines.items():
        settings.SEARCH_URL = url
        found |= {f"{name}: {figure}": value for figure, value in engine_figures(size).items()}
    settings.SEARCH_URL = f"{node}/scale"
    found |= asking_figures()
    found["heap in use, MB"] = f"{heap_in_use() / 1e6:.0f}"
    for workers in (1, 3):
        found[f"outbox, {workers} worker{'s'[: workers - 1]}, documents/s"] = f"{drained(workers):,.0f}"
    found |= database_figures(size, empty)
    return found


def engine_figures(size: int) -> dict[str, str]:
    """Rebuild, size on disk, and the engine's own answer to a visitor's query."""
    from search.engines import main_engine
    from search.query import SearchQuery
    from search.rebuilding import rebuild

    begun = time.perf_counter()
    rebuild()
    seconds = time.perf_counter() - begun
    engine = main_engine()
    [times] = interleaved(lambda text: engine.search(SearchQuery.parse({"q": text}), frozenset({"public"})))
    return {
        "rebuild, s": f"{seconds:,.1f}",
        "rebuild, documents/s": f"{size / seconds:,.0f}",
        "bytes on disk a document": f"{bytes_on_disk(engine) / size:,.0f}",
        "query, median / p95 ms": pair(times),
    }


def bytes_on_disk(engine: object) -> int:
    from search.engines.embedded import EmbeddedEngine

    if isinstance(engine, EmbeddedEngine):
        return sum(path.stat().st_size for path in engine.folder.iterdir())
    engine.client.indices.flush(index=engine.index)
    return engine.client.indices.stats(index=engine.index)["_all"]["primaries"]["store"]["size_in_bytes"]


def asking_figures() -> dict[str, str]:
    """What parts of a request to Elasticsearch cost: facets, and a reader who carries many tokens."""
    from search.engines import main_engine
    from search.engines.elasticsearch.asking import request_body
    from search.engines.elasticsearch.engine import _arguments
    from search.query import SearchQuery

    engine = main_engine()
    many = frozenset({"public", *(f"group:{number}" for number in range(MANY_TOKENS))})

    def ask(text: str, tokens: frozenset[str], *without: str) -> None:
        body = request_body(SearchQuery.parse({"q": text}), tokens, "")
        engine.client.search(
            index=engine.index, **_arguments({name: part for name, part in body.items() if name not in without})
        )

    visitor = frozenset({"public"})
    names = ("raw request", "… without facets", "… without highlights", f"… of a reader with {MANY_TOKENS} tokens")
    times = interleaved(
        lambda text: ask(text, visitor),
        lambda text: ask(text, visitor, "aggs"),
        lambda text: ask(text, visitor, "highlight"),
        lambda text: ask(text, many),
    )
    return {f"{name}, median / p95 ms": pair(found) for name, found in zip(names, times, strict=True)}


def heap_in_use() -> int:
    from search.engines import main_engine

    nodes = main_engine().client.nodes.stats(metric="jvm")["nodes"]
    return max(node["jvm"]["mem"]["heap_used_in_bytes"] for node in nodes.values())


def drained(workers: int) -> float:
    """Documents a second from the outbox into Elasticsearch, by so many processes, from the first to the last."""
    from itertools import islice

    from search.adapters import database_keys
    from search.models import IndexTask
    from search.outbox import enqueue

    keys = list(islice(database_keys(), CHANGES))
    IndexTask.objects.exclude(key__in=keys).update(written_version=2**40)
    with running_workers(workers):
        enqueue(keys[0])
        while IndexTask.objects.pending().exists():  # they have started
            time.sleep(0.05)
        begun = time.perf_counter()
        enqueue(*keys)
        while IndexTask.objects.pending().exists():
            time.sleep(0.05)
        return len(keys) / (time.perf_counter() - begun)


@contextmanager
def running_workers(count: int) -> Iterator[None]:
    from django.conf import settings

    environment = {**os.environ, "SEARCH_URL": settings.SEARCH_URL}
    processes = [
        subprocess.Popen([sys.executable, "manage.py", "search", "work"], env=environment) for _number in range(count)
    ]
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=60)


def database_bytes(table: str = "") -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        if table:
            cursor.execute(f"VACUUM FULL {table}")
            cursor.execute("SELECT pg_total_relation_size(%s)", [table])
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def database_figures(size: int, empty: int) -> dict[str, str]:
    outbox = database_bytes("search_indextask")
    return {
        "PostgreSQL, bytes a row of the outbox": f"{outbox / size:,.0f}",
        "PostgreSQL, bytes a matter, the outbox included": f"{(database_bytes() - empty) / size:,.0f}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000")
    options = parser.parse_args()
    from tools.elasticsearch import running_node
    from tools.postgresql.cluster import running_cluster

    with tempfile.TemporaryDirectory() as folder, running_cluster() as database, running_node(heap=HEAP) as node:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "intranet.settings.development",
            "DEBUG": "0",
            "VAR_DIR": folder,
            "DATABASE_URL": database,
            "SEARCH_FALLBACK_URL": "",
            "SEARCH_SECONDS": "60",
            "SEARCH_DRAIN_AT_COMMIT": "0",
            "PYTHONWARNINGS": "ignore",
        }
        import django

        django.setup()
        figures_of_all = run([int(size) for size in options.sizes.split(",")], node)
    text = f"{date.today():%Y-%m-%d}, {os.cpu_count()} cores that other work shared, heap {HEAP}.\n\n{figures_of_all}"
    print(text)
    keep(REPORT, "python -m bench.scale", text)


if __name__ == "__main__":
    main()
