"""The doors of scans: nothing else leads to their files."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intranet.audit.recording import record
from intranet.disclosure.doors import guard_response
from intranet.hall.desk.doors import case_for, person_of
from intranet.hall.scans import attach, remove, scans_opened_by
from intranet.refusals import Refused


def scan(request: HttpRequest, scan_id: int) -> HttpResponseBase:
    """The file, for who handles its case; logged."""
    user = person_of(request)
    found = get_object_or_404(scans_opened_by(user).select_related("case"), pk=scan_id)
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        words = _("The file of the scan %(name)s is missing on the server: whoever keeps the server restores it.")
        messages.error(request, words % {"name": found.name})
        return redirect("window:case", found.case.number) if found.case else redirect("window:receive")
    if found.case is not None:
        record("hall.scan_opened", thing=found.case, person=user, facts={"scan": found.pk})
    response = FileResponse(file, as_attachment=True, filename=found.name)
    return guard_response(response, is_public=False)


@require_POST
def remove_scan(request: HttpRequest, scan_id: int) -> HttpResponse:
    """Mark the scan as attached wrongly, with the reason that was sent."""
    user = person_of(request)
    found = get_object_or_404(scans_opened_by(user).exclude(case=None).select_related("case"), pk=scan_id)
    try:
        remove(found, by=user, reason=request.POST.get("reason", ""))
    except Refused as refused:
        refused.tell(request)
    else:
        messages.success(request, _("Removed: %(name)s.") % {"name": found.name})
    return redirect("window:case", found.case)


@require_POST
def attach_scans(request: HttpRequest, number: str) -> HttpResponse:
    """Attach the files that were sent to the case; those that are no scans are named."""
    user = person_of(request)
    case = case_for(user, number)
    uploads = request.FILES.getlist("scans")
    if not uploads:
        messages.error(request, _("Choose at least one file."))
    for upload in uploads:
        try:
            made = attach(upload, by=user, case=case)
        except Refused as refused:
            refused.tell(request)
        else:
            messages.success(request, _("Attached: %(name)s.") % {"name": made.name})
    return redirect("window:case", number)
