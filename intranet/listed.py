"""Names, numbers or words in a row, as the reader's language puts them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext


def listed(things: Iterable[Any]) -> str:
    """The things in words, one after the other: “a, b” in English, “a、b” in Chinese."""
    return pgettext("between words", ", ").join(map(str, things))
