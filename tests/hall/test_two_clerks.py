"""Two clerks at the same second: one case, and numbers without a gap. On PostgreSQL, where both really write."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, connections

from intranet.hall.inquiries import asking
from intranet.hall.life import deciding
from intranet.hall.models import Case, Inquiry, RepeatedAttempt
from intranet.hall.refusals import MoveRefused, RepeatedApplication
from tests.factories import Bureau
from tests.hall.cases import Hall, a_persons_number

CLERKS = 6
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]


@pytest.fixture
def hall(transactional_db):
    return Hall(Bureau())


def at_once(work):
    """Run it so often at the same time; returns what came of each."""
    start, results = threading.Barrier(CLERKS), []

    def run(place):
        try:
            start.wait()
            results.append(work(place))
        except BaseException as failure:
            results.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(CLERKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_several_at_once_one_is_received_and_the_others_are_told_of_it(hall):
    number = a_persons_number()
    results = at_once(lambda place: hall.received(identifier=number, subject=" " * place + "一号井"))
    refused = [each for each in results if isinstance(each, RepeatedApplication)]
    case = Case.objects.get()
    assert (len(refused), {each.first for each in refused}) == (CLERKS - 1, {case})
    assert RepeatedAttempt.objects.filter(first=case).count() == CLERKS - 1


def test_numbers_given_at_once_have_no_gap(hall):
    numbers = [a_persons_number() for _place in range(CLERKS)]
    results = at_once(lambda place: hall.received(identifier=numbers[place]))
    assert sorted(int(case.number[-6:]) for case in results) == list(range(1, CLERKS + 1))


def test_of_several_decisions_at_once_one_has_the_number(hall):
    cases = [hall.in_review(subject=f"{place}号井") for place in range(CLERKS)]
    results = at_once(lambda place: deciding.grant(cases[place], by=hall.handler, document_number="甘安许〔2026〕1号"))
    refused = [each for each in results if isinstance(each, MoveRefused)]
    assert (len(refused), Case.objects.filter(outcome="granted").count()) == (CLERKS - 1, 1)


def test_one_question_sent_several_times_at_once_is_written_down_once(hall):
    token = uuid4()
    asked = at_once(lambda _place: asking.ask("如何延期？", by=hall.clerk, token=token))
    assert {one.number for one in asked} == {Inquiry.objects.get().number}
