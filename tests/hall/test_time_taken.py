"""How long decisions have taken, as the public is told: never so that the time of a few cases can be computed."""

from datetime import date, timedelta

import pytest

from intranet.hall.time_taken import time_taken
from tests.hall.cases import item_of, today
from tests.hall.test_figures import case_of

YEAR = today().year - 1
IN_JANUARY, IN_MARCH = date(YEAR + 1, 1, 10), date(YEAR + 1, 3, 10)
"""Days of which the twelve months before are a calendar year, and are not."""
DAY = date(YEAR, 4, 2)


def decided(hall, item, times):
    for _number in range(times):
        case_of(item, hall.clerk, (DAY, DAY, DAY + timedelta(days=7), "granted", None, None))
    return item


def is_told(items, on):
    return time_taken(items, on).average_days is not None


@pytest.fixture
def often(hall):
    return decided(hall, hall.item, 7)


@pytest.fixture
def rarely(hall):
    return item_of(hall.bureau.licensing, code="AQ-002")


@pytest.mark.parametrize(("times", "told"), [(0, True), (1, False), (4, False), (5, True)])
def test_an_average_over_items_is_told_where_none_of_them_has_a_few(hall, often, rarely, times, told):
    decided(hall, rarely, times)
    assert is_told([often, rarely], IN_MARCH) is told


def test_another_items_few_withhold_nothing(hall, often, rarely):
    decided(hall, rarely, 1)
    assert is_told([often], IN_MARCH)


@pytest.mark.parametrize(("on", "last"), [(IN_MARCH, date(YEAR + 1, 2, 28)), (IN_JANUARY, date(YEAR, 11, 30))])
def test_whole_months_are_told_of_and_in_january_no_calendar_year_before_its_figures_are(hall, on, last):
    told_of = time_taken([hall.item], on).period
    assert (told_of.last.replace(day=28), (told_of.last - told_of.first).days >= 364) == (last.replace(day=28), True)
