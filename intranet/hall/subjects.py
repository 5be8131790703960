"""When two subjects of applications are the same site or equipment, however they are written."""

import re
import unicodedata

from search.normalisation import unspaced

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[^\w\s]+(?=\d)")


def subject_key(subject: str) -> str:
    """The subject in half width, lower case and simplified script, without spaces and punctuation.

    Spaces never tell two subjects apart. A sign between two digits does (1-2号 is not 12号), whichever it is.
    """
    text = unspaced(unicodedata.normalize("NFKC", subject))
    text = _BETWEEN_DIGITS.sub("\N{HYPHEN-MINUS}", text)
    kept = (each for place, each in enumerate(text) if _tells_apart(text, place))
    return "".join(kept)


def _tells_apart(text: str, place: int) -> bool:
    """Letters, their marks (Tibetan vowels are marks) and digits; of signs only those between two digits."""
    if unicodedata.category(text[place])[0] in "LMN":
        return True
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return text[place] == "-" and len(around) == 2 and around.isdecimal()
