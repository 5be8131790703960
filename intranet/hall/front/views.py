"""The hall's front page and its screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from intranet.access.tokens import PUBLIC
from intranet.disclosure.models import GuidePage, MatterPage
from intranet.disclosure.querysets import MatterQuerySet
from intranet.hall.fees.reading import charged_on, complaint_phone
from intranet.hall.front.numbers import numbers_of_this_year, numbers_of_today
from intranet.organisation.models import Department

NEWEST = 8


@require_safe
def hall_home(request: HttpRequest) -> HttpResponse:
    """`GET /hall/`: what people come to the hall for, and where it is."""
    context = {
        "hall": Department.objects.halls().first(),
        "guides": _guides().in_the_readers_language(request.user).newest_first()[:NEWEST],
        "this_year": numbers_of_this_year(),
    }
    return render(request, "hall/front/home.html", context)


@require_safe
def hall_screen(request: HttpRequest) -> HttpResponse:
    """`GET /hall/screen/`: a page for a screen in the hall, which fetches itself anew and needs no hand."""
    context = {
        "today": numbers_of_today(),
        "this_year": numbers_of_this_year(),
        "fees": charged_on(),
        "complaint_phone": complaint_phone(),
        "guides": _guides().in_the_readers_language(None).newest_first().select_related("department")[:NEWEST],
        "now": timezone.localtime(),
    }
    return render(request, "hall/front/screen.html", context)


def _guides() -> MatterQuerySet:
    """The guides that the public reads, whoever looks."""
    guides = GuidePage.objects.values("pk")
    return MatterPage.objects.readable_with(frozenset({PUBLIC})).filter(pk__in=guides).defer("body")
