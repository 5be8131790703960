"""django-allauth's part in signing in: it asks for the second factor and confirms who is at the keyboard."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.organisation.membership import has_left
from intranet.organisation.models import User
from intranet.sign_in.client_address import client_address

LAST_VISIT = "last_visit_at"
"""The session's key of the moment at which the person signed in before this time, in ISO format."""
BACKEND = "intranet.access.backends.PostBackend"
"""Whoever knew the person, what they may do follows from today's posts."""


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the office or by a directory; nobody signs up, and nothing but a sign-in is offered."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": gettext_lazy("Too many attempts. Try again in a few minutes."),
        "rate_limited": gettext_lazy("Too many attempts. Try again in a few minutes."),
        "incorrect_password": gettext_lazy("The password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session, with the moment of the last one in it."""
        previous = user.last_login
        user.backend = BACKEND
        super().login(request, user)
        if previous:
            request.session[LAST_VISIT] = previous.isoformat()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether who changes their own second factors must show once more who they are.

        To set up the first one it is enough to have signed in just now: who is led here from the sign-in, or has no
        password here because a directory keeps it, is not asked for one again.
        """
        user = self.request.user
        if is_mfa_enabled(user):
            return super().is_reauthentication_required(app=app, **kwargs)
        moments = [record["at"] for record in get_authentication_records(self.request, user)]
        return not moments or time.time() - max(moments) > app_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict]:
        """Who has a second factor confirms with it, and with the password only where there is none."""
        methods = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"].startswith("mfa")] or methods

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """The answer to who may not sign in, whoever has vouched for them; None for everybody else."""
        if has_left(user):
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        messages.error(request, _("This account is closed. Ask the leading group's office."))
        return redirect("login")
