"""The cadres' first page: what is new since the last visit, what awaits them, the internal catalogue."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from home.catalogue import catalogue_rows, is_of_the_bureau
from intranet.access.rights import works_at_the_desk
from intranet.access.tokens import LEADERS, tokens_of
from intranet.disclosure.models import MatterPage, Side
from intranet.disclosure.validity.reading import read_validity
from intranet.publication.awaiting import awaiting
from intranet.publication.desk.summary import summary
from intranet.sign_in.accounts import LAST_VISIT
from search.views import mark_private

NEW = 15


@login_required
@require_safe
def intranet_home(request: HttpRequest) -> HttpResponse:
    """404 for an account without a post: it is not of the bureau."""
    if not is_of_the_bureau(request.user):
        raise Http404
    since = last_visit(request)
    new = MatterPage.objects.readable_by(request.user).in_the_readers_language(request.user)
    if since:
        new = new.filter(last_published_at__gt=since)
    new = new.newest_first().select_related("category", "department", "content_type").defer("body")
    context = {
        "since": since,
        "new": read_validity(new[:NEW]),
        "internal": catalogue_rows(request.user)[Side.INTERNAL],
        "awaiting": awaiting(request.user),  # type: ignore[arg-type]
        "summary": summary() if LEADERS in tokens_of(request.user) else None,
    }
    return mark_private(request, render(request, "intranet/home.html", context))


def last_visit(request: HttpRequest) -> datetime | None:
    """When the person signed in before this time; None at the first."""
    previous = request.session.get(LAST_VISIT)
    return parse_datetime(previous) if previous else None


@login_required
def after_login(request: HttpRequest) -> HttpResponse:
    """Where a person goes who has just signed in: the desk for who works in the admin, else the intranet."""
    if works_at_the_desk(request.user):
        return redirect("wagtailadmin_home")
    return redirect("intranet:home" if is_of_the_bureau(request.user) else "/")
