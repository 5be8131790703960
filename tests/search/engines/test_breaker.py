"""What is left alone after it has failed, for how long, and what lets it in again."""

import threading

import pytest

from search.engines.breaker import FAILURES, FIRST_PAUSE, LONGEST_PAUSE, Breaker


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock) -> Breaker:
    return Breaker(clock=clock)


@pytest.fixture
def opened(breaker) -> Breaker:
    fail(breaker, FAILURES)
    return breaker


def fail(breaker: Breaker, times: int = 1) -> None:
    for _time in range(times):
        breaker.failed()


def test_single_failures_keep_nobody_out(breaker):
    fail(breaker, FAILURES - 1)
    assert breaker.lets_through()


def test_a_success_between_failures_begins_the_count_anew(breaker):
    fail(breaker, FAILURES - 1)
    breaker.succeeded()
    fail(breaker, FAILURES - 1)
    assert breaker.lets_through()


def test_failures_in_a_row_keep_everybody_out(opened):
    assert not opened.lets_through()


def test_after_a_pause_one_alone_is_let_through(opened, clock):
    clock.now += FIRST_PAUSE
    assert [opened.lets_through() for _caller in range(3)] == [True, False, False]


def test_one_alone_is_let_through_among_threads(opened, clock):
    clock.now += FIRST_PAUSE
    gate, passed = threading.Barrier(8), []

    def ask() -> None:
        gate.wait()
        passed.append(opened.lets_through())

    threads = [threading.Thread(target=ask) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passed.count(True) == 1


def test_a_probe_that_succeeds_lets_everybody_in(opened, clock):
    clock.now += FIRST_PAUSE
    opened.lets_through()
    opened.succeeded()
    assert [opened.lets_through() for _caller in range(3)] == [True, True, True]


def test_pauses_grow_with_every_failed_probe_up_to_the_longest(opened, clock):
    pauses = []
    for _probe in range(7):
        pauses.append(opened.seconds_left)
        clock.now += opened.seconds_left
        opened.lets_through()
        opened.failed()
    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]


def test_what_was_under_way_when_it_opened_lengthens_no_pause(opened):
    fail(opened, 20)
    assert opened.seconds_left == FIRST_PAUSE


def test_a_probe_that_never_reports_keeps_nobody_out_for_ever(opened, clock):
    clock.now += FIRST_PAUSE
    opened.lets_through()
    clock.now += LONGEST_PAUSE
    assert opened.lets_through()


def test_while_it_lets_everybody_through_no_time_is_left(breaker):
    assert breaker.seconds_left == 0
