"""The public pages of appointments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from intranet.hall.appointments.booking import book
from intranet.hall.appointments.booking import cancel as cancel_by
from intranet.hall.appointments.forms import BookingForm, CancelForm, ChoiceForm
from intranet.hall.models.appointments import Appointment
from intranet.hall.progress.session import HOLDS
from intranet.hall.progress.throttling import TooManyWrongCodes
from intranet.hall.progress.views import discreet, too_many
from intranet.organisation.models import Department
from intranet.refusals import Refused
from intranet.sign_in.client_address import client_address

KEPT = "hall_appointment"
REFUSED = "hall/appointments/refused.html"


@discreet
@sensitive_post_parameters("name")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """`/hall/appointments/`: choose item and day, `?item=&day=`, then a time; posted, on to the code."""
    choice = ChoiceForm(request.GET)
    booking = None
    if choice.is_valid():
        booking = BookingForm(choice.cleaned_data["day"], request.POST if request.method == "POST" else None)
        if request.method == "POST" and booking.is_valid():
            said = choice.cleaned_data | booking.cleaned_data
            try:
                booked = book(**said, address=client_address(request))
            except TooManyWrongCodes as refused:
                return too_many(request, refused, REFUSED)
            except Refused as refused:
                booking.refuse(refused.reasons)
            else:
                until = (timezone.now() + HOLDS).timestamp()
                request.session[KEPT] = {"key": booked.appointment.pk, "code": booked.code, "until": until}
                return redirect("appointments:booked")
    context = {"choice": choice, "booking": booking, "hall": _hall()}
    return render(request, "hall/appointments/choose.html", context)


@discreet
@require_safe
def booked(request: HttpRequest) -> HttpResponse:
    """`/hall/appointments/booked/`: what this browser has just made, with its code; for half an hour."""
    kept = request.session.get(KEPT, {})
    found = Appointment.objects.filter(pk=kept.get("key")).select_related("item").first()
    if found is None or kept["until"] < timezone.now().timestamp():
        request.session.pop(KEPT, None)
        return redirect("appointments:choose")
    context = {"appointment": found, "code": kept["code"], "hall": _hall()}
    return render(request, "hall/appointments/booked.html", context)


@discreet
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest) -> HttpResponse:
    """`/hall/appointments/cancel/`: by its code. 429 for too many wrong ones."""
    form = CancelForm(request.POST if request.method == "POST" else None, auto_id="cancel-%s")
    cancelled = None
    if form.is_valid():
        try:
            cancelled = cancel_by(form.cleaned_data["code"], address=client_address(request))
        except TooManyWrongCodes as refused:
            return too_many(request, refused, REFUSED)
        if cancelled is None:
            form.add_error("code", _("No appointment has this code. Perhaps it was cancelled already."))
    return render(request, "hall/appointments/cancel.html", {"form": form, "cancelled": cancelled})


def _hall() -> Department | None:
    return Department.objects.halls().first()
