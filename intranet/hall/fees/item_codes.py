"""Codes of service items as people type them into a fee: which ones they are, and which nobody has."""

import re
import unicodedata

from intranet.disclosure.particulars.form import Row

_BETWEEN = re.compile(r"[,、;/|+&。.·\s]+|以及|和|及|与|或|至")
_NO_CODES = frozenset({"AND", "OR", "无", "没有", "NONE"})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def items_of(row: Row) -> list[str]:
    """The codes of the service items for which a standard is charged."""
    return codes_in(str(row.get("service_items") or ""))


def codes_in(typed: str) -> list[str]:
    """The codes in the text, in order: in half width and capitals, whatever stands between them."""
    folded = unicodedata.normalize("NFKC", typed).translate(_DASHES).upper()
    words = [word for word in _BETWEEN.split(folded) if any(map(str.isalnum, word))]
    return [word for word in words if word not in _NO_CODES]
