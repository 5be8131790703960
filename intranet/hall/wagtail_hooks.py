"""Registrations in the Wagtail admin."""

from typing import Any

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from intranet.hall.fees import admin_hooks as fee_hooks  # noqa: F401
from intranet.hall.figures import admin_hooks as figure_hooks  # noqa: F401
from intranet.hall.models import Act, InquiryAct
from intranet.hall.registers.menu import register_items
from intranet.hall.viewsets import HallGroup

register_snippet(HallGroup)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for act in Act:
        actions.register_action(f"hall.{act.value}", act.label, act.label)
    actions.register_action("hall.repeated", _("Refused a repeated application"), _("Refused a repeated application"))
    actions.register_action("hall.unmasked", _("Saw an applicant in full"), _("Saw an applicant in full"))


@hooks.register("register_log_actions")
def log_actions_of_questions(actions: Any) -> None:
    for act in InquiryAct:
        actions.register_action(f"hall.inquiry.{act.value}", act.label, act.label)
    actions.register_action("hall.register.export", _("Register of the hall taken away"), _("Register taken away"))


@hooks.register("register_admin_urls")
def register_urls() -> list:
    return [path("hall/registers/", include("intranet.hall.registers.urls"))]


for item in register_items():
    hooks.register("register_hall_menu_item", lambda item=item: item)
