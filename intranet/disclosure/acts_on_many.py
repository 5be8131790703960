"""Numbers in the addresses of Wagtail's acts on many: who may change none of the things named finds nothing there.

Wagtail's own views list, by their names, the things that the person may not act on. Pages are asked about in
`page_numbers.py`; this is of documents, images, snippets and accounts.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.models import Page
from wagtail.permissions import policy_registry

from intranet.disclosure.primary_keys import is_primary_key

ADDRESS = "wagtail_bulk_action"
CHANGING = ("change", "delete")


class ThingsByNumber:
    """Middleware: 404 from an act on many for the number of a thing that the person may neither change nor delete."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]) -> None:
        match = request.resolver_match
        if match is None or match.view_name != ADDRESS or not request.user.has_perm("wagtailadmin.access_admin"):
            return
        if not _are_the_persons(request, match):
            raise Http404


def _are_the_persons(request: HttpRequest, match: ResolverMatch) -> bool:
    try:
        model = apps.get_model(match.kwargs["app_label"], match.kwargs["model_name"])
    except LookupError:
        return False
    if issubclass(model, Page):
        return True
    policy = policy_registry.get_by_type(model)
    user: Any = request.user
    if not policy.user_has_any_permission(user, CHANGING):
        return False
    numbers = [number for number in request.GET.getlist("id") if number != "all"]
    # "all" are those that the listing shows the person.
    if not all(map(is_primary_key, numbers)):
        return False
    pks = set(map(int, numbers))
    theirs = policy.instances_user_has_any_permission_for(user, CHANGING)
    return len(pks) == theirs.filter(pk__in=pks).count()
