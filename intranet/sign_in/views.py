"""The sign-in, what it says to who failed too often, and the office's screens about it."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.access.rights import works_at_the_desk
from intranet.organisation.models import User
from intranet.sign_in.second_factor import reasons_against_removal, remove_all
from intranet.sign_in.throttling import lift, locked_until, locks


class SignIn(LoginView):
    """`/login/`, for everybody."""

    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:
        return self._wanted_by(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "identity_provider": settings.OIDC_NAME}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """On to the second factor where the person has one, else in."""
        person: User = form.get_user()
        login = Login(user=person, redirect_url=self._wanted_by(person) or None)
        # The name is in the account; a session that is given up on the way keeps nothing of it.
        return perform_password_login(self.request, {}, login)

    def _wanted_by(self, person: Any) -> str:
        """Where the person wanted to go; not to the desk if they have none, it would send them back here."""
        wanted = super().get_redirect_url()
        is_desk = wanted.startswith(reverse("wagtailadmin_home"))
        return "" if is_desk and person.is_authenticated and not works_at_the_desk(person) else wanted


def locked_out(request: HttpRequest, original: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """The answer of django-axes: 429, with the moment from which the account may be tried again."""
    until = locked_until(request, credentials)
    response = render(request, "registration/locked.html", {"until": until}, status=settings.AXES_HTTP_RESPONSE_CODE)
    response["Retry-After"] = str(max(1, round((until - timezone.now()).total_seconds())))
    response["Cache-Control"] = "no-store"
    return response


def locked_accounts(request: HttpRequest) -> HttpResponse:
    """Which accounts are refused from which address until when; the office lifts it."""
    if not request.user.has_perm("organisation.change_user"):
        raise PermissionDenied
    found = locks()
    if request.method == "POST":
        chosen = [lock for lock in found if f"{lock.name} {lock.address}" == request.POST.get("lock")]
        for lock in chosen:
            lift(lock, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Lifted: %(name)s may try again.") % {"name": lock.account or lock.address})
        if not chosen:
            messages.info(request, _("That one is refused no longer."))
        return redirect("sign_in:locked")
    return render(request, "sign_in/locked_accounts.html", {"locks": found})


def remove_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, and take away every second factor of somebody who has lost theirs."""
    person = get_object_or_404(User, pk=pk)
    by: User = request.user  # type: ignore[assignment]
    if reasons_against_removal(person, by=by):
        raise Http404
    if request.method == "POST":
        remove_all(person, by=by)
        messages.success(request, _("Removed: %(name)s signs in with the password alone.") % {"name": person})
        return redirect("wagtailusers_users:index")
    context = {"person": person, "factors": person.authenticator_set.all()}
    return render(request, "sign_in/remove_second_factor.html", context)
