"""Whether search can answer and keeps up, a line for each part."""

from dataclasses import dataclass

from django.utils import timezone

from search.engines import engines_written
from search.engines.base import EngineUnavailable
from search.models import IndexTask

LATE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One part, whether it is well, and in words how it is."""

    name: str
    ok: bool
    text: str


def lines() -> list[Line]:
    """Each engine, the failed tasks, and how long the oldest change has been waiting."""
    found = []
    for engine in engines_written():
        try:
            engine.check()
            found.append(Line(f"search engine {engine.name}", True, "answers"))
        except EngineUnavailable as unavailable:
            found.append(Line(f"search engine {engine.name}", False, str(unavailable)))
    failed = IndexTask.objects.failed().count()
    found.append(Line("index tasks failed", failed == 0, str(failed)))
    oldest = IndexTask.objects.pending().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    seconds = round((timezone.now() - oldest).total_seconds()) if oldest else 0
    found.append(Line("index tasks waiting", seconds < LATE_SECONDS, f"oldest for {seconds} s"))
    return found
