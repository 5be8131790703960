"""One way of writing text, for index and query, for both engines.

`fold` keeps the length: a character for a character, so that a place in folded text is the same place in the
original. `tokens` cuts folded text: one token a Han character, a Latin word by its stem, a number, a Tibetan
syllable. Both are applied to what is indexed and to what is asked.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

import snowballstemmer

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af\u3007"
_TIBETAN = r"\u0f20-\u0f33\u0f35\u0f37\u0f39\u0f3e-\u0f84\u0f86-\u0fbc"
_TOKEN = re.compile(rf"[{_HAN}]|[0-9]+|[a-z]+|[{_TIBETAN}]+|[^\W_0-9a-z{_HAN}{_TIBETAN}]+")
_HAN_CHARACTER = re.compile(rf"[{_HAN}]")
_DOCUMENT_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,12})\s*(?:[〔\[【(（〈《{]\s*)?((?:19|20)\d{2})\s*(?:[〕\]】)）〉》}]\s*)?年?\s*"
    r"(?:[-第\s]*)(\d{1,5})\s*号?"
)
_WHOLE_NUMBER = re.compile(rf"\s*{_DOCUMENT_NUMBER.pattern}\s*")
SPACE = " "


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Traditional character -> the simplified one that it usually becomes (OpenCC's table)."""
    table: dict[int, str] = {}
    text = resources.files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        traditional, _tab, simplified = line.partition("\t")
        first = simplified.split(" ")[0]
        if len(traditional) == 1 and len(first) == 1:
            table[ord(traditional)] = first
    return table


class _Folding(dict):
    """Character -> character, found out once for each: width, case, accent, script."""

    def __init__(self, *, lower: bool) -> None:
        super().__init__()
        self._lower = lower

    def __missing__(self, code: int) -> str:
        folded = self._fold(chr(code))
        self[code] = folded
        return folded

    def _fold(self, character: str) -> str:
        category = unicodedata.category(character)
        if category in ("Cc", "Cf", "Cs", "Co", "Cn"):
            return character if character in "\n\t\f" else SPACE
        if character == "\u0f0c":
            return "\u0f0b"
        compatible = unicodedata.normalize("NFKC", character)
        if len(compatible) == 1:
            character = compatible
            base = unicodedata.normalize("NFKD", character)[0]
            if self._lower and base.isascii():
                character = base
        if self._lower:
            lowered = character.lower()
            character = lowered if len(lowered) == 1 else character
        return _simplified().get(ord(character), character)


_folded = _Folding(lower=True)
_simplified_width = _Folding(lower=False)


def fold(text: str) -> str:
    """The text in lower case, half width, simplified script and without accents; of the same length."""
    return text.translate(_folded)


def simplify(text: str) -> str:
    """The text in half width and simplified script, its case kept; of the same length."""
    return text.translate(_simplified_width)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of an English word in lower case."""
    return snowballstemmer.stemmer("english").stemWord(word)


def tokens(text: str) -> list[str]:
    """The tokens of the text in order."""
    return [token for token, _start, _end in placed_tokens(text)]


def placed_tokens(text: str) -> list[tuple[str, int, int]]:
    """The tokens of the text in order, each with where it begins and ends."""
    return [(_as_token(found.group()), *found.span()) for found in _TOKEN.finditer(fold(text))]


def _as_token(found: str) -> str:
    return stem(found) if found.isascii() and found.isalpha() else found


def written_tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Each token as it is written, not as its stem, with its place in the text."""
    return ((match[0], *match.span()) for match in _TOKEN.finditer(fold(text)))


def squeezed(text: str) -> str:
    """The text folded and without anything between its tokens: what a substring is looked for in."""
    return "".join(_TOKEN.findall(fold(text)))


def unspaced(text: str) -> str:
    """The text folded and without spaces; its signs stay, by which two names may be told apart."""
    return "".join(fold(text).split())


def is_han(token: str) -> bool:
    return len(token) == 1 and _HAN_CHARACTER.match(token) is not None


def exact_key(text: str) -> str:
    """The text without spaces and punctuation: what two writings of one title have in common."""
    return SPACE.join(tokens(text))


def document_number_key(text: str) -> str:
    """A document number in one form, `甘安监-2007-138`, from any of its writings; empty if the text is none.

    甘安监〔2007〕138号, 甘安监[2007]138号, 甘安监(2007)138, full-width digits and brackets, with spaces, with 第.
    """
    match = _WHOLE_NUMBER.fullmatch(fold(text))
    return _key(match) if match else ""


def document_number_keys(text: str) -> list[str]:
    """Every document number that stands in the text, in one form each."""
    return [_key(match) for match in _DOCUMENT_NUMBER.finditer(fold(text))]


def _key(match: re.Match[str]) -> str:
    organ, year, serial = match.groups()
    return f"{organ}-{year}-{int(serial)}"
