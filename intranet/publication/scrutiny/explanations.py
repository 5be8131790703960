"""The word of reason with which a draft was submitted in spite of warnings: given, required, kept and shown."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from wagtail.log_actions import log
from wagtail.models import PageLogEntry, Revision

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from intranet.publication.scrutiny.finding import Finding

ACTION = "gongkai.explain"
_scrutinised: ContextVar[int | None] = ContextVar("revision_scrutinised", default=None)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Who submitted a version in spite of what, and why."""

    reason: str
    warnings: Sequence[str]
    by: str
    at: datetime


@contextmanager
def scrutinised(revision: Revision) -> Iterator[None]:
    """Within this the revision may enter a review: its warnings have been looked at and explained."""
    token = _scrutinised.set(revision.pk)
    try:
        yield
    finally:
        _scrutinised.reset(token)


def is_scrutinised(revision: Revision) -> bool:
    """Whether somebody is submitting this very revision with its warnings explained."""
    return _scrutinised.get() == revision.pk


def keep(matter: MatterPage, revision: Revision, *, by: User, reason: str, warnings: Sequence[Finding]) -> None:
    """Put the reason and what it answers into the matter's log, where its deciders read it."""
    told = {"reason": reason, "warnings": [warning.told for warning in warnings]}
    log(instance=matter, action=ACTION, user=by, data=told, revision=revision)


def explanation_of(revision: Revision) -> Explanation | None:
    """The last reason given for the revision."""
    return explanations_of([revision.pk]).get(revision.pk)


def explanations_of(revisions: Collection[int]) -> dict[int, Explanation]:
    """The last reason given for each of the revisions, by primary keys."""
    entries = PageLogEntry.objects.filter(action=ACTION, revision__in=revisions).select_related("user")
    return {
        entry.revision_id: Explanation(
            entry.data["reason"], entry.data["warnings"], str(entry.user or ""), entry.timestamp
        )
        for entry in entries.order_by("timestamp")
    }
