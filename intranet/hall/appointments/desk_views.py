"""A day's appointments, for who receives at the hall's window or for the item's department."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from intranet.access.handling import receives_at_all, receives_for
from intranet.hall.appointments.booking import forget_the_past
from intranet.hall.appointments.offering import days_ahead, is_open, obstacles
from intranet.hall.desk.doors import person_of
from intranet.hall.models.appointments import Appointment
from intranet.organisation.models import User


@cache_control(private=True, no_store=True)
@require_safe
def appointments(request: HttpRequest) -> HttpResponse:
    """Today's list, or that of `?day=`."""
    user = person_of(request)
    if not receives_at_all(user):
        raise PermissionDenied
    forget_the_past()
    today = timezone.localdate()
    day = _day(request.GET.get("day", "")) or today
    awaited = appointments_of(user, day)
    is_closed = bool(awaited) and not is_open(day)
    told = {} if is_closed else obstacles(awaited, day)
    context = {
        "day": day,
        "days": sorted({today, *days_ahead(today), *days_awaited(user, today)}),
        "is_closed": is_closed,
        "awaited": [(each, told.get(each.pk, "")) for each in awaited],
    }
    return render(request, "hall/appointments/list.html", context)


def days_awaited(user: User, today: date) -> set[date]:
    """The days from today on with appointments for the items of which the user receives applications."""
    awaited = Appointment.objects.filter(day__gte=today, item__department__in=receives_for(user))
    return set(awaited.values_list("day", flat=True))


def appointments_of(user: User, day: date) -> list[Appointment]:
    """The day's appointments for the items of which the user receives applications."""
    found = Appointment.objects.filter(day=day, item__department__in=receives_for(user))
    return list(found.select_related("item__department"))


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
