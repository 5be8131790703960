"""Vague words in a service item's texts are refused, with the place shown."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.disclosure.vague_places import vague_places


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
