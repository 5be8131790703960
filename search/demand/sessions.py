"""What holds the searches of one browser together for a day, and for no longer."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

COOKIE = "search_day"
VALUE = re.compile(r"(\d{8})-[\w-]{22}")


@dataclass(frozen=True, slots=True)
class DaySession:
    """A random value of today; `is_new` where the browser does not have it yet."""

    value: str
    is_new: bool

    @property
    def key(self) -> str:
        """What is kept of it: it can neither be turned back nor compared with another day's."""
        return salted_hmac("search.demand.session", self.value, algorithm="sha256").hexdigest()[:32]


def session_of(request: HttpRequest) -> DaySession | None:
    """The request's session of today; None for who asks not to be tracked (`DNT`, `Sec-GPC`)."""
    if "1" in (request.headers.get("DNT"), request.headers.get("Sec-GPC")):
        return None
    today = f"{timezone.localdate():%Y%m%d}"
    value = request.COOKIES.get(COOKIE, "")
    match = VALUE.fullmatch(value)
    if match and match[1] == today:
        return DaySession(value, is_new=False)
    return DaySession(f"{today}-{secrets.token_urlsafe(16)}", is_new=True)


def give(response: HttpResponse, session: DaySession | None) -> None:
    """Hand a new session to the browser until midnight."""
    if session is None or not session.is_new:
        return
    now = timezone.localtime()
    midnight = timezone.make_aware(datetime.combine(now.date() + timedelta(days=1), time.min))
    response.set_cookie(
        COOKIE,
        session.value,
        max_age=max(1, int((midnight - now).total_seconds())),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
