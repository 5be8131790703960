"""The way from the portal's first page to a page of the hall."""

from django.urls import reverse
from django.utils.translation import gettext as _


def hall_trail() -> list[tuple[str, str]]:
    """What stands between the first page and a page of the hall: labels and addresses."""
    return [(_("Government affairs hall"), reverse("hall:home"))]
