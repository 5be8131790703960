"""The desk's panels on the admin's first page, each for those whom it concerns."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wagtail.admin.ui.components import Component

from intranet.access.rights import Right, answers_for_all, decides, departments_where, holds
from intranet.publication.desk.bureau import overview
from intranet.publication.desk.reading import desk_of
from intranet.publication.desk.undisclosed import Stage, own_drafts
from intranet.publication.desk.updates import due_updates

SHOWN = 50
"""Lines of a list; how many there are in all is said."""


class DeskPanel(Component):
    """A panel with the desk's own style."""

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["publication/desk.css"]}


class AwaitingDecisionPanel(DeskPanel):
    """For heads, secrecy reviewers and the office: what they decide, the oldest deadline first."""

    name = "awaiting_decision"
    template_name = "publication/panels/awaiting_decision.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        if not decides(request.user):
            return {"decides": False}
        steps = desk_of(request).awaited
        return {"steps": steps[:SHOWN], "in_all": len(steps), "decides": True, "user": request.user}


class DraftsPanel(DeskPanel):
    """For liaison officers: what was returned to them, what is to be drafted, then their drafts."""

    name = "own_drafts"
    template_name = "publication/panels/own_drafts.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        if not holds(request.user, Right.DRAFT_MATTERS):
            return {"drafts_at_all": False}
        rows = own_drafts(request.user, desk_of(request).deadlines)
        drafts = [row for row in rows if row.stage == Stage.DRAFT]
        return {
            "drafts_at_all": True,
            "returned": [row for row in rows if row.stage != Stage.DRAFT],
            "drafts": drafts[:SHOWN],
            "drafts_in_all": len(drafts),
            "updates": due_updates(departments_where(request.user, Right.DRAFT_MATTERS)),
        }


class BureauPanel(DeskPanel):
    """For the office: what is overdue anywhere, which steps nobody in office decides, how each department stands."""

    name = "bureau"
    template_name = "publication/panels/bureau.html"
    order = 70

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        if not answers_for_all(request.user):
            return {}
        desk = desk_of(request)
        return {"overview": overview(desk.steps, desk.deadlines)}
