"""A search as an Atom feed: what the public finds, whoever asks."""

from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from search import presentation
from search.adapters import Card
from search.query import InvalidQuery, SearchQuery
from search.results import SearchUnavailable
from search.saved.news import newest

ITEMS = 30
RETRY_SECONDS = 60
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated: an answer that stays the same until there is one."""


def tag(name: str) -> str:
    """An identifier that stays when an address changes. Source: RFC 4151."""
    return f"tag:{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname},2026:{name}"


class SteadyAtom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else NEVER


class SearchFeed(Feed):
    """The newest results of a search. Raises `InvalidQuery` and `SearchUnavailable`."""

    feed_type = SteadyAtom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> SearchQuery:
        return SearchQuery.parse(request.GET, page_size=ITEMS)

    def title(self, query: SearchQuery) -> str:
        return _("Search: %(text)s") % {"text": query.text} if query.text else _("Search")

    def link(self, query: SearchQuery) -> str:
        return reverse("search:results") + presentation.address(query, sort="newest")

    def feed_url(self, query: SearchQuery) -> str:
        return reverse("search:feed") + presentation.address(query, sort="relevance")

    def feed_guid(self, query: SearchQuery) -> str:
        return tag(f"search{presentation.address(query, sort='relevance')}")

    def items(self, query: SearchQuery) -> list[Card]:
        return [result.card for result in newest(query, None)]

    def item_title(self, item: Card) -> str:
        return item.title

    def item_description(self, item: Card) -> str:
        return item.summary

    def item_link(self, item: Card) -> str:
        return item.url

    def item_guid(self, item: Card) -> str:
        return tag(item.id)

    def item_author_name(self, item: Card) -> str:
        return item.department_label

    def item_categories(self, item: Card) -> list[str]:
        return [item.matter_label]

    def item_pubdate(self, item: Card) -> datetime | None:
        return timezone.make_aware(datetime.combine(item.published_on, time.min)) if item.published_on else None

    def item_updateddate(self, item: Card) -> datetime | None:
        return item.changed_at


@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """`GET /search/feed/`: the parameters of the page of results; order and page are the feed's own."""
    try:
        response = SearchFeed()(request)
    except InvalidQuery as invalid:
        return HttpResponse(str(invalid), status=400, content_type="text/plain; charset=utf-8")
    except SearchUnavailable:
        text = _("Search cannot answer now; try again soon.")
        response = HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
        response["Retry-After"] = str(RETRY_SECONDS)
    patch_cache_control(response, no_cache=True)
    return response
