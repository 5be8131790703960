"""Words in an item's texts that leave open what to bring or who may come; they are refused with the place shown.

Source: Regulations on Optimising the Business Environment (2020), article 37: no catch-all terms in service guides.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

VAGUE = re.compile(
    r"其他|其它|有关|相关"
    r"|(?<![平同相初中高上对不劣优何均])等(?![级效待于同值额离距号])"
    r"|\bother relevant\b|\brelevant (?:documents|materials|papers)\b|\betc\b|\band so on\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"《[^《》]*》")
"""The name of a law, which is as it is."""
AROUND = 8


def vague_places(text: str) -> list[str]:
    """Each vague word with what stands around it, in the order of the text."""
    bare = _TITLE.sub(lambda found: " " * len(found[0]), text)
    return [_around(text, *found.span()) for found in VAGUE.finditer(bare)]


def refuse_vague_words(**texts: str) -> None:
    """Raise `ValidationError` for the fields, by name, whose text holds a vague word."""
    words = _("Say exactly what is meant instead of: %(places)s.")
    faults = {
        name: words % {"places": "; ".join(f"“{place}”" for place in places)}
        for name, text in texts.items()
        if (places := vague_places(text))
    }
    if faults:
        raise ValidationError(faults)


def _around(text: str, start: int, end: int) -> str:
    before = "…" if start > AROUND else ""
    after = "…" if end + AROUND < len(text) else ""
    return f"{before}{text[max(0, start - AROUND) : end + AROUND]}{after}"
