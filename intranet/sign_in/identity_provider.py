"""Signing in by the bureau's identity provider (OpenID Connect): it says who somebody is, and nothing of what they may.

Whom it names for the first time gets an account without posts, which reads no more than a visitor until the office
appoints the person. It is known by the provider's number of the person alone: a name or an address can be another's.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from requests.exceptions import RequestException
from wagtail.log_actions import log

from intranet.organisation.models import User


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    """What django-allauth does with whom the provider names."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Keep of all claims the number alone; names and address go into the account when it is made."""
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []
        sociallogin.state["process"] = AuthProcess.LOGIN

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        person: User = super().save_user(request, sociallogin, form)
        EmailAddress.objects.filter(user=person).delete()  # a second place for what stands in the account
        log(instance=person, action="gongkai.account_from_directory", user=person)
        return person

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Raise the answer that leads back to the sign-in."""
        raise ImmediateHttpResponse(_back(request))


def to_identity_provider(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """On to the provider; back to the sign-in, which says so, where it does not answer."""
    return _unless_it_fails(openid_connect.login, request, provider_id)


def from_identity_provider(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from the provider, with what it says of the person."""
    return _unless_it_fails(openid_connect.callback, request, provider_id)


def _unless_it_fails(view: Callable[..., HttpResponseBase], request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        return view(request, provider_id=provider_id)
    except RequestException:
        return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    told = _("Signing in with %(name)s did not work. Try again, or sign in with a password.")
    messages.error(request, told % {"name": settings.OIDC_NAME})
    return redirect("login")
