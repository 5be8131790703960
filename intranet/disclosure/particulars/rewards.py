"""Annual assessment and rewards (N5): how many people in each grade, and what was paid. Names are not asked."""

from django.utils.translation import gettext_lazy as _

from intranet.disclosure.particulars.columns import Column, Kind
from intranet.disclosure.particulars.form import Form, Row, Stated, rows_of
from intranet.disclosure.particulars.funds import bar_of
from intranet.disclosure.particulars.plots import Plot


class Rewards(Form):
    code = "rewards"
    label = _("Assessment and rewards")
    categories = frozenset({"N5"})
    head = (Column("year", _("year of the assessment"), help_text=_("Like 2025.")),)
    columns = (
        Column("grade", _("grade or reward"), identifies=True, recurs=True),
        Column("people", _("number of people"), Kind.COUNT, adds=True),
        Column("amount", _("paid in all (CNY)"), Kind.AMOUNT, adds=True, help_text=_("0 where nothing was paid.")),
    )
    stated = (
        Stated(
            Column(
                "total_people",
                _("people assessed"),
                Kind.COUNT,
                required=False,
                help_text=_("As the source states it; it is checked against the rows. Empty where it states none."),
            ),
            of="people",
        ),
        Stated(Column("total_amount", _("total paid (CNY)"), Kind.AMOUNT, required=False), of="amount"),
    )

    def plot(self, value: Row) -> Plot | None:
        people = self.column("people")
        bars = tuple((str(row.get("grade") or ""), (bar_of(people, row),)) for row in rows_of(value))
        return Plot(str(_("People in each grade")), bars)
