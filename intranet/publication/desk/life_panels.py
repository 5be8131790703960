"""The desk's panels on what is live: withdrawals to decide and to confirm, what to look at again, what will go."""

from collections.abc import Mapping
from typing import Any

from intranet.access.rights import Right, answers_for_all, deciding_rights_of, holds, is_office
from intranet.publication.desk.panels import SHOWN, DeskPanel
from intranet.publication.desk.reading import desk_of
from intranet.publication.looking_again import own_looks
from intranet.publication.naming import names_for
from intranet.publication.retention import ending
from intranet.publication.withdrawal_requests import requests_awaiting, unconfirmed


class WithdrawalsPanel(DeskPanel):
    """For whoever approves: withdrawals that somebody else has asked for."""

    name = "withdrawals"
    template_name = "publication/panels/withdrawals.html"
    order = 55

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        rights = deciding_rights_of(user)
        if not (rights.get(Right.APPROVE_MATTERS) or rights.get(Right.APPROVE_FOR_OFFICE)):
            return {}
        found = requests_awaiting(user)
        names = names_for(user, [asked.matter for asked in found])
        return {"rows": [(asked, names[asked.matter.pk]) for asked in found]}


class LooksPanel(DeskPanel):
    """For liaison officers and heads: live matters that are to be looked at again."""

    name = "looks"
    template_name = "publication/panels/looks.html"
    order = 65

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        if not holds(user, Right.DRAFT_MATTERS):
            return {}
        found = own_looks(user)
        return {"looks": found[:SHOWN], "in_all": len(found)}


class AtOncePanel(DeskPanel):
    """For the office: withdrawals made at once that it has still to confirm."""

    name = "withdrawals_at_once"
    template_name = "publication/panels/at_once.html"
    order = 72

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        found = unconfirmed(user)
        names = names_for(user, [made.matter for made in found])
        confirms = is_office(user)
        return {"rows": [(made, names[made.matter.pk], confirms and made.by_id != user.pk) for made in found]}


class RetentionPanel(DeskPanel):
    """For the office: what will be disclosed no more within sixty days because its term ends."""

    name = "retention"
    template_name = "publication/panels/retention.html"
    order = 74

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        user = request.user
        if not answers_for_all(user):
            return {}
        found = ending(terms=desk_of(request).deadlines.terms)
        shown = found[:SHOWN]
        names = names_for(user, [one.matter for one in shown])
        return {"rows": [(one, names[one.matter.pk]) for one in shown], "in_all": len(found)}
