"""Which encoding a text file is in."""

import codecs
import re
from functools import cache

SAMPLE_BYTES = 64 * 2**10

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("gb18030", "utf-16-le", "utf-16-be", "big5")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x19\x1c-\x1f\x7f]")
_NOT_ASCII_TEXT = re.compile(r"[^\t\n\r\f\x1a\x1b -~]")
_WESTERN_PUNCTUATION = frozenset("‘’“”–—…•€£§°·«»©®")

# Text in the right encoding reaches 0.95 and more, in a wrong one 0.1 to 0.6.
_PLAUSIBLE = 0.7


def encoding_of(sample: bytes) -> str | None:
    """The encoding of a text that begins with `sample`, as a codec's name; None where it is no text.

    UTF-8 shows itself by its form, and a byte order mark is believed. The others are tried and judged by
    how much of what comes out is in common use, because any bytes are valid in some of them.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return encoding
    if _is_utf8(sample):
        return "utf-8"
    shares = {encoding: _common_share(_decoded(sample, encoding)) for encoding in _CANDIDATES}
    best = max(_CANDIDATES, key=lambda encoding: shares[encoding])
    if shares[best] >= _PLAUSIBLE:
        return best
    return "cp1252" if _is_western(_decoded(sample, "cp1252")) else None


def _decoded(sample: bytes, encoding: str) -> str:
    # Not final: the sample may end inside a character.
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample)


def _is_utf8(sample: bytes) -> bool:
    text = _decoded(sample, "utf-8")
    beyond_ascii = len(text) - sum(map(str.isascii, text)) if not text.isascii() else 0
    return "\0" not in text and _is_mostly_printable(text) and text.count("\ufffd") <= beyond_ascii * 0.02


def _is_western(text: str) -> bool:
    """Whether bytes read as Latin letters make words: an accented letter stands among plain ones."""
    beyond_ascii = [character for character in text if not character.isascii()]
    words = re.findall(r"[^\W\d_]+", text)
    accented = [word for word in words if not word.isascii()]
    odd = sum(not any(letter.isascii() for letter in word) and len(word) > 1 for word in accented)
    symbols = sum(not c.isalpha() and c not in _WESTERN_PUNCTUATION for c in beyond_ascii)
    return (
        "\0" not in text
        and _is_mostly_printable(text)
        and len(beyond_ascii) <= len(text) * 0.2
        and symbols + odd <= len(beyond_ascii) * 0.2
    )


def _is_mostly_printable(text: str) -> bool:
    return len(_CONTROL.findall(text)) <= len(text) * 0.005


def _common_share(text: str) -> float:
    """How much of the text that is not plain ASCII is in common use, from 0 to 1."""
    others = _NOT_ASCII_TEXT.findall(text)
    if not others:
        return 1.0
    common = _common_characters()
    return sum(character in common for character in others) / len(others)


@cache
def _common_characters() -> frozenset[str]:
    """What Chinese and Tibetan text is made of: levels one of GB 2312 and Big5, punctuation, Tibetan."""
    simplified = _double_bytes("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    symbols = _double_bytes("gb2312", range(0xA1, 0xA4), range(0xA1, 0xFF))
    traditional = _double_bytes("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    tibetan = map(chr, range(0x0F00, 0x0FDB))
    return frozenset("〔〕〖〗〇" + simplified + symbols + traditional) | frozenset(tibetan)


def _double_bytes(encoding: str, leads: range, trails: range | tuple[int, ...]) -> str:
    return b"".join(bytes((lead, trail)) for lead in leads for trail in trails).decode(encoding, "ignore")
