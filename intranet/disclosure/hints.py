"""Hints of a template: words between ⟦ and ⟧ that tell the author what belongs there.

The brackets stand in no ordinary text, in no document number and on no keyboard, so that what is between them was
never meant for readers. `publication.scrutiny.hints` keeps a draft that has any from going on.
"""

import re
from collections.abc import Iterator

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations

from intranet.disclosure.models import MatterPage
from intranet.disclosure.texts import is_text, strings_in

OPEN, CLOSE = "⟦", "⟧"
_HINT = re.compile(rf"{OPEN}[^{OPEN}{CLOSE}\n]*{CLOSE}?|{CLOSE}")


def hint(words: object) -> str:
    """The words as a hint."""
    return f"{OPEN}{words}{CLOSE}"


def hints_in(text: str) -> list[str]:
    """The hints that stand in the text, in their order; a bracket that lost its other one is what is left of a hint."""
    return _HINT.findall(text)


def hints_by_place(draft: MatterPage) -> Iterator[tuple[str, list[str]]]:
    """Where hints are left in this version, by the names that its editor has for the places, with the hints."""
    for place, texts in texts_by_place(draft):
        text = "\n".join(texts)
        if (OPEN in text or CLOSE in text) and (found := hints_in(text)):
            yield place, found


def texts_by_place(draft: MatterPage) -> Iterator[tuple[str, list[str]]]:
    """All that somebody wrote into this version, as it is stored, by the names that its editor has for the places."""
    model = type(draft)
    for field in _written(model):
        yield capfirst(str(field.verbose_name)), [str(getattr(draft, field.name) or "")]
    yield from _of_the_body(draft)
    for block in draft.particulars:
        yield str(block.block.label), list(strings_in(block.get_prep_value()))
    for relation in get_all_child_relations(model):
        if relation.related_model._meta.app_label != model._meta.app_label:
            continue  # the comments of those who work on it
        fields = list(_written(relation.related_model))
        for row in getattr(draft, relation.get_accessor_name()).all():
            place = capfirst(str(relation.related_model._meta.verbose_name))
            yield place, [str(getattr(row, field.name) or "") for field in fields]


def _written(model: type[models.Model]) -> Iterator[models.Field]:
    """The fields in which somebody writes, but for the streams of blocks."""
    return (field for field in model._meta.concrete_fields if is_text(field) and field.editable)


def _of_the_body(draft: MatterPage) -> Iterator[tuple[str, list[str]]]:
    """The body's texts under the heading above them."""
    place = _("Body")
    for stored in draft.body.get_prep_value():
        texts = list(strings_in(stored["value"]))
        yield place, texts
        if stored["type"] == "heading" and not hints_in(text := "\n".join(texts)):
            place = _("Body, “%(heading)s”") % {"heading": text}
