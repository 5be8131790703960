"""Signing in, remembering when the person was here before."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponse

LAST_VISIT = "last_visit_at"


class SignIn(LoginView):
    """`/login/`, for everybody."""

    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        previous = form.get_user().last_login
        response = super().form_valid(form)
        if previous:
            self.request.session[LAST_VISIT] = previous.isoformat()
        return response
