"""Words that leave open what to bring or who may come: in the texts of service items and guides they are refused.

Source: Regulations on Optimising the Business Environment (2020), article 37: no catch-all terms in service guides.
"""

import re

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


def _around(text: str, start: int, end: int) -> str:
    before = "…" if start > AROUND else ""
    after = "…" if end + AROUND < len(text) else ""
    return f"{before}{text[max(0, start - AROUND) : end + AROUND]}{after}"
