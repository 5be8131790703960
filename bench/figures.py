"""The figures of one size: asking, indexing, what a change of rights costs."""

import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import desk, manual
from bench.clients import throughput
from bench.timing import QUERIES, TYPED, best_rates, interleaved, pair, quantile, queries_of

PORT = 8179
LIMITS = (
    {
        "search function ÷ raw query, median": "≤ 1.5",
        "page of results − raw query, median ms": "≤ 15",
        "eight clients, search function ÷ raw query": "≥ 0.6",
        "suggestions, median / p95 ms": "< 50",
        "embedded engine, median / p95 ms": "< 30 at 10,000",
        "indexing prepared documents ÷ raw bulk": "≥ 0.5",
        "indexing from the database ÷ raw bulk": "≥ 0.25",
        "approval to found, p95 s": "< 0.5",
        "narrowing a category, s for 1,000 matters": "< 5",
        "documents written when a post begins and ends": "0",
        "queries of a matter's page": "< 12",
        "queries of a page of results": "< 15",
    }
    | desk.LIMITS
    | manual.LIMITS
)


def figures(count: int) -> dict[str, str]:
    """Every row of the table with `count` matters in the database."""
    return indexing(count) | asking() | freshness() | rights() | query_counts() | desk.figures() | manual.figures()


def indexing(count: int) -> dict[str, str]:
    """Three ways into an index: the client's own bulk helper, prepared documents, all from the database."""
    from elasticsearch import helpers

    from search.engines import engine_from_url, main_engine
    from search.engines.elasticsearch.mapping import MAPPINGS, SETTINGS, as_source
    from search.rebuilding import _ensure_tasks, _versions, rebuild
    from search.worker import documents_of

    engine = main_engine()
    _ensure_tasks()
    documents = [one for versions in _versions(after="") for one in documents_of(versions)[0].values()]
    sources = [as_source(document) for document in documents]
    beside = engine_from_url(f"{_address()}/bench-beside")

    def raw() -> None:
        engine.client.indices.create(index="bench-raw", settings=SETTINGS, mappings=MAPPINGS)
        actions = ({"_index": "bench-raw", "_id": source["key"], "_source": source} for source in sources)
        helpers.bulk(engine.client, actions, chunk_size=500)
        engine.client.indices.delete(index="bench-raw")

    def prepared() -> None:
        building = beside.begin_building(afresh=True)
        for start in range(0, len(documents), 500):
            batch = documents[start : start + 500]
            building.add(batch, reached=batch[-1].key)
        building.discard()

    raw_rate, prepared_rate, own_rate = best_rates(
        len(documents), raw, prepared, rebuild, rounds=3 if count <= 10_000 else 1
    )
    return embedded(documents) | {
        "raw bulk, documents/s": f"{raw_rate:,.0f}",
        "indexing prepared documents, documents/s": f"{prepared_rate:,.0f}",
        "indexing prepared documents ÷ raw bulk": f"{prepared_rate / raw_rate:.2f}",
        "indexing from the database, documents/s": f"{own_rate:,.0f}",
        "indexing from the database ÷ raw bulk": f"{own_rate / raw_rate:.2f}",
    }


def embedded(documents: list) -> dict[str, str]:
    """The embedded engine's own search, in this process."""
    from intranet.access.tokens import tokens_of
    from search.engines.embedded import EmbeddedEngine
    from search.query import SearchQuery

    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder))
        for start in range(0, len(documents), 500):
            engine.write(documents[start : start + 500])
        [times] = interleaved(lambda text: engine.search(SearchQuery.parse({"q": text}), tokens_of(None)))
    return {"embedded engine, median / p95 ms": pair(times)}


def raw_query() -> Callable[[str], object]:
    """The same request, sent by the client straight to Elasticsearch."""
    from intranet.access.tokens import tokens_of
    from search.engines import main_engine
    from search.engines.elasticsearch.asking import request_body
    from search.engines.elasticsearch.engine import _arguments
    from search.query import SearchQuery

    engine, tokens = main_engine(), tokens_of(None)
    return lambda text: engine.client.search(
        index=engine.index, **_arguments(request_body(SearchQuery.parse({"q": text}), tokens, ""))
    )


