"""Which of the elements that a category asks for a matter has."""

from intranet.disclosure.elements import Element
from intranet.disclosure.models import MatterPage
from intranet.disclosure.particulars.forms import filled_in

RELATED = {Element.GOALS: "goals", Element.SERVICE_ITEM: "steps"}
"""Elements that a type keeps as rows of their own."""


def elements_present(matter: MatterPage) -> set[str]:
    """The elements that the matter has: in fields or rows of its type, in its form, or among `elements`."""
    present = {row.element for row in matter.elements.all() if row.value.strip()}
    for element in Element:
        if getattr(matter, element.value, None) and element not in RELATED:
            present.add(element.value)
    for element, relation in RELATED.items():
        if hasattr(matter, relation) and getattr(matter, relation).all():
            present.add(element.value)
    for filled in filled_in(matter):
        present |= filled.form.elements_given(filled.value)
    return present


def missing_elements(matter: MatterPage) -> list[Element]:
    """What the terms of the matter's day ask for and it lacks, in the catalogue's order."""
    terms = matter.terms()
    if terms is None:
        return []
    present = elements_present(matter)
    return [Element(name) for name in terms.required_elements if name not in present]
