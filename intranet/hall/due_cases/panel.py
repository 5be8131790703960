"""What is due at the hall, on the desk of whoever works at its window or handles its cases."""

from collections.abc import Mapping
from typing import Any

from intranet.access.handling import reads_cases, receives_at_all
from intranet.hall.desk.panel import HallPanel
from intranet.hall.due_cases.finding import due_cases
from intranet.hall.models.cases import Case
from intranet.organisation.membership import facts_of
from intranet.organisation.models import Post, User
from intranet.publication.desk.reading import desk_of

SHOWN = 10
"""Cases listed; the list of all that is due is a click away."""


class DueCasesPanel(HallPanel):
    """For who reads cases: those that are due. A clerk, whose work this is, is told that none is, too."""

    name = "due_cases"
    template_name = "hall/due/panel.html"
    order = 53

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        user = request.user
        if not reads_cases(user):
            return {"rows": [], "is_clerk": False}
        found = due_cases(Case.objects.readable_by(user), calendar=desk_of(request).calendar)
        return {
            "rows": found[:SHOWN],
            "in_all": len(found),
            "is_clerk": _is_clerk(user),
            "receives": receives_at_all(user),
        }


def _is_clerk(user: User) -> bool:
    return any(post.kind == Post.Kind.CLERK for post in facts_of(user).posts)
