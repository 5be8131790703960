"""The public page of a case: opened by number and code together, by POST alone; a session keeps the proof."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intranet.hall.models.cases import Case
from intranet.hall.progress.forms import LONGEST, ProgressForm
from intranet.hall.progress.papers import paper_called, papers_of
from intranet.hall.progress.proving import case_proven
from intranet.hall.progress.session import forget_proof, keep_proof, mark_of_proof, proven_case
from intranet.hall.progress.standing import Standing
from intranet.hall.progress.throttling import TooManyWrongCodes
from intranet.sign_in.client_address import client_address

View = Callable[..., HttpResponse]
FIELD_ID = "progress-%s"


def discreet(view: View) -> View:
    """Let nothing between here and the applicant's eyes keep the answer, and nobody follow a link to or from it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        # Not `no-referrer`: browsers would send the form without its origin, which the CSRF check asks for.
        response["Referrer-Policy"] = "same-origin"
        return response

    return answer


@discreet
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """`/progress/`: the form, which `?number=` fills in with the number; posted with the right code, on to the case.

    200 with the same words for a wrong number and a wrong code, 429 with the moment for too many of them.
    """
    if "code" in request.GET:  # somebody made a link of it; out of the address with it
        return redirect("hall_progress")
    if request.method != "POST":
        return _form(
            request, ProgressForm(initial={"number": request.GET.get("number", "")[:LONGEST]}, auto_id=FIELD_ID)
        )
    form = ProgressForm(request.POST, auto_id=FIELD_ID)
    if not form.is_valid():
        return _form(request, form)
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    try:
        case = case_proven(number, code, address=client_address(request))
    except TooManyWrongCodes as refused:
        return too_many(request, refused)
    if case is None:
        form.refuse()
        return _form(request, form)
    keep_proof(request, case)
    return redirect("hall_progress_case")


@discreet
@require_safe
def case(request: HttpRequest) -> HttpResponse:
    """`/progress/case/`: the case that this browser has proven to know; else back to the form."""
    found = proven_case(request)
    if found is None:
        return redirect("hall_progress")
    context = {
        "standing": Standing(found, timezone.localdate()),
        "papers": papers_of(found),
        "mark": mark_of_proof(request),
    }
    return render(request, "hall/progress/case.html", context)


@discreet
@require_safe
def paper(request: HttpRequest, mark: str, key: str, *, is_download: bool = False) -> HttpResponse:
    """`/progress/papers/<mark>/<key>/`: a notice of that case to read and print, or as a text file to keep.

    From the page of a case that was proven before another one, back to the form: whose notice is meant is not guessed.
    """
    found = proven_case(request)
    if found is None or mark != mark_of_proof(request):
        return redirect("hall_progress")
    shown = paper_called(papers_of(found), key)
    if shown is None:
        raise Http404
    context = {"paper": shown, "case": found, "mark": mark}
    if not is_download:
        return render(request, "hall/progress/paper.html", context)
    text = render_to_string("hall/progress/paper.txt", context, request)
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(found, key)}"'
    return response


@discreet
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """`/progress/leave/`: show this browser nothing any more."""
    forget_proof(request)
    return redirect("hall_progress")


def _file_name(found: Case, key: str) -> str:
    return f"{found.number}-{key}.txt"


def _form(request: HttpRequest, form: ProgressForm) -> HttpResponse:
    return render(request, "hall/progress/form.html", {"form": form, "has_proof": proven_case(request) is not None})


def too_many(
    request: HttpRequest, refused: TooManyWrongCodes, template: str = "hall/progress/refused.html"
) -> HttpResponse:
    """429, with the moment from which on it can be tried again."""
    seconds = max(1, round((refused.until - timezone.now()).total_seconds()))
    context = {"until": refused.until, "minutes": -(-seconds // 60)}
    response = render(request, template, context, status=429)
    response["Retry-After"] = str(seconds)
    return response
