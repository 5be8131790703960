"""Which case a browser has proven to know, and for how long that holds."""

from datetime import timedelta
from secrets import token_hex

from django.http import HttpRequest
from django.utils import timezone

from intranet.hall.models.cases import Case

KEPT = "hall_progress"
HOLDS = timedelta(minutes=30)
"""After the last proof; a computer at the window has the next person before it soon."""


def keep_proof(request: HttpRequest, case: Case) -> None:
    """Let this browser see the case for a while; under a new key of the session, which nobody set beforehand."""
    request.session.cycle_key()
    until = (timezone.now() + HOLDS).timestamp()
    request.session[KEPT] = {"case": case.pk, "until": until, "mark": token_hex(8)}


def mark_of_proof(request: HttpRequest) -> str:
    """What the papers of the proven case have in their addresses: a page of an earlier proof leads to none of them."""
    return request.session.get(KEPT, {}).get("mark", "")


def forget_proof(request: HttpRequest) -> None:
    """Show this browser nothing any more."""
    request.session.pop(KEPT, None)


def proven_case(request: HttpRequest) -> Case | None:
    """The case that this browser has proven to know, with all that the page says of it; None without a proof."""
    kept = request.session.get(KEPT)
    if not kept or "mark" not in kept:
        return None
    if kept["until"] < timezone.now().timestamp():
        forget_proof(request)
        return None
    cases = Case.objects.with_clocks().select_related("filing")
    return cases.prefetch_related("notices__lines__material__material", "moves", "told_days").get(pk=kept["case"])
