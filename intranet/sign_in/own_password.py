"""The password that somebody chooses for themselves, and the one that the office gave them to begin with."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from intranet.access.rights import works_at_the_desk
from intranet.audit.recording import record
from intranet.organisation.models import User


class OwnPasswordForm(PasswordChangeForm):
    """The old one and twice the new one; a wrong old one counts like a failed sign-in."""

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(request.user, *args)
        self.request = request
        self.fields["new_password1"].help_text = " ".join(password_validators_help_texts())

    def clean_old_password(self) -> str:
        credentials = {"username": self.user.get_username()}
        if not AxesProxyHandler.is_allowed(self.request, credentials):
            # django-axes' middleware then says until when.
            self.request.axes_locked_out = True  # type: ignore[attr-defined]
            self.request.axes_credentials = credentials  # type: ignore[attr-defined]
            raise ValidationError(_("Too many failed attempts."))
        try:
            return super().clean_old_password()
        except ValidationError:
            user_login_failed.send(sender=__name__, credentials=credentials, request=self.request)
            raise

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        new = cleaned.get("new_password1")
        if new and new == cleaned.get("old_password"):
            self.add_error("new_password1", _("Choose another password than the one you have."))
        return cleaned


def must_be_changed(request: HttpRequest) -> bool:
    """Whether the person signed in with a password that the office knows, because it gave it."""
    user: Any = request.user
    if not (user.is_authenticated and user.password_was_given and user.has_usable_password()):
        return False
    # Whom the identity provider vouched for has shown no password, and perhaps never had the one that was given.
    return all(shown.get("method") != "socialaccount" for shown in get_authentication_records(request, user))


@transaction.atomic
def change_password(person: User, new: str) -> None:
    """Give the account the password that its holder has chosen; every session that began with the old one ends."""
    person.set_password(new)
    person.password_was_given = False
    person.save(update_fields=["password", "password_was_given"])
    if works_at_the_desk(person):
        record("password.changed", thing=person, person=person)


@never_cache
@sensitive_post_parameters()
@login_required
def change_own_password(request: HttpRequest) -> HttpResponse:
    """Change the own password. 404 for an account whose password is kept elsewhere."""
    person: User = request.user  # type: ignore[assignment]
    if not person.has_usable_password():
        raise Http404
    form = OwnPasswordForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_password(person, form.cleaned_data["new_password1"])
        update_session_auth_hash(request, person)
        messages.success(request, _("Your password is changed. Wherever else you were signed in, you are no longer."))
        return redirect("after_login")
    context = {"form": form, "is_given": must_be_changed(request)}
    return render(request, "sign_in/own_password.html", context)
