"""What typed letters stand for: the words of readable titles and keywords that sound so."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from search.engines.base import Hit, Title
from search.nearness import nearest
from search.normalisation import fold
from search.pinyin import Reading, heard_in, homophones, readings
from search.query import SearchQuery

MOST_TEXTS = 3
"""Writings of one sound that are looked for: jiancha is 检查, 监察 and 检察."""
LONGEST = 60
SOUNDING = 50
"""Things by which is told what letters stand for, those with short titles first."""
_MARK = re.compile(r"</?mark>")

Ask = Callable[[Sequence[Reading]], list[tuple[str, Sequence[str]]]]
"""An engine's answer to readings: key, and title with keywords, of the readable things that sound so, best first."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was typed in letters, in the writings that were found of it."""

    texts: tuple[Title, ...]
    is_whole: bool = True
    """All of it was heard in one thing; else each word by itself, and a word that nobody has stays as it was typed."""

    def asked(self, query: SearchQuery) -> list[SearchQuery]:
        """The query with what was heard in the place of what was typed."""
        return [replace(query, text=title.text, expansion=None) for title in self.texts]

    def marked(self, query: SearchQuery) -> SearchQuery:
        """The query with all that was heard, by which a found text is marked."""
        return replace(query, text=" ".join(title.text for title in self.texts), expansion=None)


def hear(query: SearchQuery, ask: Ask) -> Heard | None:
    """What the query's letters stand for; None where nothing readable sounds so."""
    if not query.readings:
        return None
    if texts := _heard(ask, query.readings):
        return Heard(tuple(texts[:MOST_TEXTS]))
    words = query.text.split()
    if not query.readings[0].may_part:
        return None
    by_word = [next(iter(_heard(ask, readings(word))), Title("", word)) for word in words]
    key = next((title.key for title in by_word if title.key), "")
    return Heard((Title(key, " ".join(title.text for title in by_word)),), is_whole=False) if key else None


def written_so(text: str, ask: Ask) -> Title | None:
    """What Chinese text with a character of the same sound was probably meant to be: 许可证 for 许克证.

    The most alike in writing; None where nothing readable sounds so, or where it is written so somewhere.
    """
    heard = _heard(ask, homophones(text)) if len(text) <= LONGEST else []
    if any(fold(title.text) == fold(text) for title in heard):
        return None
    return max(heard, key=lambda title: len(set(title.text) & set(text)), default=None)


def meant(
    query: SearchQuery, hits: Sequence[Hit], ask: Ask, likely: Callable[[], Sequence[Title]], *, is_found: bool
) -> Title | None:
    """What was probably meant by a query: what is readable and sounds the same, else the readable title a slip away.

    `is_found`: these hits have the query, unrelaxed; then only a sound that was written with another character is
    looked for, and only where none of them has it as it was typed. `likely` are titles to compare with.
    """
    if not query.asks_for_text or len(query.text) > LONGEST or (is_found and not _may_be_a_slip(query, hits)):
        return None
    if same := written_so(query.text, ask):
        return same
    return None if is_found else nearest(query.text, likely())


def _may_be_a_slip(query: SearchQuery, hits: Sequence[Hit]) -> bool:
    """Whether a long run of characters was found in parts alone, and one of its characters in none of them.

    A character that was mistyped stands beside neither of its neighbours in what was found. Where two words were typed
    together that are found apart, each character still has a neighbour, and nothing more is asked.
    """
    runs = ["".join(part.tokens) for part in query.parts if part.is_han and not part.is_phrase]
    if not runs:
        return False
    shown = fold(_MARK.sub("", "\n".join(html for hit in hits for some in hit.highlights.values() for html in some)))
    return any(not _stands_by_a_neighbour(run, place, shown) for run in runs for place in range(len(run)))


def _stands_by_a_neighbour(run: str, place: int, shown: str) -> bool:
    """Whether the run's character there is in the text together with the one before or the one after it."""
    return any(run[begin : begin + 2] in shown for begin in (place - 1, place) if 0 <= begin < len(run) - 1)


def _heard(ask: Ask, found: Sequence[Reading]) -> list[Title]:
    """The writings of what was read, the most frequent first."""
    by_text: dict[str, tuple[int, Title]] = {}
    for key, texts in ask(found) if found else []:
        if text := heard_in(texts, found):
            count, title = by_text.get(fold(text), (0, Title(key, text)))
            by_text[fold(text)] = (count + 1, title)
    return [title for _count, title in sorted(by_text.values(), key=lambda pair: -pair[0])]
