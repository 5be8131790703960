"""Which workflow a category's route asks for."""

from wagtail.models import Workflow

from intranet.disclosure.elements import Element
from intranet.disclosure.models import Category, CategoryTerms

HEAD_WORKFLOW = "secrecy review, head"
OFFICE_WORKFLOW = "secrecy review, head, office"


def workflow_for(category: Category) -> Workflow | None:
    """The workflow of the category's route today; None where no terms are in force, so nothing can be submitted."""
    terms = category.terms_on()
    if terms is None:
        return None
    name = OFFICE_WORKFLOW if terms.needs_office else HEAD_WORKFLOW
    return Workflow.objects.active().filter(name=name).first()


def elements_asked_by_route(terms: CategoryTerms) -> list[Element]:
    """What the route wants on record before anybody decides: a price audit (P), a meeting's decision (M)."""
    asked = []
    if "P" in terms.route:
        asked.append(Element.PRICE_AUDIT)
    if "M" in terms.route:
        asked.append(Element.MEETING_DECISION)
    return asked
