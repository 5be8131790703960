"""Excerpts of original text with what was asked for marked, for engines that keep no excerpts themselves."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.html import escape

from search.normalisation import fold, is_han
from search.query import Part

FRAGMENT = 90
"""Characters of an excerpt: two lines of a result on a wide screen, four on a phone."""
FRAGMENTS = 2
WINDOW = 200_000
"""Characters of a text that are looked through; a longer one is found all the same, only not excerpted further."""
_BETWEEN = r"[^\w]{0,3}"


def patterns(parts: Sequence[Part], words: Sequence[Part] = ()) -> list[re.Pattern[str]]:
    """What to mark, the longest first: whole parts, then words in them and their pairs of characters."""
    whole, pairs = [], [_pattern(word.tokens) for word in sorted(words, key=lambda word: -len(word.tokens))]
    for part in sorted(parts, key=lambda part: -len(part.tokens)):
        whole.append(_pattern(part.tokens))
        if part.is_han and not part.is_phrase and len(part.tokens) > 2:
            pairs += [_pattern(part.tokens[i : i + 2]) for i in range(len(part.tokens) - 1)]
    return [re.compile("|".join(some)) for some in (whole, pairs) if some]


def _pattern(tokens: Sequence[str]) -> str:
    written = [re.escape(token) if is_han(token) else rf"\b{re.escape(token)}\w*" for token in tokens]
    return _BETWEEN.join(written)


def excerpts(text: str, found: Sequence[re.Pattern[str]]) -> list[str]:
    """Up to `FRAGMENTS` excerpts of the text with matches marked, as HTML; none where nothing matches."""
    text = text[:WINDOW]
    folded = fold(text)
    for pattern in found:
        if spans := [match.span() for match in pattern.finditer(folded)][:200]:
            return [_fragment(text, start, spans) for start in _starts(spans)]
    return []


def marked(text: str, found: Sequence[re.Pattern[str]]) -> str:
    """The whole text with matches marked, as HTML; empty where nothing matches."""
    folded = fold(text)
    for pattern in found:
        if spans := [match.span() for match in pattern.finditer(folded)]:
            return _mark(text, 0, len(text), spans)
    return ""


def _starts(spans: list[tuple[int, int]]) -> list[int]:
    """Where the fragments begin that hold the most matches, in the order of the text."""
    scored: list[tuple[int, int]] = []
    for start, _end in spans:
        inside = sum(start <= other[0] < start + FRAGMENT for other in spans)
        scored.append((-inside, start))
    chosen: list[int] = []
    for _score, start in sorted(scored):
        if all(abs(start - other) >= FRAGMENT for other in chosen):
            chosen.append(start)
        if len(chosen) == FRAGMENTS:
            break
    return sorted(chosen)


LEAD = 15
"""Characters shown before the first match, where they do not cut a word or a syllable."""


def _fragment(text: str, start: int, spans: list[tuple[int, int]]) -> str:
    first = max(0, start - LEAD)
    while 0 < first < start and (_cuts_a_word(text, first) or _only_parts(text[first])):
        first += 1
    last = min(len(text), first + FRAGMENT)
    while last > first + FRAGMENT // 2 and _cuts_a_word(text, last):
        last -= 1
    html = _mark(text, first, last, spans)
    return f"{'…' if first else ''}{html}{'…' if last < len(text) else ''}"


def _cuts_a_word(text: str, place: int) -> bool:
    """Whether a cut before this character would part a word, a number or a Tibetan syllable."""
    return 0 < place < len(text) and _joins(text[place - 1]) and _joins(text[place])


def _only_parts(character: str) -> bool:
    """Whether the character stands between words and begins none: a space, a comma, a tsheg."""
    return unicodedata.category(character) in ("Zs", "Cc", "Po")


def _joins(character: str) -> bool:
    return not is_han(character) and unicodedata.category(character)[0] in "LMN"


def _mark(text: str, first: int, last: int, spans: list[tuple[int, int]]) -> str:
    pieces, position = [], first
    for start, end in spans:
        if start < position or end > last:
            continue
        pieces += [escape(text[position:start]), "<mark>", escape(text[start:end]), "</mark>"]
        position = end
    pieces.append(escape(text[position:last]))
    return "".join(pieces).replace("\n", " ").replace("\f", " ")
