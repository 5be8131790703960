"""Making text from documents fit to be searched and shown."""

import re
import unicodedata

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_MAY_END_WRAPPED_LINE = f"[{HAN}，、（《〈“‘〔【〕]"
_MAY_CONTINUE_WRAPPED_LINE = f"[{HAN}，、；：。）》〉”’〔〕】]"

_FAULTY = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad"  # control characters, soft hyphen
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width space, directions: they would split words
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"  # byte order mark, annotations, lone surrogates
)
_LINE_END = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
_WRAPPED_HAN = re.compile(f"(?<={_MAY_END_WRAPPED_LINE})\n(?={_MAY_CONTINUE_WRAPPED_LINE})")
_WRAPPED_LONG_HAN = re.compile(f"(?<=[^\n]{{20}}{_MAY_END_WRAPPED_LINE})\n(?={_MAY_CONTINUE_WRAPPED_LINE})")
_WRAPPED_NUMBER = re.compile("(?:(?<=〕)|(?<=[0-9]-))\n(?=[0-9０-９])")
_WRAPPED_TIBETAN = re.compile("(?<=[\u0f0b\u0f0c])\n(?=[\u0f40-\u0fbc])")
_WRAPPED_ON_A_PAGE = (_WRAPPED_HAN, _WRAPPED_NUMBER, _WRAPPED_TIBETAN)
_WRAPPED_IN_A_TEXT = (_WRAPPED_LONG_HAN, _WRAPPED_TIBETAN)
_BLANK_OF_ANY_KIND = re.compile(r"\s+")
_IS_HAN = re.compile(f"[{HAN}]")
_LETTER_SPACED_HAN = re.compile(f"(?<!\\S)[{HAN}](?: [{HAN}])+(?!\\S)")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n[ \n]+")

# Fonts of office programs often map a Han character to the look-alike radical, and "fi" to its ligature.
_LOOK_ALIKES = {
    point: plain
    for first, last in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFB00, 0xFB06), (0x2F800, 0x2FA1F))
    for point in range(first, last + 1)
    if (plain := unicodedata.normalize("NFKC", chr(point))) != chr(point)
}


def tidy(text: str, *, lines_are_wrapped: bool = False) -> str:
    """The text without control characters, needless blanks and line breaks inside a Chinese sentence.

    Form feeds divide pages and all stay, whatever is on the pages. With `lines_are_wrapped` (a printed page)
    a line break between two Han characters is always closed; otherwise only after a long line, because a
    short one is more likely a heading or an item of a list. A line that begins with a blank begins a
    paragraph. Han characters spaced out one by one are closed up (总 则), and look-alikes made plain.
    """
    return "\f".join(_tidy_page(page, lines_are_wrapped=lines_are_wrapped) for page in text.split("\f"))


def fold_source_lines(text: str) -> str:
    """Text of a markup language, where a line break means a blank, and nothing between two Han characters."""
    if "\n" not in text:
        return text
    return _BLANK_OF_ANY_KIND.sub(_folded, text)


def _folded(blank: re.Match[str]) -> str:
    if "\n" not in blank[0]:
        return blank[0]
    before = blank.string[max(0, blank.start() - 1) : blank.start()]
    after = blank.string[blank.end() : blank.end() + 1]
    return "" if _IS_HAN.match(before) and _IS_HAN.match(after) else " "


def _tidy_page(page: str, *, lines_are_wrapped: bool) -> str:
    text = _LINE_END.sub("\n", page).translate(_LOOK_ALIKES)
    text = _BLANKS.sub(" ", _FAULTY.sub("", text)).replace(" \n", "\n")
    wraps = _WRAPPED_ON_A_PAGE if lines_are_wrapped else _WRAPPED_IN_A_TEXT
    for wrap in wraps:
        text = wrap.sub("", text)
    text = _EMPTY_LINES.sub("\n", text).strip()
    return _LETTER_SPACED_HAN.sub(lambda spaced: spaced[0].replace(" ", ""), text)
