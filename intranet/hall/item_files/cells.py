"""What may stand in a cell, and how it is written. Each reading raises `ValidationError` in words for who filled it in.

Words are understood in every language of the interface; whoever writes a file writes the reader's.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from intranet.disclosure.particulars.numbers import parse_number
from intranet.listed import listed
from search.normalisation import fold

_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
BETWEEN = " | "
YES, NO = gettext_lazy("Yes"), gettext_lazy("No")


def in_every_language(label: Any) -> list[str]:
    """The label in each language of the interface."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append(str(label))
    return found


def text_in(text: str) -> str:
    return text


def number_in(text: str) -> int:
    """A whole number; one with a comma is refused, as it means thousands to some and the point to others."""
    return int(parse_number(text, places=0))


def day_in(text: str) -> date:
    """A day as ISO writes it, or with strokes or the Chinese signs between year, month and day."""
    found = _DAY.fullmatch(text.replace(" ", ""))
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise ValidationError(_("“%(typed)s” is no day: write it like 2026-01-31.") % {"typed": text[:40]})


def choice_in(choices: type[TextChoices]) -> Callable[[str], str]:
    """The choice that a word means: its code, or its name in any language."""

    def read(text: str) -> str:
        if value := _words_of(choices).get(fold(text)):
            return value
        names = listed(choice.label for choice in choices)
        raise ValidationError(_("“%(typed)s” is none of: %(names)s.") % {"typed": text[:40], "names": names})

    return read


def yes_in(text: str) -> bool:
    """Yes or no."""
    for answer, label in ((True, YES), (False, NO)):
        if fold(text) in [fold(word) for word in in_every_language(label)]:
            return answer
    raise ValidationError(_("“%(typed)s” is neither yes nor no.") % {"typed": text[:40]})


@cache
def _words_of(choices: type[TextChoices]) -> dict[str, str]:
    named = {fold(word): choice.value for choice in choices for word in in_every_language(choice.label)}
    return named | {fold(choice.value): choice.value for choice in choices}


def places_in(line: str, most: int) -> list[str]:
    """What stands between the strokes of a line, `most` places, the last ones empty where they are missing.

    A stroke that is part of a text has a backslash before it.
    """
    places = [""]
    characters = iter(line)
    for character in characters:
        if character == "\\":
            places[-1] += next(characters, "\\")
        elif character in "|｜":
            places.append("")
        else:
            places[-1] += character
    if len(places) > most:
        told = {"most": most, "count": len(places)}
        raise ValidationError(_("%(count)d places stand between the strokes; there are %(most)d at the most.") % told)
    return [place.strip() for place in places] + [""] * (most - len(places))


def line_of(places: Iterable[Any]) -> str:
    """A line with these places, the empty ones at its end left out."""
    written = [re.sub(r"([\\|｜])", r"\\\1", str(place)) for place in places]
    while len(written) > 1 and not written[-1]:
        written.pop()
    return BETWEEN.join(written)


def written(value: Any) -> str:
    """A value as a cell has it."""
    match value:
        case None:
            return ""
        case bool():
            return str(YES if value else NO)
        case date():
            return value.isoformat()
        case _:
            return tidy(str(value))


def tidy(text: str) -> str:
    """The text with one kind of line end, and without space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def heading_of(label: Any) -> str:
    return capfirst(str(label))
