"""What search cannot find though it should, told to the person who can mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.admin.ui.components import Component

from intranet.access.rights import Right, answers_for_all, departments_where
from intranet.disclosure.attachments import documents_answered_for, in_need_of_attention
from intranet.disclosure.file_states import FileState, states_of
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from search.models import IndexTask

SHOWN = 20


@dataclass(frozen=True, slots=True)
class FailedTask:
    """A change that the index has not taken, with the engine's or the adapter's words."""

    title: str
    attempts: int
    error: str


def troubled_files(user: User) -> list[FileState]:
    """Files of the departments for which the user drafts that need somebody's attention, the newest first."""
    if not (user.is_superuser or departments_where(user, Right.DRAFT_MATTERS).exists()):
        return []
    documents = in_need_of_attention(documents_answered_for(user)).order_by("-created_at", "-pk")
    return states_of(list(documents[:SHOWN]))


def failed_tasks(user: User) -> list[FailedTask]:
    """What the index has refused or could not be told, the oldest first; for the office and superusers."""
    if not answers_for_all(user):
        return []
    tasks = list(IndexTask.objects.failed().order_by("enqueued_at")[:SHOWN])
    titles = _titles([task.key for task in tasks])
    return [FailedTask(titles.get(task.key, task.key), task.attempts, task.error) for task in tasks]


def _titles(keys: list[str]) -> dict[str, str]:
    from intranet.disclosure.search import PREFIX, key_of, primary_key

    own = [primary_key(key) for key in keys if key.startswith(f"{PREFIX}:")]
    return {key_of(pk): title for pk, title in MatterPage.objects.filter(pk__in=own).values_list("pk", "title")}


class FindabilityPanel(Component):
    """On the admin's first page, and only when something is wrong."""

    name = "findability"
    template_name = "disclosure/admin/findability_panel.html"
    order = 70

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        return {"files": troubled_files(user), "tasks": failed_tasks(user)}
