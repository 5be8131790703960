"""What a visitor is told when something failed that no view has an answer for."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from search.api import error_answer

logger = logging.getLogger("gongkai.home")

RETRY_SECONDS = 60


def failed(request: HttpRequest) -> HttpResponse:
    """503 while the database does not answer (locked, away): nothing was saved, try again; else 500."""
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return HttpResponse(render_to_string("500.html"), status=500)
    logger.error("The database does not answer: %s", sys.exception())
    response: HttpResponse
    if request.path.startswith("/api/"):
        message = _("The database does not answer; try again soon.")
        response = error_answer("unavailable", message, 503)
    else:
        response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