def asking() -> dict[str, str]:
    """The search function and the page of results beside the raw query, alone and by eight clients."""
    from django.contrib.auth.models import AnonymousUser

    from search.query import SearchQuery
    from search.results import find
    from search.suggestions import suggestions

    [typing_times] = interleaved(lambda text: suggestions(text, AnonymousUser()), asked=TYPED)
    with server() as address:

        def page(text: str) -> object:
            return urllib.request.urlopen(f"{address}/search/?{urllib.parse.urlencode({'q': text})}").read()

        raw_times, own_times, page_times = interleaved(
            raw_query(), lambda text: find(SearchQuery.parse({"q": text}), None), page
        )
    raw, own = statistics.median(raw_times), statistics.median(own_times)
    raw_rate, own_rate = throughput("raw"), throughput("own")
    return {
        "raw query, median / p95 ms": pair(raw_times),
        "search function, median / p95 ms": pair(own_times),
        "search function ÷ raw query, median": f"{own / raw:.2f}",
        "page of results, median / p95 ms": pair(page_times),
        "page of results − raw query, median ms": f"{statistics.median(page_times) - raw:.1f}",
        "suggestions, median / p95 ms": pair(typing_times),
        "eight clients, raw query, searches/s": f"{raw_rate:.0f}",
        "eight clients, search function, searches/s": f"{own_rate:.0f}",
        "eight clients, search function ÷ raw query": f"{own_rate / raw_rate:.2f}",
    }


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


def freshness(times: int = 40) -> dict[str, str]:
    """From the last approval to the first search that finds the matter, with the worker in its own process.

    The first one, which waits for the worker to start, is not counted.
    """
    from intranet.publication.approval import approve
    from search.query import SearchQuery
    from search.results import find
    from tests.factories import draft_matter, fresh, submit

    bureau = _bureau()
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
            while not find(SearchQuery.parse({"q": word}), None).results:
                if time.perf_counter() - begun > 30:
                    raise SystemExit(f"Matter {number} was not found within 30 s.")
                time.sleep(0.02)
            if number:
                seconds.append(time.perf_counter() - begun)
    finally:
        worker.terminate()
        worker.wait(timeout=20)
    return {
        "approval to found, median s": f"{statistics.median(seconds):.2f}",
        "approval to found, p95 s": f"{quantile(seconds, 0.95):.2f}",
    }


def rights() -> dict[str, str]:
    """What a change of rights costs: a category narrowed until the index says so, a post that begins and ends."""
    from datetime import timedelta

    from django.utils import timezone

    from intranet.disclosure.models import Category
    from search.models import IndexTask
    from search.worker import drain
    from tests.factories import PostFactory

    drain()
    terms = Category.objects.get(code="E2").terms_on()
    widest, terms.widest_audience = terms.widest_audience, "staff"
    begun = time.perf_counter()
    terms.save()
    narrowed = IndexTask.objects.pending().count()
    drain()
    seconds = time.perf_counter() - begun
    terms.widest_audience = widest
    terms.save()
    drain()
    post = PostFactory(person=_bureau().cadre, department=_bureau().licensing)
    post.ends_on = timezone.localdate() - timedelta(days=1)
    post.save()
    return {
        "narrowing a category, s for 1,000 matters": f"{seconds / narrowed * 1000:.2f}",
        "documents written when a post begins and ends": str(IndexTask.objects.pending().count()),
    }


_kept: list = []


def _bureau() -> Any:
    from tests.factories import Bureau

    if not _kept:
        _kept.append(Bureau())
    return _kept[0]


def query_counts() -> dict[str, str]:
    """Database queries of a matter's page and of a page of results, once the caches of a process are warm."""
    from django.test import Client

    from intranet.disclosure.models import MatterPage

    client = Client()
    address = MatterPage.objects.readable_by(None).filter(slug__startswith="bench").first().url

    def ask(url: str) -> None:
        response = client.get(url, secure=True)
        if response.status_code != 200:
            raise SystemExit(f"{url} answers {response.status_code}")

    results = f"/search/?{urllib.parse.urlencode({'q': QUERIES[0]})}"
    return {
        "queries of a matter's page": str(queries_of(lambda: ask(address))),
        "queries of a page of results": str(queries_of(lambda: ask(results))),
    }


def _address() -> str:
    from django.conf import settings

    return settings.SEARCH_URL.rpartition("/")[0]
