"""Making an appointment and cancelling it; nobody is given a place that another one has."""

from dataclasses import dataclass
from datetime import date, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from intranet.hall.appointments.offering import slots_of
from intranet.hall.models.appointments import Appointment
from intranet.hall.models.cases import new_check_code
from intranet.hall.models.items import ServiceItem
from intranet.hall.progress.proving import normalised_code
from intranet.hall.progress.throttling import begin_try, forgive
from intranet.hall.sealing import lookup_key, seal
from intranet.refusals import Refused


class AppointmentRefused(Refused):
    """No appointment is made."""


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment with its code, which is known at this moment alone."""

    appointment: Appointment
    code: str


def book(item: ServiceItem, day: date, begins: time, *, name: str, address: str) -> Booked:
    """Make an appointment for somebody at this address of the network.

    Raises `AppointmentRefused` where the time is not to be had any more, `TooManyWrongCodes` where the address, or
    everybody together for this day, has made too many in a short time: nobody takes all places at once.
    """
    forget_the_past()
    slot = next((slot for slot in slots_of(day) if slot.begins == begins), None)
    if slot is None:
        raise AppointmentRefused([_("No appointment is given at this time. Choose another one.")])
    begin_try(day.isoformat(), address, what="appointments")
    code = new_check_code()
    for place in range(1, slot.capacity + 1):
        try:
            with transaction.atomic():
                made = Appointment.objects.create(
                    item=item, day=day, begins=begins, place=place, name_sealed=seal(name.strip()), code_key=_key(code)
                )
        except IntegrityError:
            continue  # somebody has this place; perhaps since a moment ago, which only the database knows
        return Booked(made, code)
    raise AppointmentRefused([_("This time was taken meanwhile. Choose another one.")])


def cancel(code: str, *, address: str) -> Appointment | None:
    """Cancel the appointment of the code; returns what it was, None where there is none. Raises `TooManyWrongCodes`."""
    forget_the_past()
    made = begin_try(normalised_code(code), address, what="cancelling")
    found = Appointment.objects.filter(code_key=_key(code)).select_related("item").first()
    if found is not None:
        forgive(made)
        Appointment.objects.filter(pk=found.pk).delete()
    return found


def forget_the_past() -> None:
    """Delete the appointments whose day is over."""
    Appointment.objects.outdated().delete()


def _key(code: str) -> str:
    return lookup_key("appointment", normalised_code(code))
