"""Appointments: on working days, never two for one place, cancelled by a code, forgotten when the day is over."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import get_current_timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.hall.appointments.booking import AppointmentRefused, book, cancel
from intranet.hall.appointments.offering import days_ahead, slots_of
from intranet.hall.models import Appointment, AppointmentHours
from intranet.hall.models.wrong_codes import WrongCode
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


def choosing(hall, day):
    return f"{reverse('appointments:choose')}?item={hall.item.pk}&day={day.isoformat()}"


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

    def test_hours_shorter_than_one_appointment_are_refused(self, db):
        short = AppointmentHours(begins=NINE, ends=time(9, 10), minutes=20, valid_from=date(2020, 1, 1))
        with pytest.raises(ValidationError, match="shorter than one appointment"):
            short.full_clean()

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

    def test_the_same_form_sent_twice_is_one_appointment_with_one_code(self, hall):
        hours()
        token = uuid4()
        first, second = booked(hall, token=token), booked(hall, token=token)
        assert (first, Appointment.objects.count()) == (second, 1)
        assert cancel(second.code, address="10.0.0.2") == first.appointment

    def test_its_code_follows_from_nothing_that_is_kept(self, hall):
        hours()
        token = uuid4()
        made = booked(hall, token=token)
        kept = str(Appointment.objects.values().get())
        assert not [words for words in (str(token), token.hex, made.code) if words in kept]

    @pytest.mark.parametrize("said", [{"begins": time(9, 20)}, {"name": "王"}])
    def test_a_form_that_says_something_else_by_now_is_not_the_same(self, hall, said):
        hours(capacity=2)
        token = uuid4()
        booked(hall, token=token)
        with override("en"), pytest.raises(AppointmentRefused, match="With this form"):
            booked(hall, token=token, **said)
        assert Appointment.objects.count() == 1

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

    def test_none_is_made_for_a_day_on_which_the_item_is_not_offered_any_more(self, hall):
        hours()
        hall.item.versions.update(valid_to=today())
        with pytest.raises(AppointmentRefused, match="not offered on this day"):
            booked(hall)

    def test_such_a_day_is_refused_before_anybody_chooses_a_time(self, hall, client):
        hours()
        hall.item.versions.update(valid_to=today())
        page = client.get(choosing(hall, days_ahead()[0]), headers={"accept-language": "en"}).content.decode()
        assert "not offered on this day" in page


class TestChangedHours:
    def change(self, **said):
        AppointmentHours.objects.all().delete()
        hours(**said)

    def test_an_appointment_takes_a_window_from_each_time_that_it_meets(self, hall):
        hours(capacity=2)
        booked(hall)
        self.change(begins=time(8, 50), minutes=20, capacity=2)
        assert [(slot.begins, slot.free) for slot in slots_of(days_ahead()[0])] == [
            (time(8, 50), 1), (time(9, 10), 1), (time(9, 30), 2),
        ]  # fmt: skip

    def test_a_window_that_is_taken_by_another_time_is_not_given(self, hall):
        hours()
        booked(hall)
        self.change(begins=time(8, 50))
        for begins in (time(8, 50), time(9, 10)):
            with override("en"), pytest.raises(AppointmentRefused, match="taken meanwhile"):
                booked(hall, begins=begins)

    def test_two_who_ask_at_the_same_moment_are_given_the_same_place_where_one_is_left(self, hall):
        hours(capacity=3)
        [first, *_others] = [booked(hall).appointment for _number in range(3)]
        Appointment.objects.filter(pk=first.pk).delete()
        self.change(begins=time(8, 50), capacity=3)
        [slot, *_later] = slots_of(days_ahead()[0])
        assert (slot.free, slot.places) == (1, [1])

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.integers(0, 11), st.sampled_from([5, 10, 15, 20, 45]), st.integers(1, 3),
                st.lists(st.integers(0, 23), max_size=6),
            ), min_size=1, max_size=4,
        )
    )  # fmt: skip
    def test_whatever_the_hours_become_nobody_is_given_a_window_that_another_has(self, hall, changes):
        Appointment.objects.all().delete()
        self.change()
        day = days_ahead()[0]
        for start, minutes, capacity, wanted in changes:
            self.change(begins=time(8, 5 * start), ends=time(11), minutes=minutes, capacity=capacity)
            for number in wanted:
                slots = slots_of(day)
                slot = slots[number % len(slots)]
                WrongCode.objects.all().delete()
                try:
                    made = book(hall.item, day, slot.begins, name="李", address="10.0.2.1").appointment
                except AppointmentRefused:
                    assert not slot.free
                    continue
                others = Appointment.objects.filter(day=day, begins__lt=made.ends, ends__gt=made.begins)
                moments = [made.begins, *(each.begins for each in others if each.begins > made.begins)]
                at_once = [sum(each.begins <= moment < each.ends for each in others) for moment in moments]
                assert max(at_once) <= capacity
                assert not others.filter(place=made.place).exclude(pk=made.pk).exists()


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
        answer = client.post(choosing(hall, day), {"begins": "09:20", "name": "李", "token": uuid4()}, follow=True)
        made = Appointment.objects.get()
        assert (made.begins, len(answer.context["code"])) == (time(9, 20), 10)

    def test_a_second_click_is_shown_the_same_appointment_in_another_browser_too(self, hall, client):
        hours()
        day = days_ahead()[0]
        page = client.get(choosing(hall, day))
        sent = {"begins": "09:20", "name": "李", "token": page.context["booking"]["token"].value()}
        assert str(sent["token"]) in page.text
        codes = [
            each.post(choosing(hall, day), sent, follow=True).context["code"] for each in (client, client, Client())
        ]
        assert (len(set(codes)), Appointment.objects.count()) == (1, 1)

    def test_a_time_that_was_taken_is_marked_and_cannot_be_chosen(self, hall, client):
        hours()
        booked(hall)
        page = client.get(choosing(hall, days_ahead()[0]), headers={"accept-language": "en"})
        radios = BeautifulSoup(page.content, "html.parser").select(".times input")
        assert [(radio["value"], radio.has_attr("disabled")) for radio in radios] == [
            ("09:00", True), ("09:20", False), ("09:40", False),
        ]  # fmt: skip
        assert "09:00 · taken" in radios[0].parent.text

    @pytest.mark.parametrize(
        ("begins", "words"),
        [("09:00", "This time was taken meanwhile"), ("09:10", "No appointment is given at this time")],
    )
    def test_a_time_that_is_not_to_be_had_any_more_is_told_in_words(self, hall, client, begins, words):
        hours()
        booked(hall)
        sent = {"begins": begins, "name": "王", "token": uuid4()}
        page = client.post(choosing(hall, days_ahead()[0]), sent, headers={"accept-language": "en"})
        assert (words in page.text, "valid choice" in page.text, Appointment.objects.count()) == (True, False, 1)
        assert BeautifulSoup(page.content, "html.parser").select(".times input[checked]") == []

    def test_the_last_time_of_the_day_that_is_taken_is_told_in_words(self, hall, client):
        hours(ends=time(9, 20))
        booked(hall)
        sent = {"begins": "09:00", "name": "王", "token": uuid4()}
        page = client.post(choosing(hall, days_ahead()[0]), sent, headers={"accept-language": "en"})
        assert ("taken meanwhile" in page.text, "All times of this day are taken" in page.text) == (True, True)

    def test_sent_once_more_with_other_words_it_is_another_form(self, hall, client):
        hours()
        day, token = days_ahead()[0], uuid4()
        client.post(choosing(hall, day), {"begins": "09:00", "name": "李", "token": token})
        page = client.post(choosing(hall, day), {"begins": "09:20", "name": "李", "token": token})
        again = page.context["booking"]["token"].value()
        client.post(choosing(hall, day), {"begins": "09:20", "name": "李", "token": again})
        assert (again != token, Appointment.objects.count()) == (True, 2)

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
        return [each.name for each, _told in answer.context["awaited"]]

    def test_the_halls_clerk_sees_all_and_a_handler_the_own_departments(self, hall, client):
        hours(capacity=2)
        booked(hall, name="李"), booked(hall, name="王", item=item_of(hall.bureau.finance, code="CW-001"))
        assert (self.names(client, hall.clerk), self.names(client, hall.handler)) == (["李", "王"], ["李"])

    def test_a_day_that_was_closed_afterwards_stays_listed_while_people_are_coming(self, hall, client):
        hours(), booked(hall, name="李")
        [day] = Appointment.objects.values_list("day", flat=True)
        AppointmentHours.objects.update(valid_to=day - timedelta(days=1))
        client.force_login(hall.clerk)
        answer = client.get(reverse("window:appointments"), {"day": day.isoformat()})
        assert (day in answer.context["days"], answer.context["is_closed"]) == (True, True)

    def test_a_day_with_hours_is_not_told_to_be_closed_on_the_day_itself(self, hall, client):
        hours(), booked(hall, name="李")
        [day] = Appointment.objects.values_list("day", flat=True)
        with time_machine.travel(datetime.combine(day, time(9), tzinfo=get_current_timezone())):
            client.force_login(hall.clerk)
            answer = client.get(reverse("window:appointments"))
        assert ([each.name for each, _told in answer.context["awaited"]], answer.context["is_closed"]) == (
            ["李"],
            False,
        )

    def told(self, client, hall):
        [day] = Appointment.objects.values_list("day", flat=True)
        client.force_login(hall.clerk)
        answer = client.get(reverse("window:appointments"), {"day": day.isoformat()})
        return [told for _each, told in answer.context["awaited"]]

    def test_a_time_that_the_hours_have_no_more_is_told(self, hall, client):
        hours(), booked(hall)
        assert self.told(client, hall) == [""]
        AppointmentHours.objects.update(begins=time(14), ends=time(16))
        assert "other hours" in self.told(client, hall)[0]

    def test_an_item_that_is_offered_no_more_on_the_day_is_told(self, hall, client):
        hours(), booked(hall)
        hall.item.versions.update(valid_to=today())
        assert "not offered" in self.told(client, hall)[0]

    def test_a_time_with_fewer_windows_by_now_is_told_to_who_came_last(self, hall, client):
        hours(capacity=3)
        booked(hall, name="李"), booked(hall, name="王", address="10.0.0.2")
        AppointmentHours.objects.update(capacity=1)
        day = days_ahead()[0]
        client.force_login(hall.clerk)
        answer = client.get(reverse("window:appointments"), {"day": day.isoformat()})
        assert [bool(told) for _each, told in answer.context["awaited"]] == [False, True]

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


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_one_form_that_is_sent_several_times_at_once_is_one_appointment(transactional_db):
    hall, token = Hall(Bureau()), uuid4()
    hours(capacity=2)
    results = at_once(lambda place: booked(hall, address=f"10.0.1.{place}", token=token))
    assert ({each.code for each in results}, Appointment.objects.count()) == ({results[0].code}, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_of_several_at_once_one_has_the_window_that_changed_hours_have_left(transactional_db):
    hall = Hall(Bureau())
    hours(capacity=3)
    booked(hall), booked(hall)
    AppointmentHours.objects.all().delete()
    hours(begins=time(8, 50), capacity=3)
    results = at_once(lambda place: booked(hall, begins=time(8, 50), address=f"10.0.1.{place}"))
    assert len([each for each in results if isinstance(each, AppointmentRefused)]) == CLERKS - 1
