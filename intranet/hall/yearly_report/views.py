"""Proposing the yearly report: from a page of its own, and from that of the figures for who sees them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.hall.desk.doors import person_of
from intranet.hall.open_figures.telling import open_years
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


def propose(request: HttpRequest) -> HttpResponse:
    """Asks whose report of which year, proposes it and leads to its draft; says why where it is refused.

    For who drafts it, also where that person sees no figures: it tells nothing but what the public reads.
    """
    user = person_of(request)
    if not reporting_departments(user).exists():
        raise PermissionDenied
    form = ReportForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        reasons = [_("Choose a year, and a department for which you draft.")]
        if form.is_valid():
            try:
                report = propose_report(form.cleaned_data["department"], form.cleaned_data["year"], by=user)
            except Refused as refused:
                reasons = refused.reasons
            else:
                return redirect("wagtailadmin_pages:edit", report.matter_id)
        for reason in reasons:
            messages.error(request, reason)
    return render(request, "hall/yearly_report/page.html", {"report": form})
