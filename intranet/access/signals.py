"""Wiring: who signs in with an account that can do or read more than a cadre is recorded, and so is who tries to."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from intranet.access.rights import works_at_the_desk
from intranet.access.tokens import LEADERS, tokens_of
from intranet.audit.recording import record
from intranet.organisation.models import User


@receiver(user_logged_in)
def record_sign_in(user: User, **kwargs: Any) -> None:
    if _is_recorded(user):
        record("sign_in", thing=user, person=user)


@receiver(user_login_failed)
def record_failed_sign_in(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Under the name of the account that somebody tried, if there is one: a wrong name may be a password.

    What is refused unseen, because it failed too often before, is no more than that one lock.
    """
    if getattr(request, "axes_locked_out", False) and not getattr(request, "axes_failures_since_start", None):
        return
    user = User.objects.filter(username=credentials.get("username") or "").first()
    if user is not None and _is_recorded(user):
        record("sign_in.failed", thing=user)


def _is_recorded(user: User) -> bool:
    return works_at_the_desk(user) or LEADERS in tokens_of(user)
