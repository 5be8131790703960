"""A case's number as a link to its screen."""

from django.urls import reverse
from django.utils.html import format_html

from intranet.hall.models.cases import Case


def address_of(case: Case) -> str:
    """The address of the case's screen."""
    return reverse("window:case", args=[case.number])


def linked(case: Case) -> str:
    """The case's number, as a link."""
    return format_html('<a href="{}">{}</a>', address_of(case), case.number)
