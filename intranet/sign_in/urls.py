"""Addresses of the sign-in: of django-allauth's screens those alone that are offered here."""

from allauth.account.views import reauthenticate
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from intranet.sign_in.identity_provider import from_identity_provider, to_identity_provider
from intranet.sign_in.own_password import change_own_password
from intranet.sign_in.views import SignIn

urlpatterns = [
    path("login/", SignIn.as_view(), name="login"),
    path("login/", SignIn.as_view(), name="account_login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("account/password/", change_own_password, name="change_password"),
    path("account/confirm/", reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/oidc/<slug:provider_id>/login/", to_identity_provider, name="openid_connect_login"),
    path("account/oidc/<slug:provider_id>/login/callback/", from_identity_provider, name="openid_connect_callback"),
]
