"""Pages of a PDF as a reader sees them: drawn, and looked at."""

import pypdfium2

SCALE = 3
"""Dots for each point: 216 an inch."""
INK = 160
"""As dark as this, or darker, of 255."""
POINTS_OF_A_MILLIMETRE = 72 / 25.4


class Picture:
    """One page, drawn."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self.width, self.height = page.get_size()
        drawn = page.render(scale=SCALE).to_pil().convert("L")
        self._ink = drawn.point(lambda light: 255 if light <= INK else 0)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in millimetres."""
        return round(self.width / POINTS_OF_A_MILLIMETRE), round(self.height / POINTS_OF_A_MILLIMETRE)

    def undrawn(self) -> str:
        """The letters that the page's text has and nobody sees: nothing is drawn in their place."""
        text = self._page.get_textpage()
        letters = text.get_text_range(0, text.count_chars())
        found = [
            letters[place]
            for place in range(min(len(letters), text.count_chars()))
            if letters[place].isalnum() and not self._has_ink(*text.get_charbox(place))
        ]
        return "".join(found)

    def narrowest_margin(self) -> float:
        """The least distance in millimetres between what is drawn and an edge of the page."""
        left, upper, right, lower = self._ink.getbbox()
        width, height = self._ink.size
        return min(left, upper, width - right, height - lower) / SCALE / POINTS_OF_A_MILLIMETRE

    def _has_ink(self, left: float, bottom: float, right: float, top: float) -> bool:
        upper, lower = self.height - top, self.height - bottom
        box = (int(left * SCALE), int(upper * SCALE), int(right * SCALE) + 1, int(lower * SCALE) + 1)
        return self._ink.crop(box).getbbox() is not None


def pictures_of(paper: bytes) -> list[Picture]:
    return [Picture(page) for page in pypdfium2.PdfDocument(paper)]
