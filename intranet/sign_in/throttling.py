"""Who has failed to sign in too often, until when, and how the office lets them try again.

django-axes counts and refuses: an account and an address together, so that nobody elsewhere can lock an account's
owner out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.log_actions import log

from intranet.audit.recording import record
from intranet.organisation.models import User

UNKNOWN = "unknown:"
"""How names begin that are no account's: they are kept as a digest, since such a name may be a password."""


@dataclass(frozen=True, slots=True)
class Lock:
    """An account and an address that are refused together."""

    account: User | None
    """None where the name that was tried is no account's."""
    name: str
    """As django-axes keeps it."""
    address: str
    failures: int
    until: datetime


def account_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The name under which a failure is counted: the account's own, however it was typed, else a digest."""
    typed = (credentials or {}).get("username") or request.POST.get("username") or ""
    names = User.objects.filter(username__iexact=typed).values_list("username", flat=True)
    found = sorted(names, key=lambda name: name != typed)
    return found[0] if found else UNKNOWN + salted_hmac("intranet.sign_in", typed.casefold()).hexdigest()[:32]


def locks() -> list[Lock]:
    """Every lock that holds now, the newest first."""
    by_pair: dict[tuple[str, str], list[AccessAttempt]] = defaultdict(list)
    for attempt in _counting():
        by_pair[attempt.username or "", attempt.ip_address or ""].append(attempt)
    ends = {pair: ends_at(attempts) for pair, attempts in by_pair.items()}
    accounts = {account.username: account for account in User.objects.filter(username__in=[name for name, _ in ends])}
    found = [
        Lock(accounts.get(name), name, address, _failures(by_pair[name, address]), until)
        for (name, address), until in ends.items()
        if until is not None
    ]
    return sorted(found, key=lambda lock: lock.until, reverse=True)


def locked_until(request: HttpRequest, credentials: Mapping[str, Any] | None) -> datetime:
    """When the account that is tried may be tried again from this address; now where it may be at once."""
    counted = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    return max((end for attempts in counted if (end := ends_at(attempts))), default=timezone.now())


def ends_at(attempts: Iterable[AccessAttempt]) -> datetime | None:
    """The moment from which so few of these failures count that a try is allowed; None if it is allowed now."""
    oldest_first = sorted(attempts, key=lambda attempt: attempt.attempt_time)
    left, end = _failures(oldest_first), None
    for attempt in oldest_first:
        if left < settings.AXES_FAILURE_LIMIT:
            break
        left, end = left - attempt.failures_since_start, attempt.attempt_time + settings.AXES_COOLOFF_TIME
    return end


@transaction.atomic
def lift(lock: Lock, *, by: User) -> None:
    """Let the account be tried again from the address at once; logged."""
    AxesProxyHandler.reset_attempts(username=lock.name, ip_address=lock.address)
    if lock.account is not None:
        log(instance=lock.account, action="gongkai.lift_lock", user=by)
    else:
        record("gongkai.lift_lock", person=by)


def _counting() -> Iterable[AccessAttempt]:
    return AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME)


def _failures(attempts: Iterable[AccessAttempt]) -> int:
    return sum(attempt.failures_since_start for attempt in attempts)
