"""Nothing opens with a password that the office knows, and no screen of the admin without a second factor to who must
have one."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from intranet.sign_in.own_password import must_be_changed
from intranet.sign_in.second_factor import has_second_factor, is_required_of, was_shown


def require_own_password(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Middleware: lead whom the office gave a password to choosing one of their own, before anything else."""

    def answer(request: HttpRequest) -> HttpResponse:
        # A visitor without a cookie has no session, and an answer that is the same for all stays so.
        is_known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if is_known and must_be_changed(request) and not _is_open_before(request.path):
            return redirect("change_password")
        return get_response(request)

    return answer


def _is_open_before(path: str) -> bool:
    return path in {reverse(name) for name in ("change_password", "logout", "wagtailadmin_logout", "set_language")}


def require_second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Middleware: lead who lacks a second factor to setting one up, and who has not shown theirs to showing it.

    Whichever way the session began, what counts is what was shown in it.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if _is_of_the_admin(request) and is_required_of(request.user) and not was_shown(request):
            return _lead(request, request.user)
        return get_response(request)

    return answer


def _is_of_the_admin(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home")) and request.path != reverse("wagtailadmin_logout")


def _lead(request: HttpRequest, user: Any) -> HttpResponse:
    if not has_second_factor(user):
        messages.warning(request, _("Your desk opens once you have set up a second factor."))
        return redirect("mfa_index")
    url = get_adapter(request).get_reauthentication_methods(user)[0]["url"]
    return redirect(f"{url}?{urlencode({'next': request.get_full_path()})}")
