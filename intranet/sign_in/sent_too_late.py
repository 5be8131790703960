"""What was sent after the session had ended leads back to where it was written, not to an address that only takes what
is sent; and who comes to such an address is led to the page above it."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _


def lead_back_to_the_form(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Middleware: the sign-in that answers a form leads back to the form's page, and says that nothing was sent."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "POST" or not isinstance(response, HttpResponseRedirect) or request.user.is_authenticated:
            return response
        address = urlsplit(response.url)
        if parse_qs(address.query).get("next") != [request.get_full_path()]:
            return response
        query = QueryDict(address.query, mutable=True)
        query["next"] = _page_of_the_form(request)
        response["Location"] = address._replace(query=query.urlencode(safe="/")).geturl()
        told = _("You were not signed in any more, and nothing was sent. Sign in and send it again.")
        messages.warning(request, told)
        return response

    return answer


def lead_up_from_what_is_sent(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Middleware: an address of the desk that only takes what is sent leads who looks at it to the nearest page above.

    The answer to a refused form stands at such an address: it is loaded again, kept, and come back to by signing in.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_looked_at = request.method == "GET" and request.accepts("text/html")
        is_of_the_desk = request.path.startswith(reverse("wagtailadmin_home"))
        if response.status_code != 405 or not is_looked_at or not is_of_the_desk:
            return response
        above = _page_above(request.path)
        return response if above is None else redirect(above)

    return answer


def _page_above(path: str) -> str | None:
    """The longest beginning of the path that is the address of a page of its own."""
    parts = path.strip("/").split("/")
    for length in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:length])}/"
        try:
            match = resolve(above)
        except Resolver404:
            continue
        # Wagtail catches every address of the desk that nothing was written for, by a pattern without a name.
        if match.url_name is not None:
            return above
    return None


def _page_of_the_form(request: HttpRequest) -> str:
    """The page that the form was sent from, the admin's first page where that is unknown or of elsewhere."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return reverse("wagtailadmin_home")
    return urlsplit(referer)._replace(scheme="", netloc="", fragment="").geturl()
