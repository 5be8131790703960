"""Page numbers in the addresses of Wagtail's screens: who does not work on the page finds nothing there.

Wagtail's own views show a page's title before they ask what its reader may do with it, or do not ask at all: the list
below a page, the question whether to move it, the choosers, the acts on many pages. So the numbers are asked about
before any of these views runs.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch

from intranet.disclosure.admin_doors import are_worked_on, is_drafted_below
from intranet.disclosure.models import MatterPage
from intranet.disclosure.primary_keys import is_primary_key
from intranet.disclosure.readings import record_reading

NAMED_IN_ADDRESSES = frozenset({"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"})
"""The names that page numbers have in the addresses of Wagtail's admin."""
POSTED = frozenset({"new_parent_page", "parent_page", "chooser"})
"""The names that they have in the forms of these views, which show the chosen page's title when they come back."""
SHOW_A_TEXT = frozenset(
    f"wagtailadmin_pages:{name}"
    for name in ("edit", "view_draft", "revisions_view", "revisions_compare", "revisions_revert")
)
"""Screens with the text of the page, live or not; what is previewed is being edited."""
ACTS_ON_MANY, CHOSEN = "wagtail_bulk_action", "wagtailadmin_choose_page_chosen_multiple"


class PagesByNumber:
    """Middleware: 404 from Wagtail's admin for the number of a page that the person does not work on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if (
            match is not None
            and match.view_name in SHOW_A_TEXT
            and (request.method, response.status_code) == ("GET", 200)
        ):
            _record_reading(request, match)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or not match.view_name.startswith(("wagtailadmin_", ACTS_ON_MANY)):
            return None
        # Whoever has no desk is led away by Wagtail, whatever the number is.
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        if match.view_name == ACTS_ON_MANY and not _is_of_pages(match):
            return None
        if not _are_the_persons(request, match):
            raise Http404
        return None


def _record_reading(request: HttpRequest, match: ResolverMatch) -> None:
    """An editor's screens show the leading group's matters as their pages do."""
    number = str(next((match.kwargs[name] for name in ("page_id", "pk") if name in match.kwargs), ""))
    if is_primary_key(number) and (matter := MatterPage.objects.filter(pk=number, live=True).first()) is not None:
        record_reading(matter, by=request.user)


def _are_the_persons(request: HttpRequest, match: ResolverMatch) -> bool:
    user: Any = request.user
    numbers = [str(match.kwargs[name]) for name in _names(match) if name in match.kwargs]
    if match.view_name in (ACTS_ON_MANY, CHOSEN):
        numbers += request.GET.getlist("id")
    if match.view_name == ACTS_ON_MANY and "all" in numbers:
        section = request.GET.get("childOf", "")
        return section.isdecimal() and is_drafted_below(int(section), user)
    if request.method == "POST":
        numbers += [value for name in POSTED for value in request.POST.getlist(name)]
    if match.view_name == ACTS_ON_MANY and not all(map(is_primary_key, numbers)):
        return False
    # Elsewhere what is no number is no page's, and Wagtail says so.
    pks = {int(number) for number in numbers if is_primary_key(number)}
    return not pks or are_worked_on(pks, user)


def _names(match: ResolverMatch) -> frozenset[str]:
    return NAMED_IN_ADDRESSES | {"pk"} if match.namespace == "wagtailadmin_pages" else NAMED_IN_ADDRESSES


def _is_of_pages(match: ResolverMatch) -> bool:
    return (match.kwargs["app_label"].lower(), match.kwargs["model_name"].lower()) == ("wagtailcore", "page")
