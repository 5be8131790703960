"""A service item in a form, by words: a list to choose from would have thousands of items."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.hall.finding import items_found
from intranet.hall.models import ServiceItem

BY_WORDS = gettext_lazy("Its code, a part of its name, or its initials.")
NAMED = 5
"""Items that are named where the words may mean several."""


class ItemField(forms.CharField):
    """Cleaned, it is the one item that the words mean; None without words. Raises `ValidationError` otherwise."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": BY_WORDS, "max_length": 200, **kwargs})

    def clean(self, value: Any) -> ServiceItem | None:
        words = super().clean(value)
        if not words:
            return None
        found = items_found(ServiceItem.objects.all(), words)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("No service item is called so."))
        named = "; ".join(f"{item.code} {item.name}" for item in found[:NAMED])
        more = _(" and %(number)s more") % {"number": len(found) - NAMED} if len(found) > NAMED else ""
        raise ValidationError(
            _("Several service items are called so; type the code of one: %(items)s%(more)s.")
            % {"items": named, "more": more}
        )
