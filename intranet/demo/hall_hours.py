"""The demo hall's hours of appointments."""

from datetime import time

from intranet.demo.hall_items import SINCE
from intranet.hall.models import AppointmentHours

HOURS = ((time(9), time(11, 40)), (time(15), time(17)))


def load_hours() -> None:
    """Make the hours that are not there yet: every twenty minutes, two at the same time."""
    for begins, ends in HOURS:
        terms = {"ends": ends, "minutes": 20, "capacity": 2}
        AppointmentHours.objects.get_or_create(valid_from=SINCE, begins=begins, defaults=terms)
