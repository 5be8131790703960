"""The fees in the admin: which are shown and why others are not, and the loss of a price audit."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.widgets import AdminDateInput

from intranet.access.rights import is_office
from intranet.disclosure.models import MatterPage
from intranet.hall.fees.losing import (
    LossRefused,
    lose_audit,
    may_take_away,
    may_take_back,
    reasons_against_day,
    standing_on,
    take_back_loss,
)
from intranet.hall.fees.lost import Audit, audit_of, losses_of, written_down
from intranet.hall.fees.reading import AHEAD_DAYS, Standard, complaint_phone, ending, matters_with_fees, standards
from intranet.hall.models import LostAudit
from intranet.organisation.models import User


class LossForm(forms.Form):
    """From when an audit holds no more, and why."""

    lost_on = forms.DateField(label=gettext_lazy("No more valid from"), widget=AdminDateInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("By whom it was withdrawn, and the number of the document."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, fees: Collection[Standard], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._fees = fees

    def clean_lost_on(self) -> date:
        day: date = self.cleaned_data["lost_on"]
        if reasons := reasons_against_day(self._fees, day):
            raise ValidationError(reasons)
        return day


class TakingBackForm(forms.Form):
    """Why a loss was a mistake."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("What was wrong: the day, the number, or that the audit was lost at all."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_safe
def fee_list(request: HttpRequest) -> HttpResponse:
    """Every standard that is disclosed, how it stands today, and which end soon. What it shows is public."""
    found, lost = standards(), written_down()
    rows = [(fee, _address_of_loss(request, fee), _address_of_taking_back(request, fee, lost)) for fee in found]
    context = {
        "rows": rows,
        "ending": ending(),
        "days": AHEAD_DAYS,
        "complaint_phone": complaint_phone(),
        "is_office": is_office(request.user),
    }
    return render(request, "hall/fees/admin_list.html", context)


def audit_lost(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Asks from when and why the audit `?organ=…&number=…` holds no more, says what disappears, and writes it down."""
    matter = _matter_or_404(request, matter_id)
    named = {"audit_organ": request.GET.get("organ", ""), "audit_number": request.GET.get("number", "")}
    audit = audit_of(named)
    fees = standing_on(audit, matter)
    if not fees:
        raise Http404
    form = LossForm(request.POST or None, fees=fees, initial={"lost_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            lose_audit(matter, audit, on=said["lost_on"], reason=said["reason"], by=cast(User, request.user))
        except LossRefused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("Written down. From that day its fees stand on no board and no guide."))
            return redirect("hall_fees:list")
    context = {"title": _("Price audit lost"), "audit_number": fees[0]["audit_number"], "fees": fees, "form": form}
    return render(request, "hall/fees/admin_lost.html", context)


def loss_taken_back(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Asks why the loss of the audit `?organ=…&number=…` was a mistake, says what is charged again, writes it down."""
    matter = get_object_or_404(matters_with_fees(), pk=matter_id)
    audit = audit_of({"audit_organ": request.GET.get("organ", ""), "audit_number": request.GET.get("number", "")})
    fees = standing_on(audit, matter)
    if not fees or not _address_of_taking_back(request, fees[0], written_down()):
        raise Http404
    form = TakingBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_back_loss(fees[0], reason=form.cleaned_data["reason"], by=cast(User, request.user))
        except LossRefused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("Taken back. The fees are charged again where nothing else stands against it."))
            return redirect("hall_fees:list")
    title = _("Loss of a price audit taken back")
    context = {"title": title, "audit_number": fees[0]["audit_number"], "fees": fees, "form": form}
    return render(request, "hall/fees/admin_taken_back.html", context)


def _address_of_loss(request: HttpRequest, fee: Standard) -> str:
    """Where the user says that the fee's audit was lost; empty where there is nothing to say."""
    if not all(audit_of(fee.row)) or fee.lost_on or not may_take_away(request.user, fee.matter):
        return ""
    return _address("hall_fees:lost", fee)


def _address_of_taking_back(request: HttpRequest, fee: Standard, lost: Mapping[Audit, list[LostAudit]]) -> str:
    """Where the user says that the fee's audit was not lost; empty where it was not, or it is not the user's to say."""
    found = losses_of(fee.row, lost)
    return _address("hall_fees:taken_back", fee) if found and may_take_back(request.user, found) else ""


def _address(name: str, fee: Standard) -> str:
    asked = urlencode({"organ": fee["audit_organ"], "number": fee["audit_number"]})
    return f"{reverse(name, args=[fee.matter.pk])}?{asked}"


def _matter_or_404(request: HttpRequest, pk: int) -> MatterPage:
    matter = matters_with_fees().filter(pk=pk).select_related("department").first()
    if matter is None or not may_take_away(request.user, matter):
        raise Http404
    return matter
