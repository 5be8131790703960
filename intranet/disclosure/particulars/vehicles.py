"""Vehicles (N9), month by month: kilometres, fuel, repairs, cost."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.disclosure.particulars.columns import Column, Kind
from intranet.disclosure.particulars.form import ROWS, Fault, Form, Row, rows_of
from intranet.disclosure.particulars.funds import bar_of
from intranet.disclosure.particulars.plots import Plot

SEPARATORS = str.maketrans("", "", "·•・-. ")


def litres_per_hundred(row: Row) -> Decimal | None:
    """Fuel for a hundred kilometres; None for a vehicle that stood still or takes none."""
    fuel, kilometres = row.get("fuel"), row.get("kilometres")
    return fuel * 100 / kilometres if fuel and kilometres else None


class Vehicles(Form):
    code = "vehicles"
    label = _("Vehicles of the month")
    categories = frozenset({"N9"})
    head = (Column("month", _("month"), Kind.MONTH, is_past=True, help_text=_("Like 2026-01.")),)
    columns = (
        Column("vehicle", _("vehicle"), identifies=True, recurs=True, help_text=_("Its plate or number.")),
        Column("use", _("use"), required=False, recurs=True),
        Column("kilometres", _("kilometres"), Kind.COUNT, adds=True),
        Column("fuel", _("fuel (litres)"), Kind.QUANTITY, adds=True),
        Column("per_hundred", _("litres per 100 km"), Kind.QUANTITY, derived=litres_per_hundred),
        Column("repairs", _("repairs (CNY)"), Kind.AMOUNT, adds=True),
        Column("cost", _("cost, all in all (CNY)"), Kind.AMOUNT, adds=True),
    )

    def faults(self, value: Row) -> Iterator[Fault]:
        yield from super().faults(value)
        for row in rows_of(value):
            repairs, cost = row.get("repairs"), row.get("cost")
            if repairs is not None and cost is not None and repairs > cost:
                words = gettext("%(vehicle)s: repairs of %(repairs)s are more than the cost of %(cost)s.")
                yield Fault(ROWS, words % {"vehicle": row.get("vehicle"), "repairs": repairs, "cost": cost})

    def texts(self, value: Row) -> Iterator[str]:
        """Each plate as it is printed, and as it is typed by who leaves out the point."""
        yield from super().texts(value)
        plates = (str(row.get("vehicle") or "") for row in rows_of(value))
        joined = [short for plate in plates if (short := plate.translate(SEPARATORS)) != plate]
        if joined:
            yield " ".join(joined)

    def plot(self, value: Row) -> Plot | None:
        cost = self.column("cost")
        bars = tuple((str(row.get("vehicle") or ""), (bar_of(cost, row),)) for row in rows_of(value))
        return Plot(str(_("Cost of each vehicle (CNY)")), bars)
