"""Chinese by its sound: how a title reads, and what letters that somebody typed may stand for.

A title's tokens are its syllables without tones, as pypinyin reads whole words (重庆 is chong qing); numbers and
Latin words stand as they are. Letters are cut into syllables in every way that there is, the fewest syllables first;
letters that are no syllables are the initials of some.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from pypinyin import lazy_pinyin

from search.normalisation import fold, is_han, simplify, written_tokens

MOST_WAYS = 8
"""Ways of cutting a word that are tried; xiangan has four, and a title of twenty syllables few more that are likely."""
LEAST = 2
"""Letters that are worth reading: one alone begins a third of all titles."""
LONGEST_SYLLABLE = 6
_UMLAUT = str.maketrans(dict.fromkeys("üǖǘǚǜÜǕǗǙǛ", "v") | dict.fromkeys("’‘`", "'"))
_TYPED = re.compile(r"[a-z0-9' ]+")
_PIECE = re.compile(r"[a-z]+|[0-9]+")
_PIECE_OF_INITIALS = re.compile(r"[a-z]|[0-9]+")
NEVER_INITIAL = frozenset("iuv")
"""Letters with which no syllable begins; so no English word that has one of them is taken for initials."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A token of a title by its sound, with its place in the title."""

    syllable: str
    initial: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed: the tokens of each word, as `syllables` or as `initials`."""

    kind: str
    words: tuple[tuple[str, ...], ...]
    is_open: bool = False
    """The last syllable may be the beginning of one: who types is not done."""

    @property
    def phrase(self) -> tuple[str, ...]:
        return sum(self.words, ())

    @property
    def may_part(self) -> bool:
        """Whether its words may stand apart in a title: a lone syllable says nothing."""
        return len(self.words) > 1 and all(len(word) > 1 for word in self.words)


@lru_cache(maxsize=20_000)
def sounds(text: str) -> tuple[Sound, ...]:
    """How the text reads; nothing where it holds no Han character."""
    found = list(written_tokens(text))
    if not any(is_han(token) for token, _start, _end in found):
        return ()
    text, heard, run = simplify(text), [], []
    for token, start, end in [*found, ("", len(text), len(text))]:
        if run and (not is_han(token) or start != run[-1][1]):
            heard += _of_run(text, run)
            run = []
        if is_han(token):
            run.append((start, end))
        elif token:
            heard.append(Sound(token, token, start, end))
    return tuple(heard)


def _of_run(text: str, run: list[tuple[int, int]]) -> Iterator[Sound]:
    """The sounds of characters that stand side by side, by which their words are known."""
    read = lazy_pinyin(text[run[0][0] : run[-1][1]], errors=list)  # type: ignore[arg-type]
    return (Sound(one, one[0], start, end) for one, (start, end) in zip(read, run, strict=True))


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    """Every syllable that a character of everyday Chinese (GB 2312) has."""
    characters = (bytes((high, low)).decode("gb2312", "ignore") for high in range(176, 248) for low in range(161, 255))
    read = {one for character in characters for one in lazy_pinyin(character)}
    return frozenset(one for one in read if re.fullmatch(r"(?!o$)[a-z]*[aeiouv][a-z]*", one))


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(one[:length] for one in _syllables() for length in range(1, len(one)))


@lru_cache(maxsize=4096)
def ways(letters: str, *, is_open: bool = False) -> tuple[tuple[str, ...], ...]:
    """The ways to cut the letters into syllables, the fewest first.

    Where they are open and whole in no way, the last one is the beginning of a syllable.
    """
    known = _syllables()
    from_here: list[list[tuple[str, ...]]] = [[] for _letter in letters] + [[()]]
    for start in range(len(letters) - 1, -1, -1):
        found = [
            (letters[start:end], *rest)
            for end in range(min(len(letters), start + LONGEST_SYLLABLE), start, -1)
            if letters[start:end] in known
            for rest in from_here[end]
        ]
        if is_open and not found and letters[start:] in _beginnings():
            found.append((letters[start:],))
        from_here[start] = sorted(found, key=len)[:MOST_WAYS]
    whole = [way for way in from_here[0] if way[-1] in known]
    return tuple(whole or from_here[0])


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[Reading, ...]:
    """What typed letters may stand for, the likeliest first; nothing where they are no pinyin."""
    typed = fold(text.translate(_UMLAUT))
    letters = re.sub(r"[^a-z]", "", typed)
    if len(letters) < LEAST or not _TYPED.fullmatch(typed):
        return ()
    words = [_PIECE.findall(word) for word in typed.split() if _PIECE.search(word)]
    last = len(words) - 1
    cut = [
        list(product(*(_ways_of(piece, place == last and piece is word[-1]) for piece in word)))[:MOST_WAYS]
        for place, word in enumerate(words)
    ]
    spelled = [Reading("syllables", tuple(sum(way, ()) for way in some), is_open=True) for some in product(*cut)]
    spelled = sorted(spelled, key=lambda reading: len(reading.phrase))[:MOST_WAYS]
    if any(_is_whole(reading) for reading in spelled) or set(letters) & NEVER_INITIAL:
        return tuple(spelled)
    initials = (_PIECE_OF_INITIALS.findall(" ".join(word)) for word in words)
    return (*spelled, Reading("initials", tuple(map(tuple, initials))))


def _ways_of(piece: str, is_open: bool) -> tuple[tuple[str, ...], ...]:
    return ways(piece, is_open=is_open) if piece.isalpha() else ((piece,),)


def _is_whole(reading: Reading) -> bool:
    last = reading.phrase[-1]
    return last in _syllables() or last.isdigit()


def homophones(text: str) -> tuple[Reading, ...]:
    """What sounds like this Chinese text; nothing for text that is not Han alone."""
    heard = sounds(text)
    if len(heard) < LEAST or len(heard) != len(text):
        return ()
    return (Reading("syllables", (tuple(sound.syllable for sound in heard),)),)


def place(text: str, found: Sequence[Reading]) -> tuple[int, int] | None:
    """Where in the text what was read stands, a whole syllable before a beginning; None where it does not."""
    spans = (_span(text, reading, reading.phrase) for reading in found)
    return next((span for span in spans if span), None)


def heard_in(texts: Sequence[str], found: Sequence[Reading]) -> str:
    """What was typed as the texts write it: 许可证 of xukezheng, 许可证 延期 where words stand apart; or empty."""
    for reading in found:
        for phrases in ([reading.phrase], reading.words if reading.may_part else []):
            pieces = [_piece(texts, reading, phrase) for phrase in phrases]
            if pieces and all(pieces):
                return " ".join(pieces)
    return ""


def _piece(texts: Sequence[str], reading: Reading, phrase: tuple[str, ...]) -> str:
    found = ((text, _span(text, reading, phrase)) for text in texts)
    return next((text[slice(*span)] for text, span in found if span), "")


def _span(text: str, reading: Reading, phrase: tuple[str, ...]) -> tuple[int, int] | None:
    heard = sounds(text)
    tokens = [sound.syllable if reading.kind == "syllables" else sound.initial for sound in heard]
    for is_open in (False, True) if reading.is_open else (False,):
        for first in range(len(tokens) - len(phrase) + 1):
            if _agree(tokens[first : first + len(phrase)], phrase, is_open=is_open):
                return heard[first].start, heard[first + len(phrase) - 1].end
    return None


def _agree(tokens: list[str], phrase: tuple[str, ...], *, is_open: bool) -> bool:
    if tuple(tokens[:-1]) != phrase[:-1]:
        return False
    return tokens[-1].startswith(phrase[-1]) if is_open else tokens[-1] == phrase[-1]
