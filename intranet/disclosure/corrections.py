"""What was corrected in a matter that had been disclosed before: said for one version, and never carried on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import PageLogEntry

from intranet.access.tokens import AnyUser
from intranet.disclosure.models import MatterPage

WENT_LIVE = ("wagtail.publish", "wagtail.publish.scheduled")


@dataclass(frozen=True, slots=True)
class Correction:
    """When a corrected version went live, and what was corrected in it."""

    at: datetime
    words: str


_finder: list[Callable[[MatterPage, AnyUser], list[Correction]]] = []


def install_corrections(finder: Callable[[MatterPage, AnyUser], list[Correction]]) -> None:
    """Let publication, which knows what was live when, say what was corrected."""
    _finder[:] = [finder]


def corrections(matter: MatterPage, user: AnyUser) -> list[Correction]:
    """What was corrected in the versions that the user may know of, newest first."""
    is_first = matter.first_published_at is None or matter.first_published_at == matter.last_published_at
    return [] if is_first or not _finder else _finder[0](matter, user)


def last_live_version(matter: MatterPage) -> int | None:
    """The version that is live, or was live last; None where none ever was."""
    if matter.live_revision_id or not matter.first_published_at:
        return matter.live_revision_id
    went_live = PageLogEntry.objects.filter(page=matter.pk, action__in=WENT_LIVE).exclude(revision=None)
    return went_live.order_by("-timestamp", "-pk").values_list("revision_id", flat=True).first()


def correction_of(draft: MatterPage) -> str:
    """What the draft says was corrected, empty where it says it of another version than the one it replaces."""
    said = draft.correction.strip()
    return said if said and draft.corrects == last_live_version(draft) else ""
