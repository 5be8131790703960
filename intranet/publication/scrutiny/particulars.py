"""The form that the category asks for: whether it is filled in, and whether its rows hold together."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intranet.disclosure.models import MatterPage
from intranet.disclosure.particulars.form import rows_of
from intranet.disclosure.particulars.forms import form_asked_of, stored_form
from intranet.publication.scrutiny.finding import Finding, Weight


def totals(draft: MatterPage) -> Iterator[Finding]:
    """An error for whatever does not hold in the form: a total that does not add up, a row that is there twice."""
    if filled := stored_form(draft):
        for fault in filled.faults():
            yield Finding(Weight.ERROR, fault.words, "particulars", quoted=str(filled.form.label))


def form_left_empty(draft: MatterPage) -> Iterator[Finding]:
    """A warning where the category has a form that this type of matter is asked for, and there is none."""
    form = form_asked_of(draft)
    if form is not None and stored_form(draft) is None and not form.elements:
        words = _("Category %(code)s has a form: fill in “%(form)s”, or say why this matter needs none.")
        yield Finding(Weight.WARNING, words % {"code": draft.category.code, "form": form.label}, "particulars")


def cells_left_empty(draft: MatterPage) -> Iterator[Finding]:
    """A warning for each column of which something is missing that the form asks for: a draft is saved without."""
    filled = stored_form(draft)
    if filled is None:
        return
    missing = [column for column in filled.form.head if column.required and column.value_in(filled.value) is None]
    missing += [
        column
        for column in filled.form.asked
        if column.required and any(column.value_in(row) is None for row in rows_of(filled.value))
    ]
    for column in missing:
        words = _("“%(form)s” asks for “%(column)s”, which is not filled in everywhere.")
        told = {"form": filled.form.label, "column": capfirst(str(column.label))}
        yield Finding(Weight.WARNING, words % told, "particulars")
