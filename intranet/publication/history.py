"""Which versions of a matter were live from when to when, and what of them a reader may know."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from wagtail.models import PageLogEntry, Revision

from intranet.access.tokens import AnyUser, tokens_of
from intranet.disclosure.corrections import Correction
from intranet.disclosure.models import MatterPage
from intranet.publication.models import Release

WITHDRAWN, RETENTION, EXPIRED = "gongkai.withdraw", "gongkai.retention", "wagtail.unpublish.scheduled"
TAKEN_DOWN = (WITHDRAWN, RETENTION, EXPIRED, "wagtail.unpublish")
"""Log actions after which nothing of the matter is live."""
CLOSING = frozenset(TAKEN_DOWN) - {EXPIRED}
"""Those that somebody did because the text was not to be read any more; a clock that ran out says nothing of it."""


@dataclass(frozen=True)
class Version:
    """One version that was live, or is."""

    matter: MatterPage
    revision: Revision
    since: datetime
    until: datetime | None
    """When it was replaced or taken down; None while it is live."""
    release: str
    """By what kind of release it went live, in the reader's language."""
    ended_by: str
    """The log action that took it down; empty where another version replaced it, or while it is live."""
    reason: str
    """Why it was withdrawn."""
    replaces: int | None
    """The version that was live before it."""
    later: tuple["Version", ...] = ()
    """Those that were live after it."""
    is_imported: bool = False
    """Whether it went live on an operator's word, who also says since when it had been disclosed elsewhere."""

    @property
    def is_live(self) -> bool:
        return self.until is None

    @property
    def is_withdrawn(self) -> bool:
        return self.ended_by == WITHDRAWN

    @property
    def is_expired(self) -> bool:
        return bool(self.ended_by) and self.ended_by not in (WITHDRAWN, RETENTION)

    @property
    def was_retained(self) -> bool:
        return self.ended_by == RETENTION

    @property
    def correction(self) -> str:
        """What was corrected in it; said of another version than the one it replaced, it does not count."""
        content: dict[str, Any] = self.revision.content
        is_of_this = self.replaces is not None and content.get("corrects") == self.replaces
        return str(content.get("correction") or "") if is_of_this and not self.ended_by else ""

    @cached_property
    def readers(self) -> frozenset[str]:
        """Who could read it by its own audience, below its category's ceiling of today.

        People named besides the audience are left out: whether they were named then is not known. So are all where the
        matter has another department or category since.
        """
        content = self.revision.content
        if (content.get("department"), content.get("category")) != (self.matter.department_id, self.matter.category_id):
            return frozenset()
        terms = self.matter.category.terms_on()
        page = self.revision.as_object()
        return page.tokens_below(terms.widest_audience if terms else None, shares=lambda: ())

    def is_told_to(self, user: AnyUser) -> bool:
        """Whether the reader may know that it was live: the live one's readers have passed the door already."""
        return self.is_live or not self.readers.isdisjoint(tokens_of(user))

    def is_open_to(self, user: AnyUser) -> bool:
        """Whether the reader may open its text: only what a corrected version replaced, and never a withdrawn one.

        An earlier text says what a later one said. So it is closed where a later one was taken down or left something
        out, and to whom a later one was not open.
        """
        if self.is_live or self.ended_by or any(version.closes_earlier_ones for version in self.later):
            return False
        tokens = tokens_of(user)
        return all(not version.readers.isdisjoint(tokens) for version in (self, *self.later))

    @property
    def closes_earlier_ones(self) -> bool:
        """Whether those before it may say what must not be read: it was taken down, or disclosed in part only."""
        content: dict[str, Any] = self.revision.content
        return self.ended_by in CLOSING or bool(content.get("withheld_basis"))


def versions_of(matter: MatterPage) -> list[Version]:
    """The versions that were live, newest first."""
    releases = Release.objects.filter(matter=matter.pk).exclude(used_at=None).select_related("revision")
    ups = list(releases.order_by("used_at", "pk"))
    entries = PageLogEntry.objects.filter(page=matter.pk, action__in=TAKEN_DOWN).order_by("timestamp", "pk")
    return list(_spans(matter, ups, list(entries)))


def _spans(matter: MatterPage, ups: list[Release], downs: list[PageLogEntry]) -> Iterator[Version]:
    """The newest first, so that each knows those after it."""
    later: tuple[Version, ...] = ()
    for place, up in reversed(list(enumerate(ups))):
        since = up.used_at
        assert since is not None
        following = later[0].since if later else None
        down = next(
            (
                entry
                for entry in downs
                if entry.timestamp >= since and (following is None or entry.timestamp < following)
            ),
            None,
        )
        until, ended_by = (down.timestamp, down.action) if down else (following, "")
        if until is None and not matter.is_disclosed:  # past its last moment, and the clock has not come yet
            until, ended_by = matter.withdrawn_at or matter.expire_at or since, EXPIRED
        version = Version(
            matter=matter,
            revision=up.revision,
            since=since,
            until=until,
            release=up.get_kind_display(),
            ended_by=ended_by,
            reason=(down.data or {}).get("reason", "") if down and down.action == WITHDRAWN else "",
            replaces=ups[place - 1].revision_id if place else None,
            later=later,
            is_imported=up.kind == Release.Kind.IMPORT,
        )
        later = (version, *later)
        yield version


def told_to(user: AnyUser, matter: MatterPage) -> list[Version]:
    """The versions of which the reader may know, newest first."""
    return [version for version in versions_of(matter) if version.is_told_to(user)]


def corrections_for(matter: MatterPage, user: AnyUser) -> list[Correction]:
    """What was corrected in the versions of which the reader may know, newest first."""
    return [Correction(version.since, version.correction) for version in told_to(user, matter) if version.correction]
