"""What happened to a matter, from Wagtail's log: who, when, what, why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry, Task

from intranet.audit.wording import with_absent
from intranet.disclosure.models import MatterPage
from intranet.disclosure.secrecy import SecrecyBasis
from intranet.publication.models.steps import name_of_step

SHOWN = (
    "wagtail.create",
    "wagtail.edit",
    "wagtail.revert",
    "wagtail.publish",
    "wagtail.publish.schedule",
    "wagtail.publish.scheduled",
    "wagtail.unpublish",
    "wagtail.unpublish.scheduled",
    "wagtail.copy",
    "wagtail.move",
    "wagtail.workflow.start",
    "wagtail.workflow.approve",
    "wagtail.workflow.reject",
    "wagtail.workflow.resume",
    "wagtail.workflow.cancel",
    "gongkai.explain",
    "gongkai.reject",
    "gongkai.redact",
    "gongkai.stand_in",
    "gongkai.claim",
    "gongkai.hand_over",
    "gongkai.hand_over_draft",
    "gongkai.record",
    "gongkai.notice_replaced",
    "gongkai.objection",
    "gongkai.objection_decided",
    "gongkai.emergency",
    "gongkai.emergency_settled",
    "gongkai.withdrawal_asked",
    "gongkai.withdrawal_refused",
    "gongkai.withdraw",
    "gongkai.withdrawal_confirmed",
    "gongkai.still_right",
    "gongkai.retention",
    "gongkai.call_off",
    "gongkai.held_back",
    "gongkai.release_imported",
    "gongkai.share",
    "gongkai.unshare",
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: the moment, what, by whom (empty for the system), and the reason given."""

    at: datetime
    what: str
    who: str
    why: str


def timeline_of(matter: MatterPage) -> list[Event]:
    """Everything that was done to the matter, newest first; for its editors and deciders."""
    entries = (
        PageLogEntry.objects.filter(page=matter.pk, action__in=SHOWN).select_related("user").order_by("-timestamp")
    )
    return list(_events(entries))


def _events(entries: object) -> Iterator[Event]:
    steps = {task.pk: name_of_step(task) for task in Task.objects.filter(active=True)}
    for entry in entries:  # type: ignore[attr-defined]
        content = entry.data or {}
        step = (content.get("workflow") or {}).get("task") or {}
        what = _in_words(entry.action, steps.get(step.get("id"), step.get("title", "")), entry)
        why = content.get("comment") or content.get("reason") or ""
        if basis := content.get("basis"):
            why = f"{why} ({SecrecyBasis(basis).label})"
        yield Event(at=entry.timestamp, what=what, who=str(entry.user or ""), why=why)


def _in_words(action: str, step: str, entry: PageLogEntry) -> str:
    words = {
        "wagtail.workflow.start": _("Submitted"),
        "wagtail.workflow.resume": _("Submitted again"),
        "wagtail.workflow.approve": _("Approved: %(step)s") % {"step": step},
        "wagtail.workflow.reject": _("Returned: %(step)s") % {"step": step},
        "wagtail.publish": _("Went live"),
        "wagtail.publish.scheduled": _("Went live at its moment"),
        "wagtail.unpublish.scheduled": _("Expired"),
        "gongkai.explain": _("Explained what was doubtful"),
        "gongkai.reject": _("Rejected"),
        "gongkai.redact": _("Passages left out of the version that goes on"),
        "gongkai.notice_replaced": _("Another notice put on record"),
        "gongkai.emergency": _("Released in an emergency"),
        "gongkai.emergency_settled": _("Steps that an emergency had skipped were made"),
        "gongkai.withdrawal_asked": _("Withdrawal asked for"),
        "gongkai.withdrawal_refused": _("Withdrawal refused"),
        "gongkai.withdraw": _("Withdrawn at once") if (entry.data or {}).get("at_once") else _("Withdrawn"),
        "gongkai.call_off": _("Called off before its moment"),
        "gongkai.held_back": _("Held back at its moment"),
    }
    known = words.get(action)
    return with_absent(known, entry.data or {}) if known else str(entry.message)
