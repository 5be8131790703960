"""Sessions end with the account, and with the last post of its holder."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse

from intranet.audit.recording import record
from intranet.organisation.models import User


def end_sessions_of_the_departed(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Take the session from whom `PostBackend.get_user` knows no more: it would come alive with another post."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # A visitor without a cookie has no session, and an answer that is the same for all stays so.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            key = request.session[SESSION_KEY]
            if not request.user.is_authenticated:
                logout(request)
                record("session.ended", thing=User.objects.filter(pk=key).first())
        return get_response(request)

    return middleware
