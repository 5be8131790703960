"""The hall's figures in the admin: by department and item, as a table, plots and a file; and the cases behind each."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.paginator import WagtailPaginator

from intranet.access.handling import reads_cases
from intranet.access.rights import answers_for_all
from intranet.audit.recording import record
from intranet.disclosure.particulars.files import table_file
from intranet.disclosure.particulars.plots import MOST, Bar, Plot
from intranet.hall.desk.doors import person_of
from intranet.hall.figures.behind import OF_EVENTS, OF_TIME, pks_behind
from intranet.hall.figures.conditions import LABELS, OTHER_LABELS, Period
from intranet.hall.figures.counting import Figures, figures_by_item, in_all
from intranet.hall.figures.forms import PeriodForm
from intranet.hall.figures.readers import counted_for, sees_figures
from intranet.hall.figures.spent import spent_on
from intranet.hall.models import Case, ServiceItem
from intranet.hall.yearly_report.views import ReportForm
from intranet.organisation.models import Department

A_PAGE = 100
"""Cases behind a figure, on one page of their list."""
ITEMS_SHOWN = 200
"""Items that the page lists; of more it lists the departments, each of which leads to its own."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item's figures."""

    item: ServiceItem
    figures: Figures


@dataclass(frozen=True, slots=True)
class DepartmentRows:
    """A department's items, with what they add up to."""

    department: Department
    rows: list[ItemRow]
    figures: Figures


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """The figures of a period; `?format=csv` as a file, which is written into the audit log."""
    if not sees_figures(request.user):
        raise PermissionDenied
    form = PeriodForm(request.GET)
    departments: list[DepartmentRows] = []
    if form.is_valid():
        departments = list(_departments(request, form))
        if request.GET.get("format") == "csv":
            return _as_csv(request, form.period, departments)
    total = in_all(row.figures for row in departments)
    asked = request.GET.urlencode()
    are_many = len(departments) > 1 and sum(len(one.rows) for one in departments) > ITEMS_SHOWN
    context = {
        "form": form,
        "labels": [capfirst(str(label)) for label in (*LABELS.values(), *OTHER_LABELS.values())],
        "departments": departments,
        "lists_items": not are_many,
        "asked": asked,
        "total": total,
        "plot": _plot(departments),
        "period": form.period if form.is_valid() else None,
        "report": ReportForm(person_of(request)),
        # Who answers for the bureau sees numbers; a list of cases would be empty.
        "links": asked if reads_cases(request.user) else None,
    }
    return render(request, "hall/figures/page.html", context)


@require_safe
def figure_cases(request: HttpRequest, figure: str) -> HttpResponse:
    """The cases behind a figure, those that the reader may read, in pages."""
    form = PeriodForm(request.GET)
    label = {**LABELS, **OTHER_LABELS}.get(figure)
    if label is None or not form.is_valid():
        raise Http404
    counted = _asked_for(counted_for(request.user), request, form)
    pks = pks_behind(figure, counted & Case.objects.readable_by(request.user), form.period)
    listed = WagtailPaginator(pks, A_PAGE)
    page = listed.get_page(request.GET.get("p"))
    are_more = answers_for_all(request.user)
    cases = Case.objects.filter(pk__in=list(page)).select_related("item", "applicant")
    days = {one.case: one.days for one in spent_on(cases)} if figure in OF_TIME else {}
    asked = request.GET.copy()
    asked.pop("p", None)
    context = {
        "label": capfirst(str(label)),
        "period": form.period,
        "page": page,
        "elided_page_range": listed.get_elided_page_range(page.number),
        "rows": [(case, days.get(case.pk)) for case in cases],
        "tells_days": figure in OF_TIME,
        "may_count_again": figure in OF_EVENTS,
        "in_all": WagtailPaginator(pks_behind(figure, counted, form.period), 1).count if are_more else listed.count,
        "asked": asked.urlencode(),
    }
    return render(request, "hall/figures/cases.html", context)


def _asked_for(cases: Any, request: HttpRequest, form: PeriodForm) -> Any:
    if department := form.cleaned_data["department"]:
        cases = cases.filter(item__department=department)
    item = form.cleaned_data["item"]
    return cases.filter(item=item) if item else cases


def _departments(request: HttpRequest, form: PeriodForm) -> Iterator[DepartmentRows]:
    found = figures_by_item(_asked_for(counted_for(request.user), request, form), form.period)
    items = ServiceItem.objects.filter(pk__in=found).select_related("department")
    ordered = items.order_by("department__position", "department__code", "code")
    for department, some in groupby(ordered, key=lambda item: item.department):
        rows = [ItemRow(item, found[item.pk]) for item in some]
        yield DepartmentRows(department, rows, in_all(row.figures for row in rows))


def _plot(departments: list[DepartmentRows]) -> Plot | None:
    """Accepted and completed of each department; none where there is nothing to compare."""
    series = (("accepted", _("accepted")), ("completed", _("completed")))
    bars = tuple(
        (
            one.department.name,
            tuple(
                Bar(Decimal(one.figures.counts[name]), str(one.figures.counts[name]), label) for name, label in series
            ),
        )
        for one in departments[:MOST]
    )
    return Plot(_("Accepted and completed, by department"), bars) if bars else None


def _as_csv(request: HttpRequest, period: Period, departments: list[DepartmentRows]) -> HttpResponse:
    span = f"{period.first.isoformat()}–{period.last.isoformat()}"
    record("hall.figures_exported", thing=None, person=request.user, facts={"period": span})
    labels = [_("department"), _("code"), _("service item"), *LABELS.values(), *OTHER_LABELS.values()]
    lines = [[capfirst(str(label)) for label in labels]]
    for department in departments:
        for row in department.rows:
            told = [*(row.figures.counts[name] for name in LABELS), *other_figures(row.figures).values()]
            lines.append(list(map(str, (department.department, row.item.code, row.item.name, *told))))
    response = HttpResponse(table_file(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hall-{period.first:%Y%m%d}-{period.last:%Y%m%d}.csv"'
    return response


def other_figures(figures: Figures) -> dict[str, Any]:
    """The figures of `OTHER_LABELS`, as text or number; empty where there was no decision."""
    average, median = figures.average_days, figures.median_days
    return {
        "in_time_by_law": figures.in_time_by_law,
        "in_time_by_promise": figures.in_time_by_promise,
        "average_days": "" if average is None else number_format(average, 1),
        "median_days": "" if median is None else number_format(median, 1),
        "notices": figures.notices,
        "repeated": figures.repeated,
    }
