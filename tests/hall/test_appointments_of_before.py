"""The migration that writes down until when appointments last that were made before it."""

from datetime import time
from importlib import import_module

import pytest
from django.apps import apps

from intranet.hall.models import Appointment
from tests.hall.cases import LONG_AGO
from tests.hall.test_appointments import NINE, booked, hours

name_ends = import_module("intranet.hall.migrations.0012_appointments_sent_once").name_ends


def of_before(hall, *, begins=NINE):
    """One that begins then, with an end that nobody has written down."""
    made = booked(hall).appointment
    Appointment.objects.filter(pk=made.pk).update(begins=begins, ends=time(23, 59, 59, 999999))
    return made


def ends_of(made):
    name_ends(apps, None)
    return Appointment.objects.get(pk=made.pk).ends


@pytest.mark.django_db
def test_it_lasts_as_long_as_the_hours_in_force_say(hall):
    hours(minutes=30)
    assert ends_of(of_before(hall)) == time(9, 30)


@pytest.mark.django_db
def test_other_hours_of_the_day_or_of_earlier_days_do_not_count(hall):
    hours(begins=time(14), ends=time(15), minutes=60)
    hours(minutes=5, valid_from=LONG_AGO, valid_to=LONG_AGO)
    hours()
    assert ends_of(of_before(hall)) == time(9, 20)


@pytest.mark.django_db
@pytest.mark.parametrize(("begins", "ends"), [(time(12), time(12, 20)), (time(23, 50), time(23, 59, 59))])
def test_where_no_hours_say_it_it_lasts_twenty_minutes(hall, begins, ends):
    hours()
    assert ends_of(of_before(hall, begins=begins)) == ends
