"""How the index is, in words for those who keep it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.access.tokens import AnyUser
from search.adapters import Card, cards
from search.models import IndexTask, LastTime
from search.readiness import LATE_SECONDS, Line, lag, lines


@dataclass(frozen=True, slots=True)
class State:
    """What waits, since when the oldest waits, when the calendar was read, and the state of each engine."""

    pending: int
    waiting_since: datetime | None
    is_late: bool
    calendar_read_at: datetime | None
    engines: list[Line]


def now() -> State:
    seconds = lag()
    read = LastTime.objects.filter(name=LastTime.CALENDAR).first()
    return State(
        pending=IndexTask.objects.pending().count(),
        waiting_since=timezone.now() - timedelta(seconds=seconds) if seconds else None,
        is_late=seconds >= LATE_SECONDS,
        calendar_read_at=read.at if read else None,
        engines=[line for line in lines() if line.name.startswith("search engine")],
    )


@dataclass(frozen=True, slots=True)
class Failure:
    """A change that the index has not taken, why in words, and its thing where the reader may see that."""

    task: IndexTask
    why: str
    card: Card | None


def failed() -> QuerySet[IndexTask]:
    """What could not be written, the oldest first."""
    return IndexTask.objects.failed().order_by("enqueued_at", "key")


def failures(tasks: Iterable[IndexTask], user: AnyUser) -> list[Failure]:
    """The failed tasks as this user is told of them."""
    tasks = list(tasks)
    readable = cards([task.key for task in tasks], user)
    return [Failure(task, in_words(task), readable.get(task.key)) for task in tasks]


def in_words(task: IndexTask) -> str:
    """What the task's error means, for who does not read programs' errors."""
    error = task.error
    if "search rebuild" in error:
        return _("The index is gone or damaged. The operator has to build it anew.")
    if error.startswith(("Elasticsearch", "elasticsearch", "embedded")):
        return _("The search engine could not be reached or takes no changes now.")
    if error.startswith("ExtractionUnavailable"):
        return _("The attached files could not be read now.")
    if "_exception: " in error:
        return _("The search engine refused the content.")
    return _("The content could not be read.")
