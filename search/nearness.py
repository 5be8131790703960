"""The title that was probably meant."""

import difflib
from collections.abc import Sequence

CUTOFF = 0.7
"""Share of characters in common: one wrong of four, two of seven; less is another word, not a slip."""


def nearest(text: str, titles: Sequence[str]) -> str:
    """The title most like the text; empty where none is like it, or where it is the text itself."""
    near = difflib.get_close_matches(text, titles, n=1, cutoff=CUTOFF)
    return near[0] if near and near[0] != text else ""
