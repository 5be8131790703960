"""What search cannot find though it should, told to the person who can mend it."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from intranet.access.rights import Right, holds
from intranet.disclosure.attachments import documents_answered_for, in_need_of_attention
from intranet.disclosure.file_states import FileState, states_of
from intranet.organisation.models import User
from search.curation.keepers import keeps_search
from search.upkeep.state import Failure, failed, failures

SHOWN = 20


def troubled_files(user: User) -> list[FileState]:
    """Files of the departments for which the user drafts that need somebody's attention, the newest first."""
    if not (user.is_superuser or holds(user, Right.DRAFT_MATTERS)):
        return []
    documents = in_need_of_attention(documents_answered_for(user)).order_by("-created_at", "-pk")
    return states_of(list(documents[:SHOWN]))


def failed_changes(user: User) -> list[Failure]:
    """What the index has not taken, the oldest first, as the index's screen has it; for those who keep the search."""
    return failures(failed()[:SHOWN], user) if keeps_search(user) else []


class FindabilityPanel(Component):
    """On the admin's first page, and only when something is wrong."""

    name = "findability"
    template_name = "disclosure/admin/findability_panel.html"
    order = 70

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        return {"files": troubled_files(user), "failures": failed_changes(user)}
