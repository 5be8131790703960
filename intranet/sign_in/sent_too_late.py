"""What was sent after the session had ended leads back to where it was written, not to an address that only takes what
is sent."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _


def lead_back_to_the_form(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Middleware: the sign-in that answers a form leads back to the form's page, and says that nothing was sent."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "POST" or not isinstance(response, HttpResponseRedirect):
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


def _page_of_the_form(request: HttpRequest) -> str:
    """The page that the form was sent from, the admin's first page where that is unknown or of elsewhere."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return reverse("wagtailadmin_home")
    return urlsplit(referer)._replace(scheme="", netloc="", fragment="").geturl()
