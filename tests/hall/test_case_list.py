"""The list of cases: who reads which, how one is found, what is due when."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from intranet.hall.clocks import Clocks
from intranet.hall.models import Case
from intranet.organisation.models import Post
from tests.factories import person_in
from tests.hall.cases import a_persons_number, item_of, now

LIST = reverse("window:cases")
MONDAY = date(2026, 3, 2)
FRIDAY = date(2026, 3, 6)


@pytest.fixture
def other(hall):
    """A case of another department's item."""
    item = item_of(hall.bureau.finance, code="CW-001", kind="payment")
    return hall.received(item=item, name="王五")


def numbers(client, person, **asked):
    client.force_login(person)
    answer = client.get(reverse("window:cases_results"), asked)
    return {case.number for case in answer.context["object_list"]} if answer.status_code == 200 else None


def test_the_halls_clerks_read_every_case(hall, other, client):
    case = hall.received()
    assert numbers(client, hall.clerk) == {case.number, other.number}


def test_a_departments_handler_reads_its_own(hall, other, client):
    case = hall.received()
    assert numbers(client, hall.handler) == {case.number}


@pytest.mark.parametrize("name", ["cadre", "liaison", "office", "leader"])
def test_nobody_else_comes_to_the_list(hall, client, name):
    hall.received()
    client.force_login(getattr(hall.bureau, name))
    answer = client.get(LIST)
    assert (answer.status_code, b"LIC" in answer.content) == (302, False)


@pytest.mark.parametrize("words", ["李小", "小明", "lixiao", "lxm", "xm", "一号", "LIC-000001"])
def test_a_case_is_found_by_a_part_of_name_number_or_subject_and_by_sound(hall, client, words):
    case, _another = hall.received(), hall.received(name="王五", subject="二号井")
    assert numbers(client, hall.clerk, q=words) == {case.number}


def test_a_case_is_found_by_the_whole_identifier(hall, client):
    number = a_persons_number()
    case, _another = hall.received(identifier=number), hall.received()
    assert numbers(client, hall.clerk, q=f" {number[:6]} {number[6:]}") == {case.number}


def test_a_part_of_the_identifier_finds_nobody(hall, client):
    number = a_persons_number()
    hall.received(identifier=number)
    assert numbers(client, hall.clerk, q=number[6:]) == set()


def test_it_is_filtered_by_the_state_of_today(hall, client):
    silent = hall.received(subject="二号井")
    hall.received()
    Case.objects.filter(pk=silent.pk).update(received_on=MONDAY, materials_on=MONDAY)
    assert numbers(client, hall.clerk, state_today="accepted") == {silent.number}


def test_it_is_filtered_by_item_and_clerk(hall, other, client):
    mine = hall.received(by=hall.handler)
    hall.received(subject="二号井")
    assert numbers(client, hall.clerk, item=hall.item.code, clerk=hall.handler.pk) == {mine.number}


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        (date(2026, 3, 4), None),
        (date(2026, 3, 5), "soon"),
        (date(2026, 3, 6), "soon"),
        (date(2026, 3, 9), "today"),
    ],
)
def test_what_is_due_is_told_by_working_days(hall, client, time_machine, today, asked):
    time_machine.move_to(f"{MONDAY} 09:00+08:00", tick=False)
    case = hall.received()
    time_machine.move_to(f"{today} 09:00+08:00", tick=False)
    found = {due: numbers(client, hall.clerk, due=due) for due in ("overdue", "today", "soon")}
    assert {due for due, there in found.items() if there == {case.number}} == ({asked} if asked else set())


def test_what_is_overdue_is_told(hall, client, time_machine):
    time_machine.move_to(f"{MONDAY} 09:00+08:00", tick=False)
    case = hall.in_review()
    time_machine.move_to("2026-06-01 09:00+08:00", tick=False)
    assert numbers(client, hall.clerk, due="overdue") == {case.number}


def test_what_waits_for_the_applicant_is_not_overdue(hall, client, time_machine):
    time_machine.move_to(f"{MONDAY} 09:00+08:00", tick=False)
    hall.notified()
    time_machine.move_to("2026-06-01 09:00+08:00", tick=False)
    assert numbers(client, hall.clerk, due="overdue") == set()


def test_a_light_always_has_words(hall, client, time_machine):
    time_machine.move_to(f"{MONDAY} 09:00+08:00", tick=False)
    case = hall.in_review()
    due = Clocks().current(now(case)).due_on
    time_machine.move_to(f"{due + timedelta(days=1)} 09:00+08:00", tick=False)
    client.force_login(hall.clerk)
    assert "overdue</strong>" in client.get(LIST).content.decode()


def test_a_persons_name_is_masked(hall, client):
    hall.received()
    client.force_login(hall.clerk)
    content = client.get(LIST).content.decode()
    assert ("李*" in content, "李小明" in content) == (True, False)


def test_an_empty_list_says_what_comes_here(hall, client):
    client.force_login(hall.clerk)
    assert "What is received at the window stands here" in client.get(LIST).content.decode()


def test_a_list_of_many_costs_no_more_queries(hall, client, django_assert_max_num_queries):
    for made in (hall.received, hall.notified, hall.paused, hall.granted, hall.refused, hall.closed) * 3:
        made()
    client.force_login(person_in(hall.unit, Post.Kind.CLERK))
    client.get(LIST)
    with django_assert_max_num_queries(19):
        client.get(reverse("window:cases_results"), {"due": "overdue", "state_today": "in_review"})
    with django_assert_max_num_queries(19):
        assert client.get(LIST).status_code == 200
