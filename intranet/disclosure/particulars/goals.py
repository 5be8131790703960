"""Goals with progress (E3). A plan keeps them as rows of its own; other types have the form."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.disclosure.elements import Element
from intranet.disclosure.particulars.columns import Column, Kind
from intranet.disclosure.particulars.form import ROWS, Form, Row, rows_of
from intranet.disclosure.particulars.funds import bar_of
from intranet.disclosure.particulars.plots import Plot


class Goals(Form):
    code = "goals"
    label = _("Goals")
    categories = frozenset({"E3"})
    types_with_own_fields = frozenset({"plan"})
    columns = (
        Column("goal", _("goal"), identifies=True, recurs=True),
        Column("progress", _("progress"), Kind.PER_CENT, help_text=_("Per cent, 0 to 100.")),
    )
    elements = {Element.GOALS: "progress"}

    def own_value(self, matter: Any) -> Row | None:
        if matter.type_code not in self.types_with_own_fields:
            return None
        rows = [{"goal": goal.name, "progress": Decimal(goal.progress)} for goal in matter.goals.all()]
        return {ROWS: rows} if rows else None

    def plot(self, value: Row) -> Plot | None:
        progress = self.column("progress")
        bars = tuple((str(row.get("goal") or ""), (bar_of(progress, row),)) for row in rows_of(value))
        return Plot(str(_("Progress of each goal")), bars, most=Decimal(100))
