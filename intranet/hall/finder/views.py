"""The finder in public: three pages, each a list of links, the last one with the guides."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intranet.hall.finder.reading import guides_for
from intranet.hall.models import Activity, EnterpriseKind
from intranet.hall.trail import hall_trail
from intranet.organisation.models import Department
from search.views import mark_private


@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """`GET /hall/find/`: what are you?"""
    return _page(request, "kinds", kinds=EnterpriseKind.objects.all())


@require_safe
def activities(request: HttpRequest, kind_pk: int) -> HttpResponse:
    """`GET /hall/find/<kind>/`: what do you want to do?"""
    kind = get_object_or_404(EnterpriseKind, pk=kind_pk)
    return _page(request, "activities", kind=kind, activities=kind.activities.all())


@require_safe
def guides(request: HttpRequest, kind_pk: int, activity_pk: int) -> HttpResponse:
    """`GET /hall/find/<kind>/<activity>/`: the guides of what that asks for."""
    activity = get_object_or_404(Activity.objects.select_related("kind"), pk=activity_pk)
    if activity.kind_id != kind_pk:
        raise Http404
    return _page(request, "guides", kind=activity.kind, activity=activity, found=guides_for(activity, request.user))


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    trail = hall_trail()
    if name != "kinds":
        trail.append((_("Which guide do I need?"), reverse("hall:finder")))
    context |= {"trail": trail, "hall": Department.objects.halls().first()}
    return mark_private(request, render(request, f"hall/finder/{name}.html", context))
