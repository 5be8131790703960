"""The editor's button that leads to the screen before submitting, in the place of Wagtail's that submits at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem, RestartWorkflowMenuItem, SubmitForModerationMenuItem
from wagtail.models import Page

from intranet.disclosure.models import CategorySection, MatterPage

NAME = "action-check-and-submit"
AT_ONCE = ("action-submit", "action-restart-workflow")
"""Wagtail's buttons that submit what was just saved."""


class CheckAndSubmitItem(SubmitForModerationMenuItem):
    """Saves the draft and shows what is missing or doubtful about it; shown where Wagtail's own would be."""

    name = NAME
    label = _("Check and submit")
    icon_name = "resubmit"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "label": self.label}


def put_check_before_submission(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """A matter is submitted from the screen that says what is doubtful; a returned one goes on in its review."""
    if not _is_of_a_matter(context):
        return
    items[:] = [item for item in items if not isinstance(item, RestartWorkflowMenuItem)]
    for place, item in enumerate(items):
        if type(item) is SubmitForModerationMenuItem:
            items[place] = CheckAndSubmitItem(order=item.order)


def check_instead(request: HttpRequest, page_or_parent: Page, page_class: type[Page] | None = None) -> None:
    """Whoever posts Wagtail's buttons all the same saves the draft and comes to the screen, too."""
    is_matter = issubclass(page_class or type(page_or_parent.specific), MatterPage)
    if request.method == "POST" and is_matter and any(name in request.POST for name in AT_ONCE):
        posted = request.POST.copy()
        for name in AT_ONCE:
            posted.pop(name, None)
        posted[NAME] = "1"
        request.POST = posted  # type: ignore[assignment]


def show_check(request: HttpRequest, page: Page) -> HttpResponse | None:
    """After the draft was saved by this button: on to the screen."""
    if NAME in request.POST and isinstance(page.specific, MatterPage):
        return redirect("publication:submit", page.pk)
    return None


def _is_of_a_matter(context: dict[str, Any]) -> bool:
    page, parent = context.get("page"), context.get("parent_page")
    return isinstance(page, MatterPage) or isinstance(getattr(parent, "specific", None), CategorySection)
