"""The filings that wait for a head's signature, on the head's desk."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wagtail.admin.ui.components import Component

from intranet.hall.signatures.awaited import signatures_awaited_from

SHOWN = 50
"""Filings listed; how many there are in all is said."""


class SignaturesPanel(Component):
    """For heads and who stands in for them: nothing is refused before they have signed."""

    name = "signatures"
    template_name = "hall/signatures/panel.html"
    order = 52

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["publication/desk.css", "hall/desk.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        found = signatures_awaited_from(parent_context["request"].user)
        return {"rows": found[:SHOWN], "in_all": len(found)}
