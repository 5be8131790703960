"""The registrations of the items' files in the Wagtail admin, and their buttons beside the list of items."""

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from intranet.audit.wording import register_act
from intranet.hall.item_files import views


@hooks.register("register_log_actions")
def item_file_log_actions(actions: Any) -> None:
    words = _("Took in items from %(file)s: %(created)s created, %(changed)s changed, %(unchanged)s unchanged")
    register_act(actions, "hall.items_imported", _("Took in service items"), words)


@hooks.register("register_admin_urls")
def item_file_urls() -> list:
    patterns = [
        path("import/", views.import_items, name="import"),
        path("import/confirm/", views.confirm, name="confirm"),
        path("export.<slug:kind>", views.export, name="export"),
        path("template.<slug:kind>", views.empty, name="template"),
    ]
    return [path("service-items/", include((patterns, "hall_item_files"), namespace="hall_item_files"))]


class ItemIndex(IndexView):
    """The list of items, with the ways to take it away and to take one in."""

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if not views.keeps_items(self.request.user):
            return buttons
        export = reverse("hall_item_files:export", args=["xlsx"])
        return [
            *buttons,
            Button(_("Import items"), url=reverse("hall_item_files:import"), icon_name="upload", priority=5),
            Button(_("Export items"), url=export, icon_name="download", priority=6),
        ]
