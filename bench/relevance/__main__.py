"""Score both engines on judged queries.

`python -m bench.relevance [CORPUS.jsonl JUDGEMENTS.jsonl] [--engine ...] [--show KIND] [--record]`

Without files: the queries of `judged.jsonl` over the demo's public matters, beside the last recorded run. A judgement
is `{"kind", "q", "gold": [ids]}`; any of the gold ones will do. Prints MRR@10, recall@10 and nDCG@10 by kind.
"""

import argparse
import json
import math
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.test")

import django

django.setup()

from bench.relevance.corpora import TOKENS, demo, imported  # noqa: E402
from search.curation.expansion import Thesaurus, expanded  # noqa: E402
from search.curation.first_set import entries  # noqa: E402
from search.document import SearchDocument  # noqa: E402
from search.engines import engine_from_url  # noqa: E402
from search.engines.base import Engine  # noqa: E402
from search.query import SearchQuery  # noqa: E402

FOLDER = Path(__file__).parent
JUDGED, RECORDED = FOLDER / "judged.jsonl", FOLDER / "recorded.json"
FIGURES = ("MRR@10", "recall@10", "nDCG@10")
Scores = dict[str, list[float]]
"""By kind: the number of queries, then the figures."""


def score(ranked: list[str], gold: list[str]) -> tuple[float, float, float]:
    """Reciprocal rank, recall (any of the gold ones) and nDCG of the first ten."""
    places = [place for place, key in enumerate(ranked[:10], start=1) if key in gold]
    if not places:
        return 0.0, 0.0, 0.0
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(len(gold), 10) + 1))
    return 1 / places[0], 1.0, sum(1 / math.log2(place + 1) for place in places) / ideal


def measure(engine: Engine, judgements: Iterable[dict], synonyms: Thesaurus, *, show: str | None = None) -> Scores:
    """The means by kind; `show` prints the queries of a kind whose gold one does not come first."""
    by_kind: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    times = []
    for judged in judgements:
        begun = time.perf_counter()
        results = engine.search(expanded(SearchQuery.parse({"q": judged["q"]}), synonyms), TOKENS)
        times.append(time.perf_counter() - begun)
        ranked = [hit.key.partition(":")[2] for hit in results.hits]
        found = score(ranked, judged["gold"])
        by_kind[judged["kind"]].append(found)
        if show == judged["kind"] and found[0] < 1:
            print(f"  {found[0]:.2f} {judged['q']} gold={judged['gold']} got={ranked[:3]} {results.relaxed}")
    times.sort()
    print(f"{engine.name}: median {times[len(times) // 2] * 1000:.1f} ms a query")
    return {
        kind: [len(rows), *(round(sum(column) / len(rows), 3) for column in zip(*rows, strict=True))]
        for kind, rows in by_kind.items()
    }


def show_table(scores: Scores, before: Scores) -> None:
    """The figures, each with its change since the recorded run where it changed."""
    print(f"{'kind':<16}{'n':>4}" + "".join(f"{name:>18}" for name in FIGURES))
    for kind, (count, *figures) in scores.items():
        old = before.get(kind, [count, *figures])[1:]
        cells = (
            f"{now:.3f}" + (f" ({now - was:+.3f})" if now != was else "") for now, was in zip(figures, old, strict=True)
        )
        print(f"{kind:<16}{count:>4.0f}" + "".join(f"{cell:>18}" for cell in cells))


@contextmanager
def filled(name: str, documents: Iterable[SearchDocument]) -> Iterator[Engine]:
    """The engine of this name with the documents in it."""
    with ExitStack() as stack:
        if name == "embedded":
            url = f"embedded:///{stack.enter_context(tempfile.TemporaryDirectory())}"
        else:
            node = os.environ.get("ELASTICSEARCH_URL")
            if not node:
                from tools.elasticsearch import running_node

                node = stack.enter_context(running_node())
            url = f"{node}/relevance-{os.getpid()}"
        engine = engine_from_url(url)
        engine.rebuild(documents)
        engine.refresh()
        yield engine


def lines(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", help="a file in the import format; the demo unless given")
    parser.add_argument("judgements", nargs="?", type=Path, default=JUDGED)
    parser.add_argument("--engine", choices=["embedded", "elasticsearch"], action="append")
    parser.add_argument("--show", help="print the queries of this kind that do not come first")
    parser.add_argument("--record", action="store_true", help="keep the figures as the run to compare with")
    parser.add_argument("--literal", action="store_true", help="ask without the synonyms that a portal begins with")
    options = parser.parse_args()
    synonyms = Thesaurus.of(() if options.literal else entries())
    recorded: dict[str, Scores] = json.loads(RECORDED.read_text()) if RECORDED.exists() and not options.corpus else {}
    for name in options.engine or ["embedded", "elasticsearch"]:
        with filled(name, imported(options.corpus) if options.corpus else demo()) as engine:
            scores = measure(engine, lines(options.judgements), synonyms, show=options.show)
        show_table(scores, recorded.get(name, {}))
        recorded[name] = scores
    if options.record and not options.corpus:
        RECORDED.write_text(json.dumps(recorded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
