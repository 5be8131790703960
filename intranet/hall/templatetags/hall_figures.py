"""The cells of a row of figures."""

from typing import Any

from django import template

from intranet.hall.figures.conditions import LABELS
from intranet.hall.figures.counting import Figures
from intranet.hall.figures.views import other_figures

register = template.Library()


@register.inclusion_tag("hall/figures/cells.html")
def figure_cells(
    figures: Figures,
    links: str | None,
    department: int | None = None,
    item: int | None = None,
) -> dict[str, Any]:
    """Each figure with a link to the cases behind it: a department's row, an item's, else that of all of them."""
    cells = {name: figures.counts[name] for name in LABELS} | other_figures(figures)
    of = next((f"&{name}={key}" for name, key in (("item", item), ("department", department)) if key), "")
    return {"cells": cells.items(), "links": links, "of": of}
