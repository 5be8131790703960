"""The hall's figures in public: a table, a plot, a file."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intranet.disclosure.particulars.files import table_file
from intranet.disclosure.particulars.plots import MOST, Bar, Plot
from intranet.hall.figures.conditions import LABELS
from intranet.hall.open_figures.reading import MEASURES, OpenRow, OpenYear
from intranet.hall.open_figures.telling import open_figures, open_years
from intranet.hall.small_numbers import FEWEST, in_words


@require_safe
def public_figures(request: HttpRequest) -> HttpResponse:
    """`GET /hall/figures/`: the newest year, or `?year=`; `?format=csv` as a file. 404 for a year that is not told."""
    years = open_years()
    asked = request.GET.get("year", "")
    if asked and asked not in map(str, years):
        raise Http404
    year = int(asked) if asked else next(iter(years), None)
    found = open_figures(year) if year else None
    if found and request.GET.get("format") == "csv":
        return _as_csv(found)
    context = {
        "years": years,
        "found": found,
        "labels": [capfirst(str(LABELS[name])) for name in MEASURES],
        "all_cells": cells_of(found.row) if found else [],
        "departments": [
            (one.department, cells_of(one.row), [(item, cells_of(row)) for item, row in one.items])
            for one in (found.departments if found else ())
        ],
        "plot": plot_of(found) if found else None,
        "fewest": FEWEST,
    }
    return render(request, "hall/open_figures/page.html", context)


def cells_of(row: OpenRow) -> list[str]:
    """The row as texts: its counts, empty where it has none, then its average."""
    average = row.average_days
    counts = (in_words(row.counts[name]) if name in row.counts else "" for name in MEASURES)
    return [*counts, "—" if average is None else number_format(average, 1)]


def plot_of(found: OpenYear) -> Plot | None:
    """Accepted and completed of each department of which both are told; none where there is nothing to compare."""
    series = (("accepted", _("accepted")), ("completed", _("completed")))
    bars = []
    for one in found.departments[:MOST]:
        counts = [(count, label) for name, label in series if isinstance(count := one.row.counts[name], int)]
        if len(counts) == len(series):
            bars.append((one.department.name, tuple(Bar(Decimal(count), str(count), label) for count, label in counts)))
    return Plot(_("Accepted and completed, by department"), tuple(bars)) if bars else None


def _as_csv(found: OpenYear) -> HttpResponse:
    response = HttpResponse(table_file(_lines(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hall-{found.year}.csv"'
    return response


def _lines(found: OpenYear) -> Iterator[list[str]]:
    labels = [_("department"), _("code"), _("service item"), *(LABELS[name] for name in MEASURES)]
    yield [capfirst(str(label)) for label in (*labels, _("working days on average"))]
    yield [_("In all"), "", "", *cells_of(found.row)]
    for one in found.departments:
        yield [one.department.name, "", "", *cells_of(one.row)]
        for item, row in one.items:
            yield [one.department.name, item.code, item.name, *cells_of(row)]
