"""Finding in a text what identifies somebody, however it is written there, and putting something else in its place."""

import re
from collections.abc import Mapping

from search.normalisation import fold

_BETWEEN = r"[\s\-‐‑‒–—·.]*"
_NOTHING = re.compile(_BETWEEN)


class Concealment:
    """What is to be found, with what stands in its place afterwards.

    Neither width nor case nor script nor spaces hide it. A name that is shortened or paraphrased is not recognised.
    """

    def __init__(self, found: Mapping[str, str]) -> None:
        self._in_its_place = {plain: put for text, put in found.items() if (plain := _plain(text))}
        longest_first = sorted(self._in_its_place, key=len, reverse=True)
        parts = (_BETWEEN.join(map(re.escape, text)) for text in longest_first)
        self._pattern = re.compile("|".join(parts)) if self._in_its_place else None

    def of(self, text: str) -> str:
        """The text with each of them replaced."""
        if self._pattern is None:
            return text
        kept = text
        for match in reversed(list(self._pattern.finditer(fold(text)))):
            kept = kept[: match.start()] + self._in_its_place[_plain(match[0])] + kept[match.end() :]
        return kept


def _plain(text: str) -> str:
    return _NOTHING.sub("", fold(text))
