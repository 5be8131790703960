"""Making an appointment and cancelling it; nobody is given a place that another one has."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from intranet.hall.appointments.offering import NOT_OFFERED_THEN, slots_of
from intranet.hall.models.appointments import Appointment
from intranet.hall.models.cases import CHECK_CODE_CHARACTERS, CHECK_CODE_LENGTH, new_check_code
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


def book(item: ServiceItem, day: date, begins: time, *, name: str, address: str, token: UUID | None = None) -> Booked:
    """Make an appointment for somebody at this address of the network.

    The same form sent twice, by its token, is the same appointment with the same code. Raises `AppointmentRefused`
    where the time is not to be had any more, `TooManyWrongCodes` where the address, or everybody together for this
    day, has made too many in a short time: nobody takes all places at once.
    """
    forget_the_past()
    asked = {"item": item, "day": day, "begins": begins}
    if sent := _sent_before(token, name, **asked):
        return sent
    slot = next((slot for slot in slots_of(day) if slot.begins == begins), None)
    if slot is None:
        raise AppointmentRefused([_("No appointment is given at this time. Choose another one.")])
    if item.version_on(day) is None:
        raise AppointmentRefused([str(NOT_OFFERED_THEN)])
    begin_try(day.isoformat(), address, what="appointments")
    code = _code_of(token) if token else new_check_code()
    said = {"ends": slot.ends, "name_sealed": seal(name.strip()), "code_key": _key(code), "form_key": _form_key(token)}
    for place in slot.places:
        try:
            with transaction.atomic():
                made = Appointment.objects.create(place=place, **asked, **said)
        except IntegrityError:
            if sent := _sent_before(token, name, **asked):
                return sent
            continue  # somebody has this place since a moment ago, which only the database knows
        return Booked(made, code)
    if sent := _sent_before(token, name, **asked):
        return sent  # it was the last place, and the form itself has taken it
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


def _sent_before(token: UUID | None, name: str, **asked: Any) -> Booked | None:
    """What was made of this form; None of a new one. Raises `AppointmentRefused` where it says something else now."""
    if token is None or (made := Appointment.objects.filter(form_key=_form_key(token)).first()) is None:
        return None
    if made.name != name.strip() or any(getattr(made, field) != value for field, value in asked.items()):
        raise AppointmentRefused(
            [_("With this form an appointment was made already. Send it once more if you want another one.")]
        )
    return Booked(made, _code_of(token))


def _code_of(token: UUID) -> str:
    """The code of what is made of the form, the same each time and kept nowhere; nobody else comes to it."""
    digest = bytes.fromhex(lookup_key("code of an appointment", str(token)))
    return "".join(CHECK_CODE_CHARACTERS[byte % len(CHECK_CODE_CHARACTERS)] for byte in digest[:CHECK_CODE_LENGTH])


def _form_key(token: UUID | None) -> str | None:
    return lookup_key("form of an appointment", str(token)) if token else None


def _key(code: str) -> str:
    return lookup_key("appointment", normalised_code(code))
