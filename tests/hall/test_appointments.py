"""Appointments: on working days, never two for one place, cancelled by a code, forgotten when the day is over."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from intranet.hall.appointments.booking import AppointmentRefused, book, cancel
from intranet.hall.appointments.offering import days_ahead, slots_of
from intranet.hall.models import Appointment, AppointmentHours
from intranet.hall.progress.throttling import FROM_AN_ADDRESS_FOR_A_NUMBER, TooManyWrongCodes
from intranet.organisation.working_days import WorkingCalendar
from tests.factories import Bureau
from tests.hall.cases import Hall, item_of, today
from tests.hall.test_two_clerks import CLERKS, at_once

NINE = time(9)


def hours(**said):
    said = {"begins": NINE, "ends": time(10), "minutes": 20, "capacity": 1, "valid_from": date(2020, 1, 1)} | said
    return AppointmentHours.objects.create(**said)


def booked(hall, *, begins=NINE, address="10.0.0.1", item=None, **said):
    return book(item or hall.item, days_ahead()[0], begins, address=address, **({"name": "李"} | said))


class TestWhatIsOffered:
    def test_ten_working_days_from_tomorrow_on(self, hall):
        hours()
        calendar = WorkingCalendar()
        assert len(days_ahead()) == 10
        assert all(day > today() and calendar.is_working_day(day) for day in days_ahead())

    def test_each_time_that_fits_into_the_hours(self, hall):
        hours(ends=time(9, 50))
        assert [slot.begins for slot in slots_of(days_ahead()[0])] == [NINE, time(9, 20)]

    def test_nothing_of_a_day_that_is_not_offered(self, hall):
        hours()
        assert slots_of(today()) == []

    def test_hours_that_meet_others_in_force_are_refused(self, hall):
        hours()
        with pytest.raises(ValidationError):
            AppointmentHours(valid_from=today(), begins=time(9, 30), ends=time(11), minutes=20, capacity=1).full_clean()


class TestMakingOne:
    def test_a_time_has_as_many_places_as_windows(self, hall):
        hours(capacity=2)
        booked(hall), booked(hall)
        with pytest.raises(AppointmentRefused):
            booked(hall)
        assert [slot.free for slot in slots_of(days_ahead()[0])] == [0, 2, 2]

    def test_the_database_gives_no_place_twice(self, hall):
        hours()
        made = booked(hall).appointment
        made.pk, made.code_key = None, "another"
        with pytest.raises(IntegrityError), transaction.atomic():
            made.save()

    def test_a_time_that_is_not_offered_is_refused(self, hall):
        hours()
        with pytest.raises(AppointmentRefused):
            booked(hall, begins=time(3))

    def test_one_address_does_not_take_all_places(self, hall):
        hours(capacity=20)
        for _number in range(FROM_AN_ADDRESS_FOR_A_NUMBER):
            booked(hall)
        with pytest.raises(TooManyWrongCodes):
            booked(hall)


class TestTheCode:
    def test_it_cancels_however_it_is_typed(self, hall):
        hours()
        code = booked(hall).code
        cancel(f" {code[:5].lower()}-{code[5:]}", address="10.0.0.2")
        assert not Appointment.objects.exists()

    def test_it_is_not_kept(self, hall):
        hours()
        made = booked(hall)
        assert made.code not in str(Appointment.objects.values().get())

    def test_wrong_ones_are_throttled(self, hall):
        with pytest.raises(TooManyWrongCodes):
            for number in range(21):
                cancel(f"CODE{number:06d}", address="10.0.0.3")


class TestAfterItsDay:
    def test_nothing_is_kept(self, hall):
        hours()
        booked(hall)
        with time_machine.travel(timezone.now() + timedelta(days=30)):
            cancel("ABCDEFGHJK", address="10.0.0.4")
            assert not Appointment.objects.exists()


class TestThePages:
    def test_a_visitor_makes_one_and_is_shown_its_code(self, hall, client):
        hours()
        day = days_ahead()[0]
        address = f"{reverse('appointments:choose')}?item={hall.item.pk}&day={day.isoformat()}"
        answer = client.post(address, {"begins": "09:20", "name": "李"}, follow=True)
        made = Appointment.objects.get()
        assert (made.begins, len(answer.context["code"])) == (time(9, 20), 10)

    def test_another_browser_is_shown_none(self, hall, client):
        hours()
        booked(hall)
        assert client.get(reverse("appointments:booked")).url == reverse("appointments:choose")

    def test_where_none_are_given_the_page_says_so(self, hall, client):
        answer = client.get(reverse("appointments:choose"), headers={"accept-language": "en"})
        assert "No appointments are given at present" in answer.content.decode()


class TestTheClerksList:
    def names(self, client, person):
        client.force_login(person)
        answer = client.get(reverse("window:appointments"), {"day": days_ahead()[0].isoformat()})
        return [each.name for each in answer.context["awaited"]]

    def test_the_halls_clerk_sees_all_and_a_handler_the_own_departments(self, hall, client):
        hours(capacity=2)
        booked(hall, name="李"), booked(hall, name="王", item=item_of(hall.bureau.finance, code="CW-001"))
        assert (self.names(client, hall.clerk), self.names(client, hall.handler)) == (["李", "王"], ["李"])

    def test_who_handles_no_cases_sees_none(self, hall, client):
        client.force_login(hall.bureau.liaison)
        assert client.get(reverse("window:appointments")).status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_of_several_at_once_each_has_another_place_or_none(transactional_db):
    hall = Hall(Bureau())
    hours(capacity=2)
    results = at_once(lambda place: booked(hall, address=f"10.0.1.{place}"))
    refused = [each for each in results if isinstance(each, AppointmentRefused)]
    assert len(refused) == CLERKS - 2
    assert sorted(Appointment.objects.values_list("place", flat=True)) == [1, 2]
