"""The cells of a row of figures."""

from typing import Any

from django import template

from intranet.hall.figures.counting import Figures
from intranet.hall.figures.views import other_figures

register = template.Library()


@register.inclusion_tag("hall/figures/cells.html")
def figure_cells(
    figures: Figures,
    names: list[tuple[str, str]],
    links: str | None,
    department: int | None = None,
    item: int | None = None,
) -> dict[str, Any]:
    """Each number with a link to the cases behind it: a department's row, an item's, else that of all of them."""
    counts = [(name, figures.counts[name]) for name, _label in names]
    of = next((f"&{name}={key}" for name, key in (("item", item), ("department", department)) if key), "")
    return {"counts": counts, "others": other_figures(figures), "links": links, "of": of}
