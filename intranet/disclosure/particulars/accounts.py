"""Internal revenue and expenditure (N7), by kind, in CNY."""

from django.utils.translation import gettext_lazy as _

from intranet.disclosure.particulars.columns import Column, Kind, share
from intranet.disclosure.particulars.form import Form, Row, Stated
from intranet.disclosure.particulars.funds import against_budget
from intranet.disclosure.particulars.plots import Plot

REVENUE, EXPENDITURE = "revenue", "expenditure"


class Accounts(Form):
    code = "accounts"
    label = _("Revenue and expenditure")
    categories = frozenset({"N7"})
    head = (Column("period", _("period"), help_text=_("What the amounts are of, like 2026年第一季度.")),)
    columns = (
        Column(
            "kind",
            _("kind"),
            Kind.CHOICE,
            choices=((REVENUE, _("Revenue")), (EXPENDITURE, _("Expenditure"))),
            identifies=True,
            recurs=True,
        ),
        Column("item", _("item"), identifies=True, recurs=True),
        Column("budgeted", _("budget (CNY)"), Kind.AMOUNT, adds=True),
        Column("actual", _("received or spent (CNY)"), Kind.AMOUNT, adds=True),
        Column(
            "share",
            _("share of the budget"),
            Kind.SHARE,
            derived=lambda row: share(row.get("actual"), row.get("budgeted")),
        ),
    )
    stated = (
        Stated(
            Column(
                "total_revenue",
                _("total revenue (CNY)"),
                Kind.AMOUNT,
                required=False,
                help_text=_("As the source states it; it is checked against the rows. Empty where it states none."),
            ),
            of="actual",
            group=REVENUE,
        ),
        Stated(
            Column("total_expenditure", _("total expenditure (CNY)"), Kind.AMOUNT, required=False),
            of="actual",
            group=EXPENDITURE,
        ),
    )
    grouped_by = "kind"

    def plot(self, value: Row) -> Plot | None:
        spending = {"rows": self._group(value, EXPENDITURE)}
        title = _("Expenditure against the budget")
        return against_budget(self, spending, title=title, budgeted="budgeted", spent="actual")
