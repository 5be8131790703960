"""Signing in, remembering when the person was here before."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.urls import reverse

from intranet.access.rights import works_at_the_desk

LAST_VISIT = "last_visit_at"


class SignIn(LoginView):
    """`/login/`, for everybody."""

    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:
        """Where the person wanted to go; not to the desk if they have none, it would send them back here."""
        wanted, person = super().get_redirect_url(), self.request.user
        is_desk = wanted.startswith(reverse("wagtailadmin_home"))
        return "" if is_desk and person.is_authenticated and not works_at_the_desk(person) else wanted

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        previous = form.get_user().last_login
        response = super().form_valid(form)
        if previous:
            self.request.session[LAST_VISIT] = previous.isoformat()
        return response
