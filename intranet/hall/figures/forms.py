"""Of which period and department figures are asked for."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from intranet.hall.figures.conditions import Period
from intranet.hall.models import ServiceItem
from intranet.organisation.models import Department

LONGEST_YEARS = 20
FIRST_YEAR = 1990
"""Before there were halls."""
AHEAD_YEARS = 10


class PeriodForm(forms.Form):
    """A period; this year up to today where nothing is asked."""

    first = forms.DateField(label=_("From"), widget=AdminDateInput)
    last = forms.DateField(label=_("To"), widget=AdminDateInput)
    department = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.all(), required=False, empty_label=_("All departments")
    )
    item = forms.ModelChoiceField(
        queryset=ServiceItem.objects.all(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("There is no such service item.")},
    )

    def __init__(self, asked: Any) -> None:
        today = timezone.localdate()
        given = {"first": date(today.year, 1, 1).isoformat(), "last": today.isoformat()}
        super().__init__({**given, **{name: value for name, value in asked.items() if value}})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        last_year = timezone.localdate().year + AHEAD_YEARS
        for name in ("first", "last"):
            day = cleaned.get(name)
            if day and not FIRST_YEAR <= day.year <= last_year:
                words = _("Ask for days of the years %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": last_year}
                self.add_error(name, words)
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The period ends before it begins."))
        elif first and last and last.year - first.year > LONGEST_YEARS:
            self.add_error("last", _("Ask for twenty years at the most."))
        return cleaned

    @property
    def period(self) -> Period:
        """The period asked for; of a form that is valid."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])
