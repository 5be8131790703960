"""Registrations in the Wagtail admin: the office's reports of what people look for."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from intranet.access.rights import answers_for_all
from intranet.audit.wording import Fact, register_act, register_facts
from search.curation.viewsets import CurationGroup
from search.demand.reports import REPORTS, DemandReport

FIRST = 20


class ReportMenuItem(MenuItem):
    """A report in the menu of who may see it."""

    def __init__(self, report: type[DemandReport], order: int) -> None:
        address = reverse_lazy(f"demand:{report.slug}")
        super().__init__(report.page_title, address, name=f"searches-{report.slug}", icon_name="search", order=order)

    def is_shown(self, request: HttpRequest) -> bool:
        return answers_for_all(request.user)


@hooks.register("register_admin_urls")
def report_urls() -> list:
    patterns = []
    for report in REPORTS:
        patterns += [
            path(f"{report.slug}/", report.as_view(), name=report.slug),
            path(f"{report.slug}/results/", report.as_view(results_only=True), name=f"{report.slug}_results"),
        ]
    return [path("reports/searches/", include((patterns, "demand"), namespace="demand"))]


def _offer(report: type[DemandReport], order: int) -> None:
    hooks.register(CurationGroup.submenu_hook, lambda: ReportMenuItem(report, order))


for position, each in enumerate(REPORTS):
    _offer(each, FIRST + position)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_act(actions, "search_demand.export", _("Report on searches taken away"))
    titles = {report.slug: report.page_title for report in REPORTS}
    register_facts("search_demand.export", facts={"report": Fact(_("report"), titles)})


@hooks.register("construct_reports_menu")
def one_place_counts_queries(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's own report of search terms counts what nothing here writes."""
    items[:] = [item for item in items if item.name != "search-terms"]
