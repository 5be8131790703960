"""Screens beside the entries: trying a query, and the log."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import ModelLogEntry

from search.curation import log
from search.curation.forms import TrialForm
from search.curation.in_force import current
from search.curation.keepers import keepers_only
from search.curation.trial import NOTHING, tried
from search.results import SearchUnavailable

PER_PAGE = 50


@require_safe
@keepers_only
def try_query(request: HttpRequest) -> HttpResponse:
    """`GET`: a query as three kinds of reader find it, without and with what the office keeps."""
    form = TrialForm(request.GET if "q" in request.GET else None)
    context: dict[str, Any] = {
        "form": form,
        "before": _("Without synonyms, pins and exclusions"),
        "after": _("With them"),
    }
    if form.is_valid():
        asked = form.cleaned_data
        try:
            context["trial"] = tried(
                asked["q"], request.user, before=NOTHING, after=current(), department=asked["department"]
            )
        except SearchUnavailable:
            context["unavailable"] = True
    return render(request, "search/curation/try.html", context)


@require_safe
@keepers_only
def history(request: HttpRequest) -> HttpResponse:
    """`GET`: who added and changed what, when and why, the newest first."""
    entries = log.entries()
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("p"))
    logged = list(entries.filter(pk__in=[one.pk for one in page]).with_instances())
    known = log.known_titles((one for one, _instance in logged), request.user)
    finder = AdminURLFinder(request.user)
    rows = [
        {
            "logged": one,
            "deed": _deed(one),
            "what": log.in_words(one.data, known),
            "why": one.data.get("reason", ""),
            "url": finder.get_edit_url(instance) if instance else None,
        }
        for one, instance in logged
    ]
    return render(request, "search/curation/history.html", {"page": page, "rows": rows})


def _deed(entry: ModelLogEntry) -> str:
    if entry.action == log.ADDED:
        return _("added")
    return _("changed") if entry.data.get("in_force", True) else _("taken out of use")
