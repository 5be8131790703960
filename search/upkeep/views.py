"""The state of the index on a screen for those who keep it, and as figures for monitoring."""

from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from search.curation.keepers import keepers_only
from search.upkeep import state
from search.upkeep.metrics import exposition
from search.worker import drain, retry_now

PER_PAGE = 50
OF_A_PROXY = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_VIA")


@require_safe
@keepers_only
def index_state(request: HttpRequest) -> HttpResponse:
    """`GET`: what could not be written and why, and how the index keeps up."""
    page = Paginator(state.failed(), PER_PAGE).get_page(request.GET.get("p"))
    rows = state.failures(page, request.user)
    return render(request, "search/upkeep/index_state.html", {"page": page, "rows": rows, "state": state.now()})


@require_POST
@keepers_only
def retry(request: HttpRequest) -> HttpResponse:
    """`POST`: let what failed be tried at once, the one that `key` names or all."""
    failed = state.failed()
    if "key" in request.POST:
        failed = failed.filter(key=request.POST["key"])
    keys = list(failed.values_list("key", flat=True))
    retry_now(keys)
    if settings.SEARCH_DRAIN_AT_COMMIT:
        drain(keys=keys)
    if keys:
        words = ngettext("%(count)d change is tried again.", "%(count)d changes are tried again.", len(keys))
        messages.success(request, words % {"count": len(keys)})
    else:
        messages.info(request, _("Nothing is left to try again: it was written meanwhile."))
    return redirect("index_state")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """`GET /metrics`: for who shows `METRICS_TOKEN`, and for this machine; 404 for everybody else."""
    if not (_shows_token(request) or _is_this_machine(request)):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def _shows_token(request: HttpRequest) -> bool:
    scheme, _space, shown = request.headers.get("Authorization", "").partition(" ")
    token = settings.METRICS_TOKEN
    return bool(token) and scheme.lower() == "bearer" and compare_digest(shown.encode(), token.encode())


def _is_this_machine(request: HttpRequest) -> bool:
    """Whether a program of this machine asks. A proxy on it asks for somebody else, and its headers say so."""
    try:
        own = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return own and not any(header in request.META for header in OF_A_PROXY)
