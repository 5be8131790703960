"""Document numbers as somebody begins to type them: by characters, by pinyin or by initials."""

import re

from search.normalisation import document_number_key, unspaced
from search.pinyin import sounds

_BEGUN = re.compile(
    r"(?P<organ>[\u4e00-\u9fff]{2,12}|[a-z]{2,40})"
    r"(?:[\W_]*(?P<year>[12][0-9]{0,3})(?P<close>[\W_年第]*)(?P<serial>[0-9]{0,5})号?)?[\W_]*"
)


def starts(number: str) -> tuple[str, ...]:
    """The forms of a document number of which a beginning can be typed; none where it is no number.

    甘安监〔2007〕138号 is `甘安监-2007-138`, `gananjian-2007-138` and `gaj-2007-138`.
    """
    key = document_number_key(number)
    organ, _hyphen, rest = key.partition("-")
    heard = sounds(organ)
    spelled = ("".join(sound.syllable for sound in heard), "".join(sound.initial for sound in heard))
    return tuple(f"{organ}-{rest}" for organ in dict.fromkeys((organ, *spelled)) if key and organ)


def start(typed: str) -> str:
    """What the form of a number begins with that is typed this far; empty where no number is being typed."""
    begun = _BEGUN.fullmatch(unspaced(typed))
    if not begun:
        return ""
    organ, year, close, serial = begun.group("organ", "year", "close", "serial")
    if not year:
        return organ
    return f"{organ}-{year}-{serial.lstrip('0')}" if len(year) == 4 and (close or serial) else f"{organ}-{year}"
