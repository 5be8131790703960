"""A case's number as a link to its screen, where there is one."""

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from intranet.hall.models.cases import Case


def address_of(case: Case) -> str | None:
    """The address of the case's screen; None where the portal has none."""
    for name, key in (("hall_case", case.pk), ("window:case", case.number)):
        try:
            return reverse(name, args=[key])
        except NoReverseMatch:
            continue
    return None


def linked(case: Case) -> str:
    """The case's number, as a link where it leads anywhere."""
    address = address_of(case)
    return format_html('<a href="{}">{}</a>', address, case.number) if address else case.number
