"""The hall's figures in public: of years that are over, and of nobody's case."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse

from intranet.audit.models import AuditEntry
from intranet.hall.average_days import average_of
from intranet.hall.models import ServiceItem
from intranet.hall.open_figures.telling import open_figures, open_years
from intranet.hall.yearly_report.proposing import ReportRefused, propose_report
from intranet.hall.yearly_report.writing import report_of
from intranet.organisation.models import Post
from intranet.organisation.working_days import WorkingCalendar
from tests.factories import DepartmentFactory, person_in
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


def seventeen_decisions(hall):
    """Of three and four working days: 3.588… on average."""
    calendar = WorkingCalendar()
    for days, times in ((3, 7), (4, 10)):
        decided_on = calendar.working_days_after(DAY, days).on
        for _number in range(times):
            case_of(hall.item, hall.clerk, (DAY, DAY, decided_on, "granted", None, None))


def test_an_average_is_rounded_and_everybody_is_told_the_same(page, client, hall):
    seventeen_decisions(hall)
    shown = page().context["all_cells"][-1]
    _head, whole, *_lines = page(format="csv").content.decode("utf-8-sig").splitlines()
    through_api = client.get(reverse("hall:api_figures")).json()["all"]["average_days"]
    report = report_of(open_figures(YEAR), hall.bureau.licensing)
    client.force_login(hall.clerk)
    asked = {"first": DAY.replace(day=1).isoformat(), "last": DAY.replace(day=31).isoformat(), "format": "csv"}
    own = client.get(reverse("hall_figures:page"), asked, headers={"accept-language": "en"}).content.decode()
    assert (shown, whole.split(",")[-1], through_api) == ("3.6", "3.6", 3.6)
    assert list(report.figures.all())[-1].value == "3.6"
    assert own.splitlines()[1].split(",")[-4] == "3.6"


@pytest.mark.parametrize(("times", "told"), [({12: 11, 13: 6}, "12.4"), ({12: 3, 13: 1}, "12.3"), ({0: 7}, "0.0")])
def test_an_average_of_half_a_tenth_is_rounded_up(times, told):
    assert str(average_of(times)) == told


def test_this_year_is_not_told_before_it_is_over(page, hall):
    decided(hall.item, hall, times=7, day=date(today().year, 1, 1))
    assert page(year=today().year).status_code == 404


def test_the_file_hides_what_the_table_hides(page, hall):
    decided(hall.item, hall, times=3)
    lines = page(format="csv").content.decode("utf-8-sig").splitlines()
    assert lines[1].split(",")[-5:-1] == ["fewer than 5", "fewer than 5", "fewer than 5", "0"]


def test_where_no_year_is_over_the_page_says_so(page, hall):
    assert "no figures yet" in page().content.decode()


def test_a_case_that_is_entered_later_does_not_move_what_was_told(page, client, hall):
    decided(hall.item, hall, times=7)
    told = page().context["all_cells"]
    cache.clear()
    decided(hall.item, hall, times=1)
    report = report_of(open_figures(YEAR), hall.bureau.licensing)
    through_api = client.get(reverse("hall:api_figures")).json()["all"]["accepted"]
    assert (page().context["all_cells"], through_api, report.figures.all()[0].value) == (told, 7, "7")


def test_what_was_hidden_is_kept_hidden(page, hall):
    decided(hall.item, hall, times=30)
    decided(hall.item, hall, times=2, outcome="refused")
    first = page()
    cache.clear()
    second = page()
    assert second.context["all_cells"] == first.context["all_cells"]
    assert second.context["departments"] == first.context["departments"]


@pytest.mark.parametrize(("day", "is_told"), [((YEAR + 1, 1, 31), False), ((YEAR + 1, 2, 1), True)])
def test_a_year_is_told_from_february_when_what_came_by_post_was_entered(hall, day, is_told):
    decided(hall.item, hall, times=7)
    assert (YEAR in open_years(date(*day))) is is_told


def test_a_year_is_counted_once_more_when_that_is_asked_for_and_it_is_logged(page, hall):
    decided(hall.item, hall, times=7)
    page()
    decided(hall.item, hall, times=7)
    with pytest.raises(CommandError, match="--yes"):
        call_command("hall", "tell-anew", str(YEAR))
    call_command("hall", "tell-anew", str(YEAR), "--yes")
    logged = AuditEntry.objects.get(action="hall.year_told_anew").facts["year"]
    assert (page().context["all_cells"][0], logged) == ("14", YEAR)


def test_a_year_that_was_not_told_cannot_be_counted_anew(db):
    with pytest.raises(CommandError, match="not told"):
        call_command("hall", "tell-anew", str(YEAR), "--yes")


def test_a_report_that_is_refused_tells_nothing_that_could_be_told_otherwise_later(page, hall):
    decided(hall.item, hall, times=7)
    item_of(hall.bureau.finance, code="CW-001")
    with pytest.raises(ReportRefused):
        propose_report(hall.bureau.finance, YEAR, by=person_in(hall.bureau.finance, Post.Kind.LIAISON))
    decided(hall.item, hall, times=1)
    first = page().context["all_cells"]
    cache.clear()
    assert page().context["all_cells"] == first


def test_a_department_that_was_deleted_is_still_told(page, client, hall):
    former = DepartmentFactory(code="former", name_zh="原许可科")
    decided(item := item_of(former, code="AQ-009"), hall, times=7)
    page()
    ServiceItem.objects.filter(pk=item.pk).update(department=hall.bureau.licensing)
    former.delete()
    [(department, cells, _items)] = page().context["departments"]
    assert (department.name_zh, cells[0], client.get(reverse("hall:api_figures")).status_code) == ("原许可科", "7", 200)
