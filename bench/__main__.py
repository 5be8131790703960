"""`make bench`: speed as ratios against the engine itself, in one run, with the growth from 1,000 to 10,000 matters.

`python -m bench [--sizes 1000,10000]`. Prints the table and keeps it in bench/README.md.
"""

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

QUERIES = [
    "危险化学品",
    "烟花爆竹许可证",
    "安全生产监督管理",
    "非煤矿山尾矿库",
    "应急预案 隐患排查",
    "特种作业人员教育培训",
]
TYPED = ["烟", "危险化学品", "甘安监〔20", "anquansh", "yhbz", "Safety"]
"""What somebody has typed so far: a character, words, a number, pinyin, initials, English."""
ROUNDS = 20
PORT = 8179
README = Path(__file__).parent / "README.md"


def quantile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def interleaved(*actions: Callable[[str], object], asked: Sequence[str] = QUERIES) -> list[list[float]]:
    """Milliseconds of each call of several actions in turn, query by query, after a round that is not counted.

    In turn, so that the machine's moods fall on all of them.
    """
    results: list[list[float]] = [[] for _action in actions]
    for round_number in range(ROUNDS + 1):
        for query in asked:
            for action, times in zip(actions, results, strict=True):
                begun = time.perf_counter()
                action(query)
                if round_number:
                    times.append((time.perf_counter() - begun) * 1000)
    return results


def bulk_rates(count: int, *actions: Callable[[], object]) -> list[float]:
    """Documents a second of each action, the best of three in turn: a node is slow until it has warmed up."""
    rates: list[list[float]] = [[] for _action in actions]
    for _round in range(3):
        for action, found in zip(actions, rates, strict=True):
            begun = time.perf_counter()
            action()
            found.append(count / (time.perf_counter() - begun))
    return [max(found) for found in rates]


@contextmanager
def server() -> Iterator[str]:
    """The portal with two workers, as production runs it."""
    command = [sys.executable, "-m", "gunicorn", "intranet.wsgi:application", "--bind", f"127.0.0.1:{PORT}",
               "--workers", "2", "--log-level", "warning"]  # fmt: skip
    process = subprocess.Popen(command)
    address = f"http://127.0.0.1:{PORT}"
    try:
        for _attempt in range(100):
            try:
                urllib.request.urlopen(f"{address}/healthz").read()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def run(sizes: list[int]) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    columns = []
    have = 0
    for size in sizes:
        from bench.matters import fill

        fill(size - have)
        have = size
        columns.append(figures())
    lines = [
        f"{date.today():%Y-%m-%d}. {platform.machine()}, {os.cpu_count()} cores, {_memory()}; "
        f"Python {platform.python_version()}; client, server and node on one machine.",
        "",
        "| figure | " + " | ".join(f"{size:,} matters" for size in sizes) + " | limit |",
        "|---|" + "---|" * (len(sizes) + 1),
    ]
    for name in columns[0]:
        lines.append(f"| {name} | " + " | ".join(column[name] for column in columns) + f" | {LIMITS.get(name, '')} |")
    table = "\n".join(lines)
    print(table)
    keep(table)


BEGIN, END = "<!-- the last run of `make bench` -->", "<!-- its end -->"


def keep(table: str) -> None:
    """Write the table into bench/README.md in place of the one before."""
    before, _begin, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _old, _end, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


LIMITS = {
    "search function ÷ raw query, median": "≤ 2.0",
    "page of results − raw query, median ms": "≤ 25",
    "suggestions, median / p95 ms": "< 50",
    "indexing ÷ raw bulk, documents/s": "≥ 0.35",
    "approval to found, p95 s": "< 1",
    "queries of a matter's page": "< 12",
    "queries of a page of results": "< 15",
}


