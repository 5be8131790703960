"""What the portal keeps of its visitors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.demand.querysets import KEPT
from search.demand.sessions import session_of
from search.views import mark_private


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {"days": KEPT.days, "is_asked_not_to": session_of(request) is None}
    return mark_private(request, render(request, "privacy.html", context))
