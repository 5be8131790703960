"""Numbers of decisions: well formed, and in a department none twice for a kind of item."""

from django.utils.translation import gettext as _

from intranet.disclosure.document_numbers import fault_of_number
from intranet.hall.models.cases import Case
from intranet.hall.models.items import ServiceItem


def decision_key(item: ServiceItem, number: str) -> str:
    """What is unique of a decision: the number among those of the item's department and kind."""
    return f"{item.department_id}-{item.kind}-{number}"


def reasons_against_number(case: Case, number: str) -> list[str]:
    """Why the case is not decided on by a document of this number. Load `item` with the case.

    Source of the form: GB/T 9704-2012, as for the document number of a matter.
    """
    if fault := fault_of_number(number):
        return [fault]
    if first := Case.objects.filter(decision_key=decision_key(case.item, number)).exclude(pk=case.pk).first():
        return [
            _("%(number)s is the number of another decision already: case %(case)s.")
            % {
                "number": number,
                "case": first.number,
            }
        ]
    return []
