"""The cells of a row of figures."""

from typing import Any

from django import template

from intranet.hall.figures.counting import Figures
from intranet.hall.figures.views import other_figures

register = template.Library()


@register.inclusion_tag("hall/figures/cells.html")
def figure_cells(
    figures: Figures, names: list[tuple[str, str]], links: str | None, item: int | None = None
) -> dict[str, Any]:
    """Each number with a link to the cases behind it; an item's row, else that of all of them."""
    counts = [(name, figures.counts[name]) for name, _label in names]
    return {"counts": counts, "others": other_figures(figures), "links": links, "item": item}
