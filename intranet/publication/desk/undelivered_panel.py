"""For the office: that mail does not get through, and what to do."""

from collections.abc import Mapping
from typing import Any

from intranet.access.rights import answers_for_all
from intranet.publication.desk.panels import DeskPanel
from intranet.publication.outgoing.state import undelivered


class UndeliveredPanel(DeskPanel):
    name = "undelivered"
    template_name = "publication/panels/undelivered.html"
    order = 36

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"undelivered": undelivered() if answers_for_all(parent_context["request"].user) else None}
