"""The receipt, for who handles the case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from intranet.audit.recording import record
from intranet.hall.desk.doors import case_for, person_of
from intranet.hall.receipt.paper import receipt_of
from intranet.hall.sealing import Unreadable


@cache_control(private=True, no_store=True)
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The PDF; logged, because it has the check code."""
    user = person_of(request)
    case = case_for(user, number)
    try:
        paper = receipt_of(case, request)
    except Unreadable:
        messages.error(request, _("The check code cannot be read: the key that it was encrypted with is missing."))
        return redirect("window:case", number)
    record("hall.receipt", thing=case, person=user)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
