"""The figures for monitoring. What the database and the engines know is read when it is asked for, and so is the same
whichever process answers; what processes count is added up over all of them."""

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from search.engines import engines_written
from search.engines.base import EngineUnavailable
from search.models import IndexTask, LastTime
from search.readiness import lag

Source = Callable[[], Iterable[Metric]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add figures of an app's own to what is told."""
    _sources.append(source)
    return source


def exposition() -> bytes:
    """All figures in Prometheus' text format."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(_Read())
    return generate_latest(registry)


class _Read(Collector):
    """Figures that are read at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        for source in (_tasks, _engines, *_sources):
            yield from source()


def gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)


def _tasks() -> Iterator[Metric]:
    tasks = IndexTask.objects
    yield gauge("gongkai_index_lag_seconds", "Age of the oldest change that is not in the index.", lag())
    yield gauge("gongkai_index_pending", "Changes that are not in the index.", tasks.pending().count())
    yield gauge("gongkai_index_failed", "Changes that could not be written at least once.", tasks.failed().count())
    if read := LastTime.objects.filter(name=LastTime.CALENDAR).first():
        name, text = "gongkai_calendar_read_timestamp_seconds", "When the worker last read the calendar."
        yield gauge(name, text, read.at.timestamp())


def _engines() -> Iterator[Metric]:
    up = GaugeMetricFamily("gongkai_engine_up", "Whether the engine answers a search.", labels=["engine"])
    stored = GaugeMetricFamily("gongkai_engine_documents", "Things that can be found.", labels=["engine"])
    for engine in engines_written():
        try:
            engine.check()
            stored.add_metric([engine.name], engine.count())
        except EngineUnavailable:
            up.add_metric([engine.name], 0)
        else:
            up.add_metric([engine.name], 1)
    return iter((up, stored))
