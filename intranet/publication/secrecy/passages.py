"""Where passages stand in a text, whatever markup, entity, space or width is put between their characters."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

TAG = re.compile(r"""<!--.*?-->|</?[a-zA-Z](?:"[^"]*"|'[^']*'|[^'">])*>""", re.DOTALL)
_TOKEN = re.compile(rf"(?P<tag>{TAG.pattern})|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?|.", re.DOTALL)
_TOLD_BY_A_TAG = re.compile(r"""\s(?:href|alt|title)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_SELECTOR = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_NOTHING_TO_READ = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})

Signs = Iterator[tuple[str, int, int]]
"""What stands in a text, each with where it begins and ends in the source."""


@lru_cache(maxsize=50_000)
def _folded(sign: str) -> str:
    """Half width, and nothing where there is nothing to read: a space, a break, what joins or selects signs."""
    if unicodedata.category(sign) in _NOTHING_TO_READ or _SELECTOR.match(sign):
        return ""
    return "".join(each for each in unicodedata.normalize("NFKD", sign) if unicodedata.category(each) != "Zs")


def folded(text: str) -> str:
    """The text as it is compared: in half width, without anything between its words."""
    return "".join(map(_folded, text))


def signs_of(text: str) -> Signs:
    """The signs of a text without markup."""
    return ((sign, place, place + 1) for place, sign in enumerate(text))


def signs_of_html(html: str) -> Signs:
    """The signs that a reader of the rich text sees; one that was written as an entity is where the entity is."""
    for found in _TOKEN.finditer(html):
        if found["tag"] is not None:
            continue
        read = unescape(found[0])
        if read == found[0]:
            yield from ((sign, found.start() + at, found.start() + at + 1) for at, sign in enumerate(read))
        else:
            yield from ((sign, *found.span()) for sign in read)


def plain(html: str) -> str:
    """What a reader of the rich text sees, folded."""
    return "".join(_folded(sign) for sign, _start, _end in signs_of_html(html))


def told_by_tags(html: str) -> Iterator[str]:
    """What the tags of the rich text tell besides: addresses and alternative texts."""
    for tag in TAG.findall(html):
        yield from (_value(quoted) for quoted in _TOLD_BY_A_TAG.findall(tag))


def _value(quoted: str) -> str:
    return unquote(unescape(quoted[1:-1]))


class Passages:
    """Passages that are left out, and how often each was found."""

    def __init__(self, passages: Sequence[str], mark: str) -> None:
        self.times: dict[str, int] = dict.fromkeys(passages, 0)
        self.mark = mark
        self._needles: Mapping[str, str] = {passage: letters for passage in passages if (letters := folded(passage))}

    def stand_in(self, text: str) -> list[str]:
        """Those that a reader finds in the text, be it read as it is or as rich text; marks are none of it."""
        readings = [read for part in text.split(self.mark) for read in (folded(part), plain(part))]
        readings += map(folded, told_by_tags(text))
        return [passage for passage, needle in self._needles.items() if any(needle in read for read in readings)]

    def stand_in_file(self, text: str) -> list[str]:
        """Those that stand in the text that was read in a file."""
        letters = folded(text)
        return [passage for passage, needle in self._needles.items() if needle in letters]

    def without(self, text: str) -> str:
        """The text without them, a mark for each run. Markup in it is text to its readers, and hides no passage."""
        return self._in_each_part(text, self._without_in_text)

    def without_in_html(self, html: str) -> str:
        """The rich text without them: tags stay, also those within a passage; what a tag tells of one goes."""
        return TAG.sub(self._tag_without, self._in_each_part(html, self._without_in_markup))

    def _in_each_part(self, text: str, without: Callable[[str], str]) -> str:
        """What was left out before is marked already, and stays so."""
        return self.mark.join(map(without, text.split(self.mark)))

    def _without_in_text(self, text: str) -> str:
        once = self._without(text, signs_of, lambda source: "")
        return self._in_each_part(once, self._without_in_markup) if "<" in once or "&" in once else once

    def _without_in_markup(self, html: str) -> str:
        return self._without(html, signs_of_html, lambda source: "".join(TAG.findall(source)))

    def without_in_number(self, number: str) -> str:
        """A number, or a mark in its place where a passage stands in it, with or without its grouping."""
        for passage, needle in self._needles.items():
            if needle.replace(",", "") in number:
                self.times[passage] += 1
                return self.mark
        return number

    def _without(self, source: str, read: Callable[[str], Signs], kept: Callable[[str], str]) -> str:
        letters = [(letter, start, end) for sign, start, end in read(source) for letter in _folded(sign)]
        told = "".join(letter for letter, _start, _end in letters)
        is_hit = bytearray(len(letters))
        for passage, needle in self._needles.items():
            place = told.find(needle)
            while place >= 0:
                self.times[passage] += 1
                is_hit[place : place + len(needle)] = b"\1" * len(needle)
                place = told.find(needle, place + 1)
        parts, done = [], 0
        for first, last in _runs(is_hit):
            start, end = letters[first][1], letters[last][2]
            parts += [source[done:start], self.mark, kept(source[start:end])]
            done = max(done, end)
        return "".join([*parts, source[done:]])

    def _tag_without(self, tag: re.Match[str]) -> str:
        return _TOLD_BY_A_TAG.sub(self._told_without, tag[0])

    def _told_without(self, told: re.Match[str]) -> str:
        letters = folded(_value(told[1]))
        found = [passage for passage, needle in self._needles.items() if needle in letters]
        for passage in found:
            self.times[passage] += 1
        return "" if found else told[0]


def _runs(is_hit: bytearray) -> Iterator[tuple[int, int]]:
    """The first and the last place of each run of hits."""
    edges = [place for place, (one, other) in enumerate(pairwise(b"\0" + is_hit + b"\0")) if one != other]
    return ((first, after - 1) for first, after in zip(edges[::2], edges[1::2], strict=True))
