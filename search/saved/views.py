"""A person's saved searches: list, save, change, delete; and the link that ends the e-mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from search import presentation
from search.query import InvalidQuery, SearchQuery
from search.results import SearchUnavailable
from search.saved.forms import SavedSearchForm
from search.saved.models import MOST, SavedSearch
from search.saved.news import begin
from search.saved.unsubscribing import person_of, unsubscribe
from search.views import mark_private

OFF = SavedSearch.Frequency.OFF
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {"saved": SavedSearch.objects.of_person(request.user), "most": MOST}
    return mark_private(request, render(request, "search/saved/index.html", context))


@login_required
@get_or_post
def add(request: HttpRequest) -> HttpResponse:
    """Save the search whose parameters the address has; one that is none is explained on the page of results."""
    try:
        query = SearchQuery.parse(request.GET)
    except InvalidQuery:
        return redirect(f"{reverse('search:results')}?{request.GET.urlencode()}")
    params = presentation.address(query, sort="relevance").removeprefix("?")
    saved = SavedSearch(person=request.user, params=params, name=query.text[:100])  # type: ignore[misc]
    return _edit(request, saved)


@login_required
@get_or_post
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, _own(request, pk))


@login_required
@get_or_post
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first; then delete."""
    saved = _own(request, pk)
    if request.method == "POST":
        saved.delete()
        messages.success(request, _("Deleted: %(name)s.") % {"name": saved.name})
        return redirect("search:saved")
    return mark_private(request, render(request, "search/saved/delete.html", {"saved": saved}))


@csrf_exempt  # a mail program posts here by RFC 8058; the signature says for whom, and all that it can do is stop
@never_cache
@get_or_post
def unsubscribe_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """`GET` asks, `POST` ends the e-mail at once; a token that is not ours is an address that is none."""
    try:
        pk = person_of(token)
    except signing.BadSignature as bad:
        raise Http404 from bad
    if request.method == "POST":
        unsubscribe(pk)
    return render(request, "search/saved/unsubscribe.html", {"is_done": request.method == "POST"})


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.of_person(request.user), pk=pk)


def _edit(request: HttpRequest, saved: SavedSearch) -> HttpResponse:
    """Show the form or save it. From when the e-mail is switched on, something can be new."""
    was_off = saved.pk is None or saved.frequency == OFF
    form = SavedSearchForm(request.POST or None, instance=saved)
    if request.method == "POST" and form.is_valid():
        saved.language = get_language() or ""
        try:
            if was_off and saved.frequency != OFF:
                begin(saved, request.user)
            form.save()
        except SearchUnavailable:
            form.add_error(None, _("Search cannot answer now; try again soon."))
        else:
            messages.success(request, _("Saved: %(name)s.") % {"name": saved.name})
            return redirect("search:saved")
    return mark_private(request, render(request, "search/saved/edit.html", {"form": form, "saved": saved}))
