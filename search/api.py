"""Search as JSON."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from search.demand.recording import note_asking
from search.demand.sessions import give, session_of
from search.query import InvalidQuery, SearchQuery
from search.results import Result, Results, SearchUnavailable, find
from search.suggestions import suggestions
from search.views import mark_private

TIME_STEP = 50
"""Milliseconds. A finer time would tell of work that was done for what the reader may not see."""


def error_answer(code: str, message: str, status: int) -> JsonResponse:
    """An error as every JSON face tells it: a code for programs, words for people."""
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`GET /api/search/`: the same parameters and the same results as the page."""
    try:
        found = find(SearchQuery.parse(request.GET), request.user)
    except InvalidQuery as invalid:
        return mark_private(request, error_answer("invalid_parameter", str(invalid), 400))
    except SearchUnavailable:
        return mark_private(request, error_answer("unavailable", _("Search cannot answer now; try again soon."), 503))
    session = session_of(request)
    note_asking(found, request, session)
    response = mark_private(request, JsonResponse(_as_json(found), json_dumps_params={"ensure_ascii": False}))
    give(response, session)
    return response


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """`GET /api/search/suggest`: what may be meant by what has been typed, among what this reader may read.

    `suggestions` are titles; `items` are of every kind, with their place to go to and `status`, how many, in words.
    """
    found = suggestions(request.GET.get("q", ""), request.user)
    count = len(found.shown)
    answer = {
        "suggestions": found.titles,
        "items": [
            {
                "kind": one.kind,
                "label": one.label,
                "text": one.text,
                "url": one.url,
                "marked": one.marked,
                "note": one.note,
                "language": one.language,
            }
            for one in found.shown
        ],
        "status": ngettext("%(count)s suggestion", "%(count)s suggestions", count) % {"count": count},
    }
    return mark_private(request, JsonResponse(answer, json_dumps_params={"ensure_ascii": False}))


def _as_json(found: Results) -> dict[str, Any]:
    return {
        "query": found.query.text,
        "total": found.total,
        "total_is_exact": found.total_is_exact,
        "page": found.query.page,
        "pages": found.pages,
        "took_ms": -(-found.took_ms // TIME_STEP) * TIME_STEP,
        "engine": found.engine,
        "degraded": found.degraded,
        "suggestion": found.suggestion or None,
        "also_searched": list(found.query.expansion.added) if found.query.expansion else [],
        "results": [_result(result) for result in found.results],
        "facets": {
            name: [{"value": value.value, "label": value.label, "count": value.count} for value in values]
            for name, values in found.facets.items()
        },
    }


def _result(result: Result) -> dict[str, Any]:
    card = result.card
    return {
        "id": card.id,
        "title": card.title,
        "url": card.url,
        "type": card.type,
        "department": card.department,
        "matter": card.matter,
        "audience": card.audience,
        "document_number": card.document_number,
        "published_on": card.published_on.isoformat() if card.published_on else None,
        "highlights": result.hit.highlights,
        "passages": [
            {"html": passage.html, "heading": passage.heading, "anchor": passage.anchor} for passage in result.passages
        ],
        "pinned": result.is_pinned,
        "attachment": {"title": file.title, "url": file.url} if (file := result.attachment) else None,
    }
