"""Finding in a text what identifies somebody, however it is written there, and putting something else in its place."""

import re
from collections.abc import Mapping

from search.normalisation import fold

DOTS = "·.․‧・•∙⋅●◦⸱ꞏㆍ"
"""What stands between the parts of a name from another language: the standard's dot and those that keyboards give."""
_BETWEEN = rf"[\s\-‐‑‒–—_/,，、{re.escape(DOTS + fold(DOTS))}]*"
_NOTHING = re.compile(_BETWEEN)
FEWEST_CHARACTERS = 2
"""What is shorter names nobody, and would be found in half the words of the text."""


class Concealment:
    """What is to be found, with what stands in its place afterwards.

    Neither width nor case nor script nor spaces hide it, nor which dot or stroke stands between the parts of a name.
    A name that is shortened or paraphrased is not recognised.
    """

    def __init__(self, found: Mapping[str, str]) -> None:
        settled = ((_without_signs(_settled(text)), put) for text, put in found.items())
        self._in_its_place = {plain: put for plain, put in settled if len(plain) >= FEWEST_CHARACTERS}
        longest_first = sorted(self._in_its_place, key=len, reverse=True)
        parts = (_BETWEEN.join(map(re.escape, text)) for text in longest_first)
        self._pattern = re.compile("|".join(parts)) if self._in_its_place else None

    def of(self, text: str) -> str:
        """The text with each of them replaced."""
        if self._pattern is None:
            return text
        kept = text
        for match in reversed(list(self._pattern.finditer(_settled(text)))):
            kept = kept[: match.start()] + self._in_its_place[_without_signs(match[0])] + kept[match.end() :]
        return kept


def _settled(text: str) -> str:
    """The text folded until nothing changes: 薴 becomes 苧, which is the traditional form of 苎."""
    while (folded := fold(text)) != text:
        text = folded
    return text


def _without_signs(settled: str) -> str:
    return _NOTHING.sub("", settled)
