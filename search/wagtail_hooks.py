"""Registrations in the Wagtail admin: the state of the index."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from search.curation.keepers import keeps_search
from search.curation.viewsets import CurationGroup
from search.models import IndexTask
from search.upkeep import views


@hooks.register("register_admin_urls")
def upkeep_urls() -> list:
    return [
        path("search-index/", views.index_state, name="index_state"),
        path("search-index/retry/", views.retry, name="index_retry"),
    ]


@hooks.register("insert_global_admin_css")
def badge_of_the_menu() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("search/upkeep.css"))


class IndexStateItem(MenuItem):
    """Shows how many changes failed, where any did."""

    def is_shown(self, request: HttpRequest) -> bool:
        return keeps_search(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        attrs = {}
        if failed := IndexTask.objects.failed().count():
            words = ngettext("%(count)d change failed", "%(count)d changes failed", failed) % {"count": failed}
            attrs = {"data-failed": str(failed), "aria-label": f"{self.label}: {words}"}
        return LinkMenuItem(self.name, self.label, self.url, icon_name=self.icon_name, attrs=attrs)


@hooks.register(CurationGroup.submenu_hook)
def index_state_item() -> MenuItem:
    return IndexStateItem(_("Search index"), reverse("index_state"), name="index-state", icon_name="search", order=30)
