"""Safety production accountability (E10): incident, decision, basis, organ."""

from django.utils.translation import gettext_lazy as _

from intranet.disclosure.elements import Element
from intranet.disclosure.particulars.columns import Column, Kind
from intranet.disclosure.particulars.form import Form


class Accountability(Form):
    code = "accountability"
    label = _("Accountability")
    categories = frozenset({"E10"})
    head = (
        Column("incident", _("incident"), help_text=_("What happened, where and when.")),
        Column("occurred_on", _("happened on"), Kind.DAY, required=False, is_past=True),
        Column("organ", _("deciding organ")),
    )
    columns = (
        Column("party", _("held to account"), help_text=_("A natural person is masked: 李*")),
        Column("responsibility", _("responsibility"), Kind.TEXT, required=False),
        Column("decision", _("decision"), Kind.TEXT),
        Column("basis", _("basis"), Kind.TEXT, help_text=_("Law and article: 《安全生产法》第九十七条第三项")),
    )
    elements = {
        Element.INCIDENT: "incident",
        Element.ORGAN: "organ",
        Element.DECISION: "decision",
        Element.BASIS: "basis",
    }
