"""Proposing the yearly report: once a year and department, by who drafts there, of a year that is over."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.access.rights import Right, departments_where, may
from intranet.audit.recording import record
from intranet.disclosure.models import Category
from intranet.disclosure.proposing import lay_down
from intranet.disclosure.sections import section_for
from intranet.hall.models.items import ServiceItem
from intranet.hall.models.yearly_reports import YearlyReport
from intranet.hall.open_figures.telling import open_figures, open_years
from intranet.hall.yearly_report.writing import report_of, rows_of
from intranet.organisation.models import Department, User
from intranet.refusals import Refused

CATEGORY = "E3"
"""Important work and how it was completed."""


class ReportRefused(Refused):
    """Nothing is proposed."""


def reporting_departments(user: User | AnonymousUser) -> QuerySet[Department]:
    """The departments of whose items the user may propose a report: those with items, and the hall."""
    drafting = departments_where(user, Right.DRAFT_MATTERS)
    with_items = drafting.filter(pk__in=ServiceItem.objects.values("department"))
    return with_items | drafting.filter(kind=Department.Kind.HALL)


@transaction.atomic
def propose_report(department: Department, year: int, *, by: User) -> YearlyReport:
    """The department's report of the year as a draft; the one that is there where it was proposed already.

    Raises `ReportRefused` with every reason.
    """
    reasons = []
    if not may(by, Right.DRAFT_MATTERS, department):
        reasons.append(_("Only liaison officers and heads of the department propose its report."))
    if year not in open_years():
        reasons.append(
            _("The figures of this year are not told: those of a year with cases are, from 1 February of the next.")
        )
    if reasons:
        raise ReportRefused(reasons)
    found = open_figures(year)
    if not list(rows_of(found, department)):
        raise ReportRefused([_("The department had no case in this year.")])
    YearlyReport.objects.get_or_create(department=department, year=year, defaults={"by": by})
    report = YearlyReport.objects.select_for_update().get(department=department, year=year)
    if report.matter_id is not None:
        return report
    section = section_for(department, Category.objects.get(code=CATEGORY))
    draft = report_of(found, department)
    lay_down(draft, section, by=by)
    report.matter, report.by, report.at = draft, by, timezone.now()
    report.save()
    facts = {"matter": draft.identifier, "year": year}
    record("hall.report_proposed", thing=department, person=by, facts=facts)
    return report
