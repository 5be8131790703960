"""Registrations in the Wagtail admin: the portal's colours, and a help menu that speaks of the work."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

OF_THE_MACHINERY = ("whats-new-in-wagtail", "editor-guide")
"""Items of Wagtail's help menu about Wagtail itself."""


@hooks.register("insert_global_admin_css")
def portal_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("home/admin/admin.css"))


@hooks.register("insert_global_admin_js")
def listings_on_narrow_screens() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("home/admin/stacked-tables.js"))


@hooks.register("construct_help_menu")
def hide_help_about_wagtail(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if not item.name.startswith(OF_THE_MACHINERY)]
