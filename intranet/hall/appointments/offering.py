"""On which days and at what times appointments are still to be had."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import count, islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.hall.models.appointments import Appointment, AppointmentHours
from intranet.hall.models.items import ItemVersion, ServiceItem
from intranet.organisation.working_days import WorkingCalendar

AHEAD = 10
"""Working days from tomorrow on for which appointments are given; the list of a day is complete when it begins."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of a day, and how many places it has."""

    begins: time
    ends: time
    capacity: int
    taken: frozenset[int]
    """Places of the appointments that meet it: of this time, and of other times that other hours have given."""

    @property
    def free(self) -> int:
        return max(0, self.capacity - len(self.taken))

    @property
    def places(self) -> list[int]:
        """Those that may be given: no more than windows are left, and the same to all who ask at the same moment."""
        return list(islice((place for place in count(1) if place not in self.taken), self.free))


NOT_OFFERED_THEN = gettext_lazy("The item is not offered on this day any more. Choose an earlier one.")


def items_with_appointments() -> QuerySet[ServiceItem]:
    """The items that are offered today."""
    return ServiceItem.objects.offered().select_related("department")


def days_ahead(today: date | None = None) -> list[date]:
    """The working days on which anybody may have an appointment, full ones included; none without hours."""
    hours = list(AppointmentHours.objects.all())
    return [day for day in _working_days(today or timezone.localdate()) if any(_holds(each, day) for each in hours)]


def is_open(day: date) -> bool:
    """Whether people with appointments are received on the day, whenever that is."""
    return WorkingCalendar().is_working_day(day) and AppointmentHours.objects.in_force(day).exists()


def obstacles(appointments: Sequence[Appointment], day: date) -> dict[int, str]:
    """Why people with these appointments of one day cannot be received as was agreed, in words, by primary key."""
    hours = list(AppointmentHours.objects.in_force(day))
    offered = set(ItemVersion.objects.in_force(day).values_list("item", flat=True))
    told = {}
    for each in appointments:
        within = [held for held in hours if held.begins <= each.begins and each.ends <= held.ends]
        if not within:
            told[each.pk] = _("The hall has other hours on this day by now: agree on another time.")
        elif all(each.place > held.capacity for held in within):
            told[each.pk] = _("Fewer windows are open at this time by now: agree on another time.")
        elif each.item_id not in offered:
            told[each.pk] = _("The item is not offered on this day any more: tell who is coming.")
    return told


def slots_of(day: date) -> list[Slot]:
    """The times of one of those days, the taken ones included; none of any other day."""
    if day not in days_ahead():
        return []
    made = list(Appointment.objects.filter(day=day).values_list("begins", "ends", "place"))
    found = [
        Slot(
            begins=begins,
            ends=ends,
            capacity=hours.capacity,
            taken=frozenset(place for start, end, place in made if start < ends and end > begins),
        )
        for hours in AppointmentHours.objects.in_force(day)
        for begins, ends in hours.slots()
    ]
    return sorted(found, key=lambda slot: slot.begins)


def _working_days(today: date) -> Iterator[date]:
    calendar, day = WorkingCalendar(), today
    for _number in range(AHEAD):
        day = calendar.working_days_after(day, 1).on
        yield day


def _holds(hours: AppointmentHours, day: date) -> bool:
    return hours.valid_from <= day and (hours.valid_to is None or day <= hours.valid_to)
