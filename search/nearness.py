"""Titles to offer: the one that was probably meant, each of several once."""

import difflib
from collections.abc import Sequence

from search.engines.base import Title

CUTOFF = 0.7
"""Share of characters in common: one wrong of four, two of seven; less is another word, not a slip."""


def nearest(text: str, titles: Sequence[Title]) -> Title | None:
    """The title most like the text; None where none is like it, or where it is the text itself."""
    by_text = {title.text: title for title in each_once(titles)}
    near = difflib.get_close_matches(text, list(by_text), n=1, cutoff=CUTOFF)
    return by_text[near[0]] if near and near[0] != text else None


def each_once(titles: Sequence[Title]) -> list[Title]:
    """The titles in their order, the first one of each text."""
    by_text: dict[str, Title] = {}
    for title in titles:
        by_text.setdefault(title.text, title)
    return list(by_text.values())
