"""Things by the sound of their title and keywords: in pinyin, by initials."""

from collections.abc import Sequence

from search.engines.embedded.phrases import quoted
from search.pinyin import Reading


def expression(found: Sequence[Reading], *, titles_alone: bool = False) -> str:
    """The readings as an FTS5 expression; tokens are letters and digits, so nothing typed is an operator."""
    return " OR ".join(
        f"({{{reading.kind}{'' if titles_alone else f' keyword_{reading.kind}'}}} : ({words}))"
        for reading in found
        for words in _alternatives(reading)
    )


def _alternatives(reading: Reading) -> list[str]:
    end = " *" if reading.is_open else ""
    alternatives = [quoted(reading.phrase) + end]
    if reading.may_part:
        alternatives.append(" AND ".join(map(quoted, reading.words)) + end)
    return alternatives
