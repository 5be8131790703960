"""Selection and appointment, choice of the advanced (N4): conditions, procedure, candidates, result."""

from django.utils.translation import gettext_lazy as _

from intranet.disclosure.particulars.columns import Column, Kind
from intranet.disclosure.particulars.form import Form


class Selection(Form):
    """The notice period and the channel for objections are fields of a notice, and are shown with it."""

    code = "selection"
    label = _("Selection")
    categories = frozenset({"N4"})
    page_fields = ("notice_from", "notice_until", "objection_channel")
    page_labels = {"notice_from": _("notice period from"), "notice_until": _("notice period until")}
    head = (
        Column("conditions", _("conditions"), Kind.TEXT),
        Column("procedure", _("procedure"), Kind.TEXT),
    )
    columns = (
        Column("candidate", _("candidate")),
        Column("unit", _("post or department"), required=False),
        Column("proposed", _("proposed for")),
        Column("result", _("outcome"), required=False, help_text=_("Empty until it is known.")),
    )
