"""What stands in the editor when a matter is begun: its category's template, form and elements. Nothing is saved."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intranet.disclosure.completeness import RELATED, missing_elements
from intranet.disclosure.elements import Element
from intranet.disclosure.hints import hint
from intranet.disclosure.models import CategorySection, DraftTemplate, MatterElement, MatterPage
from intranet.disclosure.particulars.forms import form_asked_of


def begin(matter: MatterPage, *, section: CategorySection) -> None:
    """Put into a matter that is only being made what its category has for it, with hints where something is asked."""
    take_place_in(matter, section)
    template = DraftTemplate.objects.for_matter(section.category, matter.type_code)
    if template is not None:
        template.fill(matter)
    open_form(matter)
    ask_for_elements(matter)


def take_place_in(matter: MatterPage, section: CategorySection) -> None:
    """Give it the department and category of its section, before it lies there."""
    matter.department, matter.category = section.department, section.category


def open_form(matter: MatterPage) -> None:
    """Put the form that the category asks for in its place, with an empty row."""
    form = form_asked_of(matter)
    if form is not None:
        matter.particulars = [(form.code, form.block.get_default())]


def ask_for_elements(matter: MatterPage) -> None:
    """A row with a hint for each element that the category asks for and the editor has no other place for."""
    form = form_asked_of(matter)
    given_by_form = set(form.elements) if form else set()
    rows: Any = matter.elements
    for element in missing_elements(matter):
        if element not in given_by_form and not has_own_place(matter, element):
            words = _("Fill in: %(element)s") % {"element": capfirst(str(element.label))}
            rows.add(MatterElement(element=element.value, value=hint(words)))


def has_own_place(matter: MatterPage, element: Element) -> bool:
    """Whether the matter's type has a field or rows for the element."""
    return hasattr(matter, RELATED.get(element, element.value))
