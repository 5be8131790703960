"""What search cannot find though it should, told to the person who can mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from intranet.access.rights import Right, departments_where, is_office
from intranet.disclosure.models import AttachedDocument, FileText, MatterAttachment, MatterPage
from intranet.organisation.models import User
from search.extraction import Reason
from search.models import IndexTask

SHOWN = 20


@dataclass(frozen=True, slots=True)
class UnreadableFile:
    """A file attached to a matter whose text is not known, or not all of it; with what to do about it."""

    document: AttachedDocument
    matter: MatterPage
    advice: str


@dataclass(frozen=True, slots=True)
class FailedTask:
    """A change that the index has not taken, with the engine's or the adapter's words."""

    title: str
    attempts: int
    error: str


def unreadable_files(user: User) -> list[UnreadableFile]:
    """Files of the matters that the user may draft whose words nobody finds, the newest first."""
    matters = MatterPage.objects.all()
    if not user.is_superuser:
        matters = matters.filter(department__in=departments_where(user, Right.DRAFT_MATTERS))
    troubled = FileText.objects.exclude(reason="").values("document")
    rows = (
        MatterAttachment.objects.filter(document__in=troubled, page__in=matters)
        .select_related("document__file_text", "page")
        .order_by("-document__file_text__read_at", "pk")
    )
    return [UnreadableFile(row.document, row.page, _advice(row.document.file_text.reason)) for row in rows[:SHOWN]]


def failed_tasks(user: User) -> list[FailedTask]:
    """What the index has refused or could not be told, the oldest first; for the office and superusers."""
    if not (user.is_superuser or is_office(user)):
        return []
    tasks = list(IndexTask.objects.failed().order_by("enqueued_at")[:SHOWN])
    titles = _titles([task.key for task in tasks])
    return [FailedTask(titles.get(task.key, task.key), task.attempts, task.error) for task in tasks]


def _titles(keys: list[str]) -> dict[str, str]:
    from intranet.disclosure.search import PREFIX, key_of, primary_key

    own = [primary_key(key) for key in keys if key.startswith(f"{PREFIX}:")]
    return {key_of(pk): title for pk, title in MatterPage.objects.filter(pk__in=own).values_list("pk", "title")}


def _advice(reason: str) -> str:
    return Reason(reason).advice if reason in set(Reason) else _("The file could not be read.")


class FindabilityPanel(Component):
    """On the admin's first page, and only when something is wrong."""

    name = "findability"
    template_name = "disclosure/admin/findability_panel.html"
    order = 70

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        return {"files": unreadable_files(user), "tasks": failed_tasks(user)}
