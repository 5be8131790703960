"""What a page of results sends back: that something was opened, and whether it was helpful."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from search.demand.forms import VerdictForm
from search.demand.recording import NotThisPage, ResultsPage, note_opening, note_verdict
from search.demand.sessions import session_of
from search.demand.throttling import is_allowed


@never_cache
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """`POST /search/opened/` with `token` and `position`: a result of this page was opened. 204; 429 for too many."""
    session = session_of(request)
    try:
        page = ResultsPage.signed(request.POST.get("token", ""), session)
        if not is_allowed(page.session):
            return HttpResponse(status=429)
        note_opening(page, int(request.POST.get("position", "")))
    except (NotThisPage, ValueError):
        return HttpResponseBadRequest()
    return HttpResponse(status=204)


@never_cache
@require_POST
def helpful(request: HttpRequest) -> HttpResponse:
    """`POST /search/helpful/` with `token`, `helpful` and `words`; leads back to the results and thanks."""
    back = _results_address(request.POST.get("back", ""))
    form = VerdictForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "token": request.POST.get("token", ""), "back": request.POST.get("back", "")}
        return render(request, "search/helpful.html", context, status=400)
    try:
        page = ResultsPage.signed(request.POST.get("token", ""), session_of(request))
    except NotThisPage:
        messages.warning(request, _("Your answer came too late for this search. Search again to give it."))
        return redirect(back)
    if not is_allowed(page.session):
        return HttpResponse(status=429)
    note_verdict(page, is_helpful=form.cleaned_data["helpful"] == "yes", words=form.cleaned_data["words"])
    messages.success(request, _("Thank you. Your answer helps the office to see what is missing."))
    return redirect(back)


def _results_address(query_string: str) -> str:
    """The page of results with these parameters; no other address, whatever was sent."""
    return f"{reverse('search:results')}?{query_string.lstrip('?')}" if query_string else reverse("search:results")
