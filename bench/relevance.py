"""How good finding is: judged queries over a corpus, scored by kind on either engine.

`python -m bench.relevance CORPUS.jsonl JUDGEMENTS.jsonl --engine embedded|elasticsearch [--show KIND]`

The corpus is in the import format; a judgement is `{"kind", "q", "gold": [ids]}`. Prints MRR@10, recall@10 and
nDCG@10 by kind.
"""

import argparse
import json
import math
import os
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.test")

import django

django.setup()

from search.document import SearchDocument, Section  # noqa: E402
from search.engines import engine_from_url  # noqa: E402
from search.engines.base import Engine  # noqa: E402
from search.query import SearchQuery  # noqa: E402

ARTICLE = re.compile(r"(?m)^(第[〇零一二三四五六七八九十百千]+条)\s*")
TOKENS = frozenset({"public"})


def documents(path: str) -> Iterator[SearchDocument]:
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            formed = row.get("published_on") or row.get("formed_on")
            yield SearchDocument(
                key=f"matter:{row['id']}",
                version=1,
                readers=TOKENS,
                title=row["title"],
                summary=row.get("summary", ""),
                body=row["body"],
                sections=tuple(sections(row["body"])),
                document_number=row.get("document_number", ""),
                type=row["type"],
                audience=row["audience"],
                department=row["department"],
                matter=f"E{row['matter']}",
                language=row["language"],
                published_on=date.fromisoformat(formed) if formed else None,
            )


def sections(body: str) -> Iterator[Section]:
    pieces = ARTICLE.split(body)
    for number, text in zip(pieces[1::2], pieces[2::2], strict=False):
        yield Section(f"article-{number}", number, text)


def score(ranked: list[str], gold: list[str]) -> tuple[float, float, float]:
    """Reciprocal rank, recall (any of the gold ones) and nDCG of the first ten."""
    places = [place for place, key in enumerate(ranked[:10], start=1) if key in gold]
    if not places:
        return 0.0, 0.0, 0.0
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(len(gold), 10) + 1))
    gain = sum(1 / math.log2(place + 1) for place in places)
    return 1 / places[0], 1.0, gain / ideal


def measure(engine: Engine, judgements: str, show: str | None) -> None:
    by_kind: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    times: list[float] = []
    with open(judgements, encoding="utf-8") as file:
        for line in file:
            judged = json.loads(line)
            begun = time.perf_counter()
            results = engine.search(SearchQuery.parse({"q": judged["q"]}), TOKENS)
            times.append(time.perf_counter() - begun)
            ranked = [hit.key.partition(":")[2] for hit in results.hits]
            scores = score(ranked, judged["gold"])
            by_kind[judged["kind"]].append(scores)
            if show == judged["kind"] and scores[0] < 1:
                print(f"  {scores[0]:.2f} {judged['q']} gold={judged['gold']} got={ranked[:3]} {results.relaxed}")
    print(f"{'kind':<14}{'n':>5}{'MRR@10':>9}{'recall@10':>11}{'nDCG@10':>9}")
    for kind, rows in by_kind.items():
        mean = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        print(f"{kind:<14}{len(rows):>5}{mean[0]:>9.3f}{mean[1]:>11.3f}{mean[2]:>9.3f}")
    times.sort()
    print(f"median {times[len(times) // 2] * 1000:.1f} ms, p95 {times[int(len(times) * 0.95)] * 1000:.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("judgements")
    parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
    parser.add_argument("--show", help="print the queries of this kind that do not come first")
    options = parser.parse_args()
    with ExitStack() as stack:
        if options.engine == "embedded":
            url = f"embedded:///{stack.enter_context(tempfile.TemporaryDirectory())}"
        else:
            node = os.environ.get("ELASTICSEARCH_URL")
            if not node:
                from tools.elasticsearch import running_node

                node = stack.enter_context(running_node())
            url = f"{node}/relevance-{os.getpid()}"
        engine = engine_from_url(url)
        begun = time.perf_counter()
        count = engine.rebuild(documents(options.corpus))
        engine.refresh()
        print(f"{options.engine}: {count} documents in {time.perf_counter() - begun:.1f} s")
        measure(engine, options.judgements, options.show)


if __name__ == "__main__":
    main()
