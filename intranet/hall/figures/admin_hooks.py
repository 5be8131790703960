"""The figures' registrations in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from intranet.audit.wording import register_act
from intranet.hall.figures import views
from intranet.hall.figures.readers import sees_figures
from intranet.hall.yearly_report.proposing import reporting_departments
from intranet.hall.yearly_report.views import propose

KEPT = "_hall_report_is_shown"


@hooks.register("register_log_actions")
def figure_log_actions(actions: Any) -> None:
    words = _("Exported the hall's figures of %(period)s")
    register_act(actions, "hall.figures_exported", _("Exported the hall's figures"), words)
    words = _("Proposed the hall's yearly report of %(year)s: matter %(matter)s")
    register_act(actions, "hall.report_proposed", _("Proposed a yearly report"), words)
    words = _("Had the public figures of %(year)s counted once more, which were told since %(told_since)s")
    register_act(actions, "hall.year_told_anew", _("Had the public figures of a year counted once more"), words)


@hooks.register("register_admin_urls")
def figure_urls() -> list:
    patterns = [
        path("", views.figures_page, name="page"),
        path("yearly-report/", propose, name="propose_report"),
        path("<slug:figure>/cases/", views.figure_cases, name="cases"),
    ]
    return [path("hall-figures/", include((patterns, "hall_figures"), namespace="hall_figures"))]


class FiguresItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sees_figures(request.user)


@hooks.register("register_reports_menu_item")
def figures_item() -> MenuItem:
    address = reverse_lazy("hall_figures:page")
    return FiguresItem(_("Figures of the hall"), address, name="hall-figures", icon_name="table", order=698)


class ReportItem(MenuItem):
    """For who drafts the report without seeing the figures, whose page offers it to the others."""

    def is_shown(self, request: HttpRequest) -> bool:
        kept = getattr(request, KEPT, None)
        if kept is None:
            kept = not sees_figures(request.user) and reporting_departments(request.user).exists()
            setattr(request, KEPT, kept)  # the menu asks twice: whether it has anything to show, and what
        return kept


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    address = reverse_lazy("hall_figures:propose_report")
    return ReportItem(_("Yearly report of the hall"), address, name="hall-report", icon_name="table", order=698)
