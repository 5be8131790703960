"""The admin's first page: my desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin.auth import require_admin_access, user_has_any_page_permission
from wagtail.admin.views.home import HomeView


class DeskView(HomeView):
    """Wagtail's first page with the desk's panels alone.

    What Wagtail puts there besides (numbers of the whole site, recent edits, locked pages) says nothing of what waits
    for whom, and costs every visit to the first page its queries.
    """

    page_title = _("My desk")
    template_name = "publication/desk/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        searches = user_has_any_page_permission(self.request.user)
        return {**super().get_context_data(**kwargs), "searches": searches}

    def get_panels(self) -> list[Any]:
        panels: list[Any] = []
        for add in hooks.get_hooks("construct_homepage_panels"):
            add(self.request, panels)
        return panels

    def get_site_details(self) -> dict[str, Any]:
        return {"site_name": self.page_title}


my_desk = never_cache(require_admin_access(DeskView.as_view()))
