"""The code of an authenticator app, or a recovery code: what is wrong counts like a wrong password."""

from typing import TYPE_CHECKING

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intranet.organisation.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def code_field(help_text: "StrOrPromise" = "") -> forms.CharField:
    """Digits, as an app shows them or as they stand on paper."""
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return forms.CharField(label=_("Code"), help_text=help_text, widget=forms.TextInput(attrs=attributes))


class SettingUpForm(ActivateTOTPForm):
    """The first code of an app."""

    code = code_field()


class CountedCode(BaseAuthenticateForm):
    """A code of the person `user`, refused unseen while the account is locked from this address."""

    user: User

    def clean_code(self) -> str:
        credentials = {"username": self.user.get_username()}
        if not AxesProxyHandler.is_allowed(context.request, credentials):
            # django-axes' middleware then says until when.
            context.request.axes_locked_out = True
            context.request.axes_credentials = credentials
            raise ValidationError(_("Too many failed attempts."))
        return super().clean_code()

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        super()._emit_authentication_failed(authenticator)
        credentials = {"username": self.user.get_username()}
        user_login_failed.send(sender=__name__, credentials=credentials, request=context.request)


class CodeForm(CountedCode, AuthenticateForm):
    """On the way in."""

    code = code_field(_("Of your authenticator app, or one of your recovery codes."))


class CodeAgainForm(CountedCode, ReauthenticateForm):
    """Within a session, before something grave."""

    code = code_field(_("Of your authenticator app, or one of your recovery codes."))
