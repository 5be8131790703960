"""What readers would get of a matter that is disclosed in part, before it is concluded."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from intranet.publication.forms import SecrecyReviewForm
from intranet.publication.secrecy.in_part import reasons_against_version, redacted
from intranet.publication.views import decision_form, step_for


@require_POST
def redacted_preview(request: HttpRequest, state_id: int) -> HttpResponse:
    """The version with what the form leaves out left out, or which passages are not there or not gone."""
    state = step_for(request, state_id)
    form = decision_form(request, state)
    if not isinstance(form, SecrecyReviewForm):
        raise Http404
    form.is_valid()
    version, made = redacted(state.matter, state.revision, form.left_out())
    if reasons := reasons_against_version(version, made):
        response = render(request, "publication/secrecy/not_as_asked.html", {"reasons": reasons})
    else:
        response = version.make_preview_request(request, "")
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
