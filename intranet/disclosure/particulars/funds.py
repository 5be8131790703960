"""Special funds (E5, N8): what was budgeted and spent of each, in CNY."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.disclosure.elements import Element
from intranet.disclosure.particulars.columns import Column, Kind, share
from intranet.disclosure.particulars.form import Form, Row, Stated, rows_of
from intranet.disclosure.particulars.plots import Bar, Plot


class Funds(Form):
    code = "funds"
    label = _("Special funds")
    categories = frozenset({"E5", "N8"})
    head = (Column("year", _("year of the fund"), Kind.LINE, help_text=_("Like 2025.")),)
    columns = (
        Column("item", _("fund or purpose"), identifies=True, recurs=True),
        Column("budgeted", _("budgeted (CNY)"), Kind.AMOUNT, adds=True),
        Column("spent", _("spent (CNY)"), Kind.AMOUNT, adds=True),
        Column("share", _("share spent"), Kind.SHARE, derived=lambda row: share(row.get("spent"), row.get("budgeted"))),
        Column("beneficiaries", _("beneficiaries"), required=False),
    )
    stated = (
        Stated(
            Column(
                "total_budgeted",
                _("total budgeted (CNY)"),
                Kind.AMOUNT,
                required=False,
                help_text=_("As the source states it; it is checked against the rows. Empty where it states none."),
            ),
            of="budgeted",
        ),
        Stated(Column("total_spent", _("total spent (CNY)"), Kind.AMOUNT, required=False), of="spent"),
    )
    elements = {
        Element.FUND: "item",
        Element.FUND_YEAR: "year",
        Element.BUDGETED: "budgeted",
        Element.SPENT: "spent",
        Element.BENEFICIARIES: "beneficiaries",
    }

    def plot(self, value: Row) -> Plot | None:
        return against_budget(self, value, title=_("Budgeted and spent"), budgeted="budgeted", spent="spent")


def against_budget(form: Form, value: Row, *, title: Any, budgeted: str, spent: str) -> Plot:
    """Two bars for each item: what it might cost, and what it cost."""
    series = ((budgeted, str(_("budgeted"))), (spent, str(_("spent"))))
    return Plot(
        str(title),
        tuple(
            (str(row.get("item") or ""), tuple(bar_of(form.column(name), row, label) for name, label in series))
            for row in rows_of(value)
        ),
    )


def bar_of(column: Column, row: Row, series: str = "") -> Bar:
    """The bar of the row's number in the column; none is drawn where the number is not known."""
    number = column.value_in(row)
    return Bar(Decimal(number or 0), column.shown(number), series)
