"""The text fields of the admin's forms, into which people paste; what is kept of it is said by `pasted`."""

from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminAutoHeightTextInput

from intranet.disclosure.pasted import clean_line, clean_text


class LineField(forms.CharField):
    """Text of one line, cleaned before its length is counted."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_line(value) if isinstance(value, str) else value)


class LinesField(forms.CharField):
    """Text of several lines, cleaned before its length is counted."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_text(value) if isinstance(value, str) else value)


def clean_what_is_typed() -> None:
    """Have every form of the admin clean what is typed or pasted into text fields; before any of them is made.

    Slugs, addresses and the like are classes of their own and keep their own rules.
    """
    register_form_field_override(models.CharField, override={"form_class": LineField}, exact_class=True)
    register_form_field_override(
        models.TextField, override={"form_class": LinesField, "widget": AdminAutoHeightTextInput}, exact_class=True
    )
