"""Registrations in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from intranet.access.handling import reads_cases, receives_at_all
from intranet.audit.wording import register_act
from intranet.hall.audit_hooks import hall_facts
from intranet.hall.desk import patterns
from intranet.hall.due_cases import views as due_views
from intranet.hall.due_cases.panel import DueCasesPanel
from intranet.hall.fees import admin_hooks as fee_hooks  # noqa: F401
from intranet.hall.figures import admin_hooks as figure_hooks  # noqa: F401
from intranet.hall.models import Act, InquiryAct
from intranet.hall.registers.menu import register_items
from intranet.hall.signatures.panel import SignaturesPanel
from intranet.hall.viewsets import HallGroup

register_snippet(HallGroup)
hooks.register("register_log_actions", hall_facts)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for act in Act:
        actions.register_action(f"hall.{act.value}", act.label, act.label)
    register_act(
        actions, "hall.result_proposed", _("Proposed a result"), _("Proposed the case's result: matter %(matter)s")
    )
    register_act(
        actions, "hall.told_anew", _("Applicant told another day"), _("Confirmed that the applicant was told %(day)s")
    )
    actions.register_action("hall.repeated", _("Refused a repeated application"), _("Refused a repeated application"))
    actions.register_action("hall.scan_attached", _("Attached a scan"), _("Attached a scan"))
    actions.register_action("hall.scan_removed", _("Removed a scan"), _("Removed a scan"))
    actions.register_action("hall.scan_opened", _("Opened a scan"), _("Opened a scan"))
    register_act(actions, "hall.paper", _("Printed a notice"), _("Printed a notice of the case: %(paper)s"))
    actions.register_action("hall.receipt", _("Printed a receipt"), _("Printed a receipt"))
    register_act(
        actions, "hall.renamed", _("Renamed an applicant"), _("An applicant known as %(from)s is now called %(to)s")
    )
    actions.register_action("hall.name_compared", _("Saw a known name"), _("Saw the known name of an applicant"))
    actions.register_action("hall.unmasked", _("Saw an applicant in full"), _("Saw an applicant in full"))


@hooks.register("register_log_actions")
def log_actions_of_questions(actions: Any) -> None:
    for act in InquiryAct:
        actions.register_action(f"hall.inquiry.{act.value}", act.label, act.label)
    actions.register_action("hall.register.export", _("Register of the hall taken away"), _("Register taken away"))


@hooks.register("register_admin_urls")
def register_urls() -> list:
    due_patterns = [
        path("due/", due_views.due, name="due"),
        path("moved/", due_views.moved, name="moved"),
        path("moved/told/", due_views.told_anew, name="told_anew"),
    ]
    return [
        path("hall/registers/", include("intranet.hall.registers.urls")),
        path("hall/", include((due_patterns, "hall_due"), namespace="hall_due")),
    ]


for item in register_items():
    hooks.register("register_hall_menu_item", lambda item=item: item)


@hooks.register("construct_homepage_panels", order=205)
def add_what_waits_at_the_hall(request: HttpRequest, panels: list) -> None:
    panels += [SignaturesPanel(), DueCasesPanel()]


@hooks.register("register_admin_urls")
def window_urls() -> list:
    return [path("window/", include((patterns.window, "window"), namespace="window"))]


class WindowItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return receives_at_all(request.user)


@hooks.register("register_admin_menu_item")
def window_item() -> MenuItem:
    label = pgettext_lazy("of the hall", "Window")
    return WindowItem(label, reverse_lazy("window:receive"), name="window", icon_name="form", order=315)


@hooks.register("register_hall_menu_item")
def appointments_item() -> MenuItem:
    address = reverse_lazy("window:appointments")
    return WindowItem(_("Appointments"), address, name="hall-appointments", icon_name="calendar-check", order=59)


class CasesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return reads_cases(request.user)


@hooks.register("register_admin_menu_item")
def cases_item() -> MenuItem:
    return CasesItem(_("Cases"), reverse_lazy("window:cases"), name="cases", icon_name="folder-open-inverse", order=316)
