"""The hall's figures in public: of years that are over, and of nobody's case."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.hall.cases import item_of, today
from tests.hall.test_figures import case_of

YEAR = today().year - 1
DAY = date(YEAR, 3, 2)


def decided(item, hall, *, times, outcome="granted", day=DAY):
    for _number in range(times):
        case_of(item, hall.clerk, (day, day, day + timedelta(days=7), outcome, None, None))


@pytest.fixture
def page(client, hall):
    def get(**asked):
        return client.get(reverse("hall:figures"), asked, headers={"accept-language": "en"})

    return get


def test_a_visitor_reads_how_many_cases_an_item_had(page, hall):
    decided(hall.item, hall, times=7)
    [(_department, _row, [(item, cells)])] = page().context["departments"]
    assert (item, cells) == (hall.item, ["7", "7", "", "", "5.0"])


def test_few_are_not_told_nor_the_one_number_that_would_tell_them(page, hall):
    decided(hall.item, hall, times=7)
    decided(item_of(hall.bureau.licensing, code="AQ-002"), hall, times=1)
    [(_department, row, items)] = page().context["departments"]
    accepted = [cells[0] for _item, cells in items]
    assert (row[0], accepted) == ("8", ["withheld", "fewer than 5"])


def test_outcomes_are_withheld_before_what_was_completed(page, hall):
    decided(hall.item, hall, times=30)
    decided(hall.item, hall, times=2, outcome="refused")
    assert page().context["all_cells"][:4] == ["32", "32", "withheld", "fewer than 5"]


def test_an_average_of_few_is_not_told(page, hall):
    decided(hall.item, hall, times=4)
    assert page().context["all_cells"][-1] == "—"


def test_this_year_is_not_told_before_it_is_over(page, hall):
    decided(hall.item, hall, times=7, day=date(today().year, 1, 1))
    assert page(year=today().year).status_code == 404


def test_the_file_hides_what_the_table_hides(page, hall):
    decided(hall.item, hall, times=3)
    lines = page(format="csv").content.decode("utf-8-sig").splitlines()
    assert lines[1].split(",")[-5:-1] == ["fewer than 5", "fewer than 5", "fewer than 5", "0"]


def test_where_no_year_is_over_the_page_says_so(page, hall):
    assert "no figures yet" in page().content.decode()
