"""Wiring: second factors and locks are recorded; a closed account keeps no second factor."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.dispatch import receiver
from django.http import HttpRequest

from intranet.audit.recording import record
from intranet.organisation.closing import account_closed
from intranet.organisation.models import User
from intranet.sign_in.second_factor import FACTORS


@receiver(user_locked_out)
def record_lock(request: HttpRequest, username: str, **kwargs: Any) -> None:
    """Once, when the last of the failures comes; not each time that somebody is refused afterwards."""
    account = User.objects.filter(username=username).first()
    if account is not None and request.axes_failures_since_start:  # type: ignore[attr-defined]
        record("sign_in.locked", thing=account)


@receiver(authenticator_added)
def take_second_factor_as_shown(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Who has just set one up has shown it: a code of it, or the key itself."""
    if authenticator.type in FACTORS:
        shown = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
        record_authentication(request, user, method="mfa", **shown)
        record("second_factor.added", thing=user, person=user, facts={"kind": authenticator.type})


@receiver(authenticator_removed)
def record_removal(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type in FACTORS:
        record("second_factor.removed", thing=user, person=user, facts={"kind": authenticator.type})


@receiver(account_closed)
def forget_second_factors(person: User, **kwargs: Any) -> None:
    person.authenticator_set.all().delete()
