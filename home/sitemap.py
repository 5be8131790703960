"""The sitemap: addresses that the public may read, and no others."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from intranet.access.tokens import PUBLIC
from intranet.disclosure.models import Category, MatterPage, Side
from intranet.disclosure.querysets import MatterQuerySet


class MatterSitemap(Sitemap):
    limit = 5000

    def items(self) -> MatterQuerySet:
        return MatterPage.objects.readable_with(frozenset({PUBLIC})).order_by("pk").defer("body")

    def location(self, item: MatterPage) -> str:
        return item.url or "/"

    def lastmod(self, item: MatterPage) -> datetime | None:
        return item.last_published_at


class FrameSitemap(Sitemap):
    """Home, catalogue, categories, departments, and how to apply for more."""

    def items(self) -> list[str]:
        categories = Category.objects.filter(side=Side.EXTERNAL).values_list("code", flat=True)
        return [
            "/",
            reverse("catalogue:index"),
            reverse("departments:index"),
            reverse("apply"),
            *(reverse("catalogue:category", args=[code]) for code in categories),
        ]

    def location(self, item: str) -> str:
        return item


SITEMAPS = {"matters": MatterSitemap, "frame": FrameSitemap}
