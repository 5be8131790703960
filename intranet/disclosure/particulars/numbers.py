"""Numbers as they are typed into a form and kept: exact, as many places as the column has, no grouping."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.blocks import FieldBlock

DIGITS = 12
"""Before the point; more than the bureau's budget will ever have."""
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)


def parse_number(text: str, *, places: int, most: Decimal | None = None) -> Decimal:
    """The number, with exactly this many places.

    Raises `ValidationError`, which quotes what was typed and says how to write it: nothing is guessed, as a comma
    means thousands to some and the point to others.
    """
    typed = text.strip()
    quoted = {"typed": typed[:40]}
    if any(comma in typed for comma in ",，"):
        raise ValidationError(_("“%(typed)s” holds a comma: write the number without, like 1234.50.") % quoted)
    if typed.startswith(("-", "−", "－")):
        raise ValidationError(_("“%(typed)s” is less than nothing.") % quoted)
    if not _NUMBER.fullmatch(typed):
        raise ValidationError(_("“%(typed)s” is not a number: write digits alone, like 1234.50.") % quoted)
    whole, _point, fraction = typed.partition(".")
    if len(fraction) > places:
        if not places:
            raise ValidationError(_("“%(typed)s” is not a whole number.") % quoted)
        told = {**quoted, "places": places}
        raise ValidationError(_("“%(typed)s” has more than %(places)s decimals.") % told)
    if len(whole.lstrip("0")) > DIGITS:
        raise ValidationError(_("“%(typed)s” is too large.") % quoted)
    number = Decimal(typed).quantize(Decimal(1).scaleb(-places))
    if most is not None and number > most:
        raise ValidationError(_("“%(typed)s” is more than %(most)s.") % {**quoted, "most": most})
    return number


class NumberField(forms.CharField):
    """A number in a form; the widget is text, because a browser's number input hides what it cannot read."""

    def __init__(self, *, places: int, most: Decimal | None = None, **kwargs: Any) -> None:
        self.places, self.most = places, most
        widget = forms.TextInput(attrs={"inputmode": "decimal" if places else "numeric", "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean("" if value is None else str(value))
        return parse_number(text, places=self.places, most=self.most) if text else None


class NumberBlock(FieldBlock):
    """A number kept as text, so that no place is lost; what is no number, like a passage withheld, is none."""

    def __init__(
        self,
        places: int = 2,
        most: int | None = None,
        required: bool = True,
        help_text: Any = None,
        **kwargs: Any,
    ) -> None:
        self.places = places
        self.most = None if most is None else Decimal(most)
        self.options = {"required": required, "help_text": help_text}
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> NumberField:
        return NumberField(places=self.places, most=self.most, **self.options)

    def to_python(self, value: Any) -> Decimal | None:
        try:
            return None if value in (None, "") else parse_number(str(value), places=self.places)
        except ValidationError:
            return None

    def get_prep_value(self, value: Any) -> str | None:
        return None if value in (None, "") else str(value)

    def value_from_form(self, value: Any) -> Any:
        return value

    class Meta:
        icon = "decimal"
