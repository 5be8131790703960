"""The filings that wait for a head's signature, on the head's desk."""

from collections.abc import Mapping
from typing import Any

from intranet.hall.desk.panel import HallPanel
from intranet.hall.signatures.awaited import signatures_awaited_from
from intranet.publication.desk.panels import SHOWN
from intranet.publication.desk.reading import desk_of


class SignaturesPanel(HallPanel):
    """For heads and who stands in for them: nothing is refused before they have signed."""

    name = "signatures"
    template_name = "hall/signatures/panel.html"
    order = 52

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        found = signatures_awaited_from(request.user, desk_of(request).calendar)
        return {"rows": found[:SHOWN], "in_all": len(found)}
