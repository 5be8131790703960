"""The page of results."""

from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from search import presentation
from search.demand.recording import ResultsPage, note_asking
from search.demand.sessions import give, session_of
from search.nothing_found import ways_on
from search.query import MAX_LENGTH, InvalidQuery, SearchQuery, clean
from search.results import SearchUnavailable, find

Answer = TypeVar("Answer", bound=HttpResponseBase)


def mark_private(request: HttpRequest, response: Answer) -> Answer:
    """What one reader finds is not another's: nothing between them keeps it."""
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`GET /search/`: a form without a query, results with one; an error names what to do."""
    context: dict[str, Any] = {"is_search_page": True}
    status = 200
    session = None
    try:
        query = SearchQuery.parse(request.GET)
        context["query"] = query
        if query.text or query.filters or "q" in request.GET:
            found = find(query, request.user)
            session = session_of(request)
            note_asking(found, request, session)
            demand = ResultsPage.of(found, session) if session and query.text else None
            if not found.total:
                context["nothing"] = presentation.nothing_found(found, ways_on(found, request.user))
            context |= {
                "results": found,
                "facets": presentation.facets(found),
                "chosen": presentation.chosen(found),
                "sorts": presentation.sorts(query),
                "page_numbers": presentation.page_numbers(found),
                "previous_url": presentation.address(query, page=query.page - 1) if query.page > 1 else "",
                "next_url": presentation.address(query, page=query.page + 1) if query.page < found.pages else "",
                "last_url": presentation.address(query, page=found.pages) if 0 < found.pages < query.page else "",
                "relaxed_words": presentation.RELAXED.get(found.relaxed, ""),
                "literal_url": presentation.address(query, literal=not query.literal),
                "page_token": demand.token if demand else "",
                "address": presentation.address(query, sort="relevance"),
                "is_judged": demand is not None and session is not None and not session.is_new and demand.is_judged,
                "suggestion_url": presentation.address(SearchQuery(text=found.suggestion)) if found.suggestion else "",
            }
    except InvalidQuery as invalid:
        context |= {"error": str(invalid), "query": SearchQuery(text=clean(request.GET.get("q", "")[:MAX_LENGTH]))}
        status = 400
    except SearchUnavailable:
        context["unavailable"] = True
        status = 503
    response = mark_private(request, render(request, "search/results.html", context, status=status))
    give(response, session)
    return response
