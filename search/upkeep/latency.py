"""How long searches take, counted in every process that answers them."""

import logging

from prometheus_client import Histogram

logger = logging.getLogger("gongkai.search")

SEARCHES = Histogram(
    "gongkai_search_seconds",
    "Time until an engine had answered, by engine and by what came of it (found, nothing, unavailable).",
    ("engine", "outcome"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


def note_search(engine: str, outcome: str, seconds: float) -> None:
    """Count a search. One that cannot be counted, on a full disk for example, is answered all the same."""
    try:
        SEARCHES.labels(engine, outcome).observe(seconds)
    except OSError as error:
        logger.warning("A search was not counted: %s", error)
