"""The portal's first page and the site-wide facts about the bureau."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page

from intranet.access.tokens import PUBLIC
from intranet.disclosure.models import GuidePage, MatterPage, Side
from intranet.disclosure.models.sections import SectionPermissionTester

LATEST = 8
GUIDES = 8


class HomePage(Page):
    """The root of the portal; its content is drawn from what is disclosed."""

    introduction_zh = models.TextField(_("introduction (Chinese)"), blank=True)
    introduction_bo = models.TextField(_("introduction (Tibetan)"), blank=True)
    introduction_en = models.TextField(_("introduction (English)"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction_zh"),
        FieldPanel("introduction_bo"),
        FieldPanel("introduction_en"),
    ]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["disclosure.AudienceSection"]
    private_page_options: list[str] = []
    template = "home/home.html"

    class Meta:
        verbose_name = _("home page")

    def permissions_for_user(self, user: object) -> SectionPermissionTester:
        """It belongs to the frame: with it would go every matter."""
        return SectionPermissionTester(user, self)

    def reader_tokens(self) -> frozenset[str]:
        return frozenset({PUBLIC}) if self.live else frozenset()

    @property
    def introduction(self) -> str:
        """The introduction in the reader's language, else in Chinese."""
        return _in_the_readers_language(self, "introduction")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.catalogue import catalogue_rows, is_of_the_bureau
        from home.popular import popular_queries
        from intranet.disclosure.validity.reading import read_validity

        readable = (
            MatterPage.objects.readable_by(request.user)
            .in_the_readers_language(request.user)
            .newest_first()
            .select_related("category", "department", "content_type")
            .defer("body")
        )
        rows = catalogue_rows(request.user)
        return {
            **super().get_context(request, *args, **kwargs),
            "latest": read_validity(readable[:LATEST]),
            "guides": readable.type(GuidePage)[:GUIDES],
            "external": rows[Side.EXTERNAL],
            "internal": rows[Side.INTERNAL],
            "is_cadre": is_of_the_bureau(request.user),
            "popular": popular_queries(),
        }


@register_setting(icon="home")
class BureauSettings(BaseGenericSetting):
    """The bureau as it stands in headers, footers and prints."""

    name_zh = models.CharField(_("name (Chinese)"), max_length=100, default="政务公开")
    name_bo = models.CharField(_("name (Tibetan)"), max_length=200, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    office_hours = models.CharField(_("office hours"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("the bureau")

    @property
    def name(self) -> str:
        """The name in the reader's language, else in Chinese."""
        return _in_the_readers_language(self, "name")


def _in_the_readers_language(thing: models.Model, field: str) -> str:
    language = (get_language() or "").partition("-")[0]
    return getattr(thing, f"{field}_{language}", "") or getattr(thing, f"{field}_zh")