def figures() -> dict[str, str]:
    from django.contrib.auth.models import AnonymousUser
    from elasticsearch import helpers

    from intranet.access.tokens import tokens_of
    from search.engines import main_engine
    from search.engines.elasticsearch.asking import request_body
    from search.engines.elasticsearch.engine import _arguments
    from search.engines.elasticsearch.mapping import MAPPINGS, SETTINGS, as_source
    from search.query import SearchQuery
    from search.rebuilding import _ensure_tasks, _versions, rebuild
    from search.results import find
    from search.suggestions import suggestions
    from search.worker import documents_of

    engine = main_engine()
    _ensure_tasks()
    prepared = [
        as_source(document) for versions in _versions(after="") for document in documents_of(versions)[0].values()
    ]

    def raw_bulk() -> None:
        engine.client.indices.create(index="bench-raw", settings=SETTINGS, mappings=MAPPINGS)
        actions = ({"_index": "bench-raw", "_id": source["key"], "_source": source} for source in prepared)
        helpers.bulk(engine.client, actions, chunk_size=500)
        engine.client.indices.delete(index="bench-raw")

    raw_rate, own_rate = bulk_rates(len(prepared), raw_bulk, rebuild)

    visitor = AnonymousUser()
    tokens = tokens_of(visitor)

    def raw(text: str) -> object:
        body = request_body(SearchQuery.parse({"q": text}), tokens, "")
        return engine.client.search(index=engine.index, **_arguments(body))

    (typing_times,) = interleaved(lambda text: suggestions(text, visitor), asked=TYPED)

    with server() as address:

        def page(text: str) -> object:
            return urllib.request.urlopen(f"{address}/search/?{urllib.parse.urlencode({'q': text})}").read()

        raw_times, own_times, page_times = interleaved(
            raw, lambda text: find(SearchQuery.parse({"q": text}), visitor), page
        )
    fresh = freshness()
    matter_queries, result_queries = query_counts()
    return {
        "raw query, median / p95 ms": _pair(raw_times),
        "search function, median / p95 ms": _pair(own_times),
        "search function ÷ raw query, median": f"{statistics.median(own_times) / statistics.median(raw_times):.2f}",
        "page of results, median / p95 ms": _pair(page_times),
        "page of results − raw query, median ms": (
            f"{statistics.median(page_times) - statistics.median(raw_times):.1f}"
        ),
        "suggestions, median / p95 ms": _pair(typing_times),
        "raw bulk, documents/s": f"{raw_rate:,.0f}",
        "indexing from the database, documents/s": f"{own_rate:,.0f}",
        "indexing ÷ raw bulk, documents/s": f"{own_rate / raw_rate:.2f}",
        "approval to found, median s": f"{statistics.median(fresh):.2f}",
        "approval to found, p95 s": f"{quantile(fresh, 0.95):.2f}",
        "queries of a matter's page": str(matter_queries),
        "queries of a page of results": str(result_queries),
    }


def _pair(times: list[float]) -> str:
    return f"{statistics.median(times):.1f} / {quantile(times, 0.95):.1f}"


def freshness(times: int = 40) -> list[float]:
    """Seconds from the last approval to the first search that finds the matter, with the worker in its own process.

    The first one, which waits for the worker to start, is not counted.
    """
    from django.contrib.auth.models import AnonymousUser

    from intranet.publication.approval import approve
    from intranet.publication.submission import submit
    from search.query import SearchQuery
    from search.results import find
    from tests.factories import Bureau, draft_matter, fresh

    bureau = _bureau(Bureau)
    worker = subprocess.Popen([sys.executable, "manage.py", "search", "work"])
    seconds = []
    try:
        for number in range(times + 1):
            word = f"新鲜{time.time_ns()}"
            matter = draft_matter(bureau.licensing, title=f"{word}通知", author=bureau.liaison)
            submit(matter, by=bureau.liaison)
            approve(fresh(matter), by=bureau.reviewer)
            begun = time.perf_counter()
            approve(fresh(matter), by=bureau.head)
            while not find(SearchQuery.parse({"q": word}), AnonymousUser()).results:
                if time.perf_counter() - begun > 30:
                    raise SystemExit(f"Matter {number} was not found within 30 s.")
                time.sleep(0.02)
            if number:
                seconds.append(time.perf_counter() - begun)
    finally:
        worker.terminate()
        worker.wait(timeout=20)
    return seconds


_kept: list = []


def _bureau(factory: Callable[[], object]) -> object:
    if not _kept:
        _kept.append(factory())
    return _kept[0]


def query_counts() -> tuple[int, int]:
    """Database queries of a matter's page and of a page of results, once the caches of a process are warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from intranet.disclosure.models import MatterPage

    client = Client()
    address = MatterPage.objects.readable_by(None).filter(slug__startswith="bench").first().url
    counts = []
    for url in (address, f"/search/?{urllib.parse.urlencode({'q': QUERIES[0]})}"):
        client.get(url, secure=True)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(url, secure=True)
        if response.status_code != 200:
            raise SystemExit(f"{url} answers {response.status_code}")
        counts.append(len([query for query in captured if not re.match("SAVEPOINT|RELEASE", query["sql"])]))
    return counts[0], counts[1]


def _memory() -> str:
    try:
        total = int(re.findall(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[0])
    except (OSError, IndexError):
        return "memory unknown"
    return f"{total / 1024 / 1024:.0f} GiB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000")
    options = parser.parse_args()
    from tools.elasticsearch import running_node

    with tempfile.TemporaryDirectory() as folder, running_node(heap="1g") as node:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "intranet.settings.development",
            "DEBUG": "0",
            "VAR_DIR": folder,
            "SEARCH_URL": f"{node}/bench",
            "SEARCH_FALLBACK_URL": "",
            "SEARCH_DRAIN_AT_COMMIT": "0",
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "PYTHONWARNINGS": "ignore",
        }
        run([int(size) for size in options.sizes.split(",")])


if __name__ == "__main__":
    main()
