"""The audit log in the admin's reports, and what of it holds of acts of all apps."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from intranet.audit.reports import MAY_VIEW, AuditReport
from intranet.audit.wording import WORKFLOW, Fact, register_act, register_facts


class AuditMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_VIEW)


@hooks.register("register_admin_urls")
def audit_urls() -> list:
    patterns = [
        path("", AuditReport.as_view(), name="log"),
        path("results/", AuditReport.as_view(results_only=True), name="log_results"),
    ]
    return [path("reports/audit/", include((patterns, "audit"), namespace="audit"))]


@hooks.register("register_reports_menu_item")
def audit_item() -> MenuItem:
    return AuditMenuItem(_("Audit log"), reverse_lazy("audit:log"), name="audit", icon_name="history", order=700)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_act(actions, "audit.export", _("Audit log taken away"))
    register_facts(
        facts={
            "asked": _("what was asked for"),
            "comment": _("comment"),
            "file": _("file"),
            "reason": _("reason"),
            "step": _("step"),
            WORKFLOW: _("step"),
        }
    )
    register_facts("wagtail.copy", facts={"keep_live": _("stays live")})
    register_facts("wagtail.apitoken", facts={"source": Fact(_("way"), {"management_command": _("command")})})
