"""Where an applicant follows a case."""

from urllib.parse import urlencode

from django.conf import settings

from intranet.hall.models import Case


def progress_address(case: Case) -> str:
    """The page of progress with the case's number filled in; the check code is never in an address."""
    return f"{settings.WAGTAILADMIN_BASE_URL}/progress/?{urlencode({'number': case.number})}"
