"""Old addresses after a rename or a move: they lead on only whom the new address would let in."""

import re
from urllib.parse import urlparse

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from intranet.access.rule import can_read, readers_of
from intranet.access.tokens import PUBLIC, AnyUser
from intranet.disclosure.doors import keep_private, was_read_by
from intranet.disclosure.models import MatterPage

_OF_HISTORY = re.compile(r"(?P<matter>/.+/)(?P<history>history/(?:\d+/)?)")
SECONDS = 300
"""How long others may keep a redirect of the public's: a new matter may take an old address."""


class RedirectForReaders(RedirectMiddleware):
    """Wagtail's redirects behind the one rule: to everybody else the old address is absent, like the new one."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404:
            return response
        redirect = _redirect_of(request)
        if redirect is None:
            return _to_history(request) or response
        page = redirect.redirect_page.specific if redirect.redirect_page else None
        if page is not None and not may_be_led_to(request.user, page):
            return response
        return _guarded(request, page, super().process_response(request, response))


def may_be_led_to(user: AnyUser, page: Page) -> bool:
    """Whether the user may read the page, or is told at its address that it was taken down."""
    return can_read(user, page) or (isinstance(page, MatterPage) and was_read_by(user, page))


def _redirect_of(request: HttpRequest) -> Redirect | None:
    """The redirect that Wagtail takes: of the whole address, else of the address without its query."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    return get_redirect(request, path) or get_redirect(request, urlparse(path).path)


def _to_history(request: HttpRequest) -> HttpResponse | None:
    """To the history of what has another address now, where the address is that of its history before."""
    found = _OF_HISTORY.fullmatch(request.path)
    redirect = get_redirect(request, Redirect.normalise_path(found["matter"])) if found else None
    page = redirect.redirect_page.specific if redirect and redirect.redirect_page else None
    if found is None or page is None or not may_be_led_to(request.user, page):
        return None
    return _guarded(request, page, HttpResponsePermanentRedirect(f"{page.url}{found['history']}"))


def _guarded(request: HttpRequest, page: Page | None, response: HttpResponse) -> HttpResponse:
    if page is None or (PUBLIC in readers_of(page) and not request.user.is_authenticated):
        patch_cache_control(response, max_age=SECONDS)
    else:
        keep_private(response)
    patch_vary_headers(response, ["Cookie"])
    return response
