"""Administrative acts (E6): basis, decision number, party, relief and its time limit."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.disclosure.elements import Element
from intranet.disclosure.particulars.columns import Column, Kind
from intranet.disclosure.particulars.form import Form, Row


class Acts(Form):
    """The acts that a matter lists. A result is one act, and its fields are the form."""

    code = "acts"
    label = _("Administrative acts")
    categories = frozenset({"E6"})
    types_with_own_fields = frozenset({"result"})
    page_fields = ("decision_kind", "decision_number", "party", "decided_on", "basis", "relief")
    columns = (
        Column("decision_number", _("decision number"), identifies=True),
        Column("party", _("party"), help_text=_("A natural person is masked: 李*")),
        Column("decision", _("decision"), Kind.TEXT),
        Column("basis", _("basis"), Kind.TEXT, help_text=_("Law and article: 《安全生产法》第九十七条第三项")),
        Column("relief", _("relief and its time limit"), Kind.TEXT),
    )
    elements = {
        Element.DECISION_NUMBER: "decision_number",
        Element.PARTY: "party",
        Element.BASIS: "basis",
        Element.RELIEF: "relief",
    }

    def own_value(self, matter: Any) -> Row | None:
        return {} if matter.type_code == "result" and matter.category.code in self.categories else None
