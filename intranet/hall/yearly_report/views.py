"""Proposing the yearly report from the page of the figures."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from intranet.hall.desk.doors import person_of
from intranet.hall.open_figures.reading import open_years
from intranet.hall.yearly_report.proposing import propose_report, reporting_departments
from intranet.organisation.models import User
from intranet.refusals import Refused


class ReportForm(forms.Form):
    """Whose report of which year."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    department: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Department"), queryset=None, empty_label=None
    )

    def __init__(self, user: User, asked: Any = None) -> None:
        super().__init__(asked, auto_id="report-%s")
        self.fields["year"].choices = [(year, str(year)) for year in open_years()]  # type: ignore[attr-defined]
        self.fields["department"].queryset = reporting_departments(user)  # type: ignore[attr-defined]

    @property
    def is_offered(self) -> bool:
        """Whether there is a year and a department to choose."""
        return bool(self.fields["year"].choices) and self.fields["department"].queryset.exists()  # type: ignore[attr-defined]


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Propose the report and lead to its draft; back to the figures with the reasons where it is refused."""
    user = person_of(request)
    form = ReportForm(user, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a year that is over, and a department for which you draft."))
        return redirect("hall_figures:page")
    try:
        report = propose_report(form.cleaned_data["department"], form.cleaned_data["year"], by=user)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return redirect("hall_figures:page")
    return redirect("wagtailadmin_pages:edit", report.matter_id)
