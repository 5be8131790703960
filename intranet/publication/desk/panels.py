"""The desk's panels on the admin's first page, each for those whom it concerns."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wagtail.admin.ui.components import Component

from intranet.access.rights import (
    NOBODY,
    Right,
    answers_for_all,
    decides,
    deciding_rights_of,
    departments_where,
    holds,
    may,
    may_decide,
)
from intranet.disclosure.admin_doors import names_in_the_audit_log
from intranet.organisation.models import Department
from intranet.publication.desk.bureau import overview
from intranet.publication.desk.held_back import held_back
from intranet.publication.desk.reading import desk_of
from intranet.publication.desk.undisclosed import Stage, own_drafts
from intranet.publication.desk.updates import due_updates
from intranet.publication.emergency import debts, steps_owed

SHOWN = 50
"""Lines of a list; how many there are in all is said."""


class DeskPanel(Component):
    """A panel with the desk's own style."""

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["publication/desk.css"]}


class HeldBackPanel(DeskPanel):
    """For liaison officers and heads: what was approved and is not live at its moment, why, and what they can do."""

    name = "held_back"
    template_name = "publication/panels/held_back.html"
    order = 42

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        rights = deciding_rights_of(user)
        own = rights.get(Right.DRAFT_MATTERS, NOBODY) | rights.get(Right.APPROVE_MATTERS, NOBODY)
        if not own:
            return {}
        found = held_back(Department.objects.filter(pk__in=own))
        rows = [
            (
                one,
                may(user, Right.DRAFT_MATTERS, one.matter.department),
                may_decide(user, Right.APPROVE_MATTERS, one.matter.department),
            )
            for one in found[:SHOWN]
        ]
        return {"rows": rows, "in_all": len(found)}


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


class DebtsPanel(DeskPanel):
    """For heads and the office: what was released in an emergency and whose steps are still to be made."""

    name = "debts"
    template_name = "publication/panels/debts.html"
    order = 45

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        if answers_for_all(user):
            owed = debts()
        elif departments := deciding_rights_of(user).get(Right.APPROVE_MATTERS):
            owed = debts(departments)
        else:
            return {"rows": []}
        found = list(owed[:SHOWN])
        if not found:
            return {"rows": []}
        names = names_in_the_audit_log(parent_context["request"], [release.matter_id for release in found])
        return {"rows": [(release, names.get(release.matter_id), steps_owed(release)) for release in found]}


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
            "returned": [row for row in rows if row.stage in (Stage.RETURNED, Stage.REJECTED)],
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
