"""Times and rates of several actions, taken in turn so that the machine's moods fall on all of them."""

import re
import statistics
import time
from collections.abc import Callable, Sequence

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


def quantile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def pair(times: list[float]) -> str:
    """Median and 95th percentile as the table shows them."""
    return f"{statistics.median(times):.1f} / {quantile(times, 0.95):.1f}"


def interleaved(*actions: Callable[[str], object], asked: Sequence[str] = QUERIES) -> list[list[float]]:
    """Milliseconds of each call of each action, query by query, after a round that is not counted."""
    results: list[list[float]] = [[] for _action in actions]
    for round_number in range(ROUNDS + 1):
        for query in asked:
            for action, times in zip(actions, results, strict=True):
                begun = time.perf_counter()
                action(query)
                if round_number:
                    times.append((time.perf_counter() - begun) * 1000)
    return results


def queries_of(ask: Callable[[], object]) -> int:
    """Database queries of one request, once the caches of a process are warm; savepoints left out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len([query for query in captured if not re.match("SAVEPOINT|RELEASE", query["sql"])])


def best_rates(count: int, *actions: Callable[[], object], rounds: int = 3) -> list[float]:
    """Things a second of each action that handles `count` of them, the best round: a node is slow until it is warm."""
    rates: list[list[float]] = [[] for _action in actions]
    for _round in range(rounds):
        for action, found in zip(actions, rates, strict=True):
            begun = time.perf_counter()
            action()
            found.append(count / (time.perf_counter() - begun))
    return [max(found) for found in rates]
