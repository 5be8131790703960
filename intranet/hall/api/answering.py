"""How every call answers: bounded, in pages, the same to everybody, and only once where nothing has changed."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from intranet.sign_in.client_address import client_address
from search.api import error_answer
from search.demand.throttling import SECONDS, is_allowed
from search.query import InvalidQuery, SearchQuery

PAGE_SIZE = 50
"""Things on a page."""
Content = Callable[[HttpRequest, SearchQuery], dict[str, Any]]


def open_call(content: Content) -> Callable[[HttpRequest], HttpResponse]:
    """A view of what the content says: `GET` alone, with its `ETag`.

    What stands in between may keep an answer and asks each time whether it still holds: what is withdrawn is gone.
    """

    @require_safe
    @conditional_page
    @wraps(content)
    def view(request: HttpRequest) -> HttpResponse:
        if not is_allowed(f"api:{client_address(request)}"):
            response: HttpResponse = error_answer(
                "too_many_requests", _("Ask at most once a second; go on in a minute."), 429
            )
            response["Retry-After"] = str(SECONDS)
        else:
            response = _answer(content, request)
        patch_cache_control(response, public=True, no_cache=True)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return view


def _answer(content: Content, request: HttpRequest) -> HttpResponse:
    wanted = {name: request.GET.getlist(name) for name in ("department", "year", "language", "page")}
    try:
        asked = SearchQuery.parse(wanted, page_size=PAGE_SIZE)
        return JsonResponse(content(request, asked), json_dumps_params={"ensure_ascii": False})
    except InvalidQuery as invalid:
        return error_answer("invalid_parameter", str(invalid), 400)


def page_of(things: Sequence[Any] | Any, asked: SearchQuery, total: int) -> tuple[list[Any], dict[str, int]]:
    """The things on the page that was asked for, and what every answer says of its pages.

    `things` can be cut: a list or a queryset.
    """
    shown = list(things[asked.offset : asked.offset + asked.page_size])
    return shown, {"total": total, "page": asked.page, "pages": -(-total // asked.page_size)}
