"""What the editor's form calls the places of a matter."""

from typing import Any

from django.db.models import Model
from django.utils.text import capfirst


def label_of(model: type[Model], name: str) -> str:
    """The form's name for a field of the type, or for rows of it."""
    field: Any = model._meta.get_field(name)
    label = field.related_model._meta.verbose_name_plural if field.one_to_many else field.verbose_name
    return capfirst(str(label))
