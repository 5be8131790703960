"""Who changed what, when and why: entries of Wagtail's log, and how they read."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log
from wagtail.models import ModelLogEntry

from intranet.access.tokens import AnyUser
from search.curation.models import QueryRule, Synonyms
from search.curation.readable import title_or_placeholder, titles

ADDED, CHANGED = "curation.added", "curation.changed"


def record(entry: Synonyms | QueryRule, action: str, *, by: AnyUser) -> None:
    """Write into the log what the entry says now. Of pages it keeps the keys: their titles are not everybody's."""
    says: dict[str, Any] = {"entry": str(entry), "in_force": entry.in_force, "reason": entry.reason}
    if isinstance(entry, QueryRule):
        says |= {
            "match": entry.match,
            "starts_on": entry.starts_on.isoformat() if entry.starts_on else "",
            "ends_on": entry.ends_on.isoformat() if entry.ends_on else "",
            "pins": [pin.page_id for pin in entry.pins.all()],
            "exclusions": [exclusion.page_id for exclusion in entry.exclusions.all()],
        }
    else:
        says["kind"] = entry.kind
    log(instance=entry, action=action, user=by, data=says, content_changed=True)


def entries() -> Any:
    """The log of all entries, the newest first."""
    return ModelLogEntry.objects.filter(action__in=(ADDED, CHANGED)).order_by("-timestamp", "-pk")


def known_titles(logged: Iterable[ModelLogEntry], user: AnyUser) -> dict[int, str]:
    """The titles of the pages in these entries that the user may read."""
    return titles({pk for one in logged for name in ("pins", "exclusions") for pk in one.data.get(name, ())}, user)


def in_words(data: dict[str, Any], known: dict[int, str]) -> str:
    """What an entry said at that moment."""
    match = dict(QueryRule.Match.choices).get(data.get("match", ""), "")
    kind = dict(Synonyms.Kind.choices).get(data.get("kind", ""), "")
    said = [f"{data.get('entry', '')} ({match or kind})" if match or kind else str(data.get("entry", ""))]
    for name, label in (("pins", _("pinned: %(titles)s")), ("exclusions", _("excluded: %(titles)s"))):
        if pages := data.get(name):
            said.append(label % {"titles": "、".join(title_or_placeholder(pk, known) for pk in pages)})
    if data.get("starts_on") or data.get("ends_on"):
        said.append(f"{data.get('starts_on') or '…'} – {data.get('ends_on') or '…'}")
    if not data.get("in_force", True):
        said.append(str(_("not in use")))
    return "; ".join(said)


class Added(LogFormatter):
    label = gettext_lazy("Add to the search")

    def format_message(self, log_entry: Any) -> str:
        return _("Added: %(what)s. Why: %(why)s") % _told(log_entry)


class Changed(LogFormatter):
    label = gettext_lazy("Change in the search")

    def format_message(self, log_entry: Any) -> str:
        if not log_entry.data.get("in_force", True):
            return _("Taken out of use: %(what)s. Why: %(why)s") % _told(log_entry)
        return _("Changed: %(what)s. Why: %(why)s") % _told(log_entry)


def _told(log_entry: Any) -> dict[str, str]:
    return {"what": in_words(log_entry.data, {}), "why": log_entry.data.get("reason", "")}
