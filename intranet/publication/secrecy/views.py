"""What readers would get of a matter that is disclosed in part, before it is concluded."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from intranet.publication.forms import SecrecyReviewForm
from intranet.publication.secrecy.in_part import redacted
from intranet.publication.views import decision_form, step_for


@require_POST
def redacted_preview(request: HttpRequest, state_id: int) -> HttpResponse:
    """The version with what the form leaves out left out, or what was not found."""
    state = step_for(request, state_id)
    form = decision_form(request, state)
    if not isinstance(form, SecrecyReviewForm):
        raise Http404
    form.is_valid()
    version, made = redacted(state.matter, state.revision, form.left_out())
    if made.not_found:
        response = render(request, "publication/secrecy/not_found.html", {"passages": made.not_found})
    else:
        response = version.make_preview_request(request, "")
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
