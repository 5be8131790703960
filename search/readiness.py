"""Whether search can answer and keeps up, a line for each part."""

from dataclasses import dataclass

from django.utils import timezone

from search.engines import engines_written, main_engine
from search.engines.base import Engine, EngineUnavailable
from search.engines.standing_in import asking
from search.models import IndexTask

LATE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One part, whether it is well, and in words how it is."""

    name: str
    ok: bool
    text: str
    is_warning: bool = False
    """It works, and somebody should look at it."""


def lines() -> list[Line]:
    """Each engine, the failed tasks, and how long the oldest change has been waiting."""
    found = [_engine(engine) for engine in engines_written()]
    failed = IndexTask.objects.failed().count()
    found.append(Line("index tasks failed", failed == 0, str(failed)))
    seconds = round(lag())
    found.append(Line("index tasks waiting", seconds < LATE_SECONDS, f"oldest for {seconds} s"))
    return found


def lag() -> float:
    """For how many seconds the oldest change has been waiting to be written; 0 where none waits."""
    oldest = IndexTask.objects.pending().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    return max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0


def _engine(engine: Engine) -> Line:
    name = f"search engine {engine.name}"
    try:
        engine.check()
        concerns = engine.concerns()
    except EngineUnavailable as unavailable:
        return Line(name, False, str(unavailable))
    if engine is main_engine() and (seconds := asking().seconds_left):
        concerns.insert(0, f"it failed several times; this process tries it again in {seconds:.0f} s")
    return Line(name, True, "; ".join(["answers", *concerns]), is_warning=bool(concerns))
