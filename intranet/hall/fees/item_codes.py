"""Codes of service items as people type them into a fee: which ones they are, and which nobody has."""

import re
import unicodedata

_BETWEEN = re.compile(r"[,、;/|+&\s]+|和|及|与|\bAND\b")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def codes_in(typed: str) -> list[str]:
    """The codes in the text, in order: in half width and capitals, whatever stands between them."""
    folded = unicodedata.normalize("NFKC", typed).translate(_DASHES).upper()
    return [code for code in _BETWEEN.split(folded) if code]
