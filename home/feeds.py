"""Atom feeds of what is disclosed to the public."""

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from intranet.access.tokens import PUBLIC
from intranet.disclosure.models import Category, MatterPage, Side
from intranet.disclosure.querysets import MatterQuerySet

ITEMS = 30


class LatestFeed(Feed):
    """The newest disclosures to the public. A feed reader is a visitor, whoever subscribed."""

    feed_type = Atom1Feed

    def title(self, obj: Category | None = None) -> str:
        return obj.name if obj else _("Latest disclosures")

    def link(self, obj: Category | None = None) -> str:
        return reverse("catalogue:category", args=[obj.code]) if obj else "/"

    def matters(self, obj: Category | None) -> MatterQuerySet:
        return MatterPage.objects.readable_with(frozenset({PUBLIC}))

    def items(self, obj: Category | None = None) -> list[MatterPage]:
        matters = self.matters(obj).newest_first().select_related("category", "department").defer("body")
        return list(matters[:ITEMS])

    def item_title(self, item: MatterPage) -> str:
        return item.title

    def item_description(self, item: MatterPage) -> str:
        return item.summary

    def item_link(self, item: MatterPage) -> str:
        return item.url or "/"

    def item_author_name(self, item: MatterPage) -> str:
        return item.department.name

    def item_categories(self, item: MatterPage) -> list[str]:
        return [item.category.name]

    def item_pubdate(self, item: MatterPage) -> datetime | None:
        if item.published_on is None:
            return None
        return timezone.make_aware(datetime.combine(item.published_on, time.min))

    def item_updateddate(self, item: MatterPage) -> datetime | None:
        return item.last_published_at


class CategoryFeed(LatestFeed):
    """The newest disclosures of one external category."""

    def get_object(self, request: HttpRequest, code: str) -> Category:
        category = Category.objects.filter(code=code.upper(), side=Side.EXTERNAL).first()
        if category is None:
            raise Http404
        return category

    def matters(self, obj: Category | None) -> MatterQuerySet:
        return super().matters(obj).filter(category=obj)
