"""Plots: bars drawn on the server as SVG, with their names and numbers as text.

Drawn by Vega-Lite (`vl-convert`): it measures nothing against installed fonts that matters here, because a name
stands above its bars and a number behind its bar. Colours are the site's own properties, so that the dark scheme and
paper change them. A plot repeats its table and is hidden from a screen reader, which reads the table.
"""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import vl_convert
from django.utils.safestring import SafeString

logger = logging.getLogger("gongkai.disclosure")

WIDTH, LONGEST_BAR = 360, 200
THICKNESS, AIR = 20, 32
"""Of a bar, and between the bars of two names, where the name stands; in the plot's own pixels."""
MOST = 40
"""Names; more make no picture but a second table."""
LONGEST_NAME = 24
COLOURS = ("var(--pine)", "var(--line-strong)")
"""Of the last bar of a name, which matters most, and of the ones before."""
VEGA_LITE = "https://vega.github.io/schema/vega-lite/v5.json"
_ROOT = re.compile(r"\A<svg[^>]*viewBox=\"([^\"]*)\"[^>]*>")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its number, how it is written, and what it counts where a name has more than one."""

    number: Decimal
    shown: str
    series: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars by name. `most` is the number of the longest possible bar, where that is not the longest there is."""

    title: str
    bars: tuple[tuple[str, tuple[Bar, ...]], ...]
    most: Decimal | None = None

    @property
    def svg(self) -> SafeString | None:
        """The picture; None where there is nothing to see, or it cannot be drawn."""
        numbers = [bar.number for _name, bars in self.bars for bar in bars]
        if not any(numbers) or len(self.bars) > MOST:
            return None
        try:
            drawn = _drawn(json.dumps(self._specification(float(self.most or max(numbers))), ensure_ascii=False))
        except ValueError:
            logger.exception("A plot cannot be drawn")
            return None
        # Vega escapes every text that it writes; the tests hold it to that.
        return SafeString(drawn)

    def _specification(self, longest: float) -> dict[str, Any]:
        """The plot in the words of Vega-Lite."""
        depth = max(len(bars) for _name, bars in self.bars)
        step = depth * THICKNESS + AIR
        length = {"domain": [0, longest], "range": [0, LONGEST_BAR]}
        across = {"field": "number", "type": "quantitative", "axis": None, "scale": length}
        place = {"field": "place", "type": "quantitative", "axis": None, "scale": None}
        colour = {"field": "colour", "type": "nominal", "legend": None, "scale": None}
        text = {"type": "text", "align": "left", "baseline": "middle", "limit": WIDTH}
        return {
            "$schema": VEGA_LITE,
            "width": WIDTH,
            "height": step * len(self.bars),
            "padding": 0,
            "background": None,
            "config": {"view": {"stroke": None}, "mark": {"aria": False}},
            "data": {"values": list(self._marks(step))},
            "layer": [
                {
                    "transform": [{"filter": "datum.shown"}],
                    "mark": {"type": "bar", "orient": "horizontal", "size": THICKNESS - 5},
                    "encoding": {"x": across, "y": place, "color": colour},
                },
                {
                    "transform": [{"filter": "datum.shown"}],
                    "mark": {**text, "dx": 6, "fontSize": 14, "fill": "var(--ink)"},
                    "encoding": {"x": across, "y": place, "text": {"field": "shown"}},
                },
                {
                    "transform": [{"filter": "datum.name"}],
                    "mark": {**text, "fontSize": 15, "fill": "var(--ink)", "x": 0},
                    "encoding": {"y": place, "text": {"field": "name"}},
                },
            ],
        }

    def _marks(self, step: int) -> Iterator[dict[str, Any]]:
        for position, (name, bars) in enumerate(self.bars):
            top = position * step
            short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
            yield {"name": short, "place": top + AIR / 2 + 3}
            for depth, bar in enumerate(bars):
                yield {
                    "number": float(bar.number),
                    "shown": " ".join(filter(None, (bar.series, bar.shown))),
                    "colour": COLOURS[min(len(bars) - 1 - depth, 1)],
                    "place": top + AIR + depth * THICKNESS + THICKNESS / 2,
                }


@lru_cache(maxsize=256)
def _drawn(specification: str) -> str:
    svg = vl_convert.vegalite_to_svg(specification, allowed_base_urls=[])
    return _ROOT.sub(r'<svg class="plot__picture" viewBox="\1" aria-hidden="true" focusable="false">', svg)
