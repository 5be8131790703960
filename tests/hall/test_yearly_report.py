"""The yearly report: a draft with the year's open figures, once a year and department."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from intranet.disclosure.models import ReportPage
from intranet.hall.yearly_report.proposing import ReportRefused, propose_report
from tests.factories import fresh, person_in
from tests.hall.cases import item_of, today
from tests.hall.test_figures import case_of

ADDRESS = reverse("hall_figures:propose_report")
YEAR = today().year - 1
DAY = date(YEAR, 3, 2)


def decided(item, hall, *, times):
    for _number in range(times):
        case_of(item, hall.clerk, (DAY, DAY, DAY + timedelta(days=7), "granted", None, None))


def propose(hall, *, by=None, year=YEAR):
    return propose_report(hall.bureau.licensing, year, by=by or hall.head)


def table_of(matter):
    content = matter.get_latest_revision().content
    return json.loads(content["body"])[1]["value"]["data"]


def test_its_draft_has_the_open_figures_and_is_nobodys_yet(hall):
    decided(hall.item, hall, times=7)
    matter = fresh(propose(hall).matter)
    assert table_of(matter)[-1] == [hall.item.name_zh, "7", "7", "", "", "5.0"]
    assert (matter.live, matter.visibility, matter.department) == (False, "", hall.bureau.licensing)


def test_it_hides_what_the_public_page_hides(hall):
    decided(hall.item, hall, times=7)
    decided(item_of(hall.bureau.licensing, code="AQ-002"), hall, times=1)
    accepted = [line[1] for line in table_of(fresh(propose(hall).matter))]
    assert accepted[1:] == ["8", "不公布", "少于5"]


def test_the_hall_reports_on_all_departments(hall):
    decided(hall.item, hall, times=7)
    person = person_in(hall.unit, "head", username="hall-head")
    matter = fresh(propose_report(hall.unit, YEAR, by=person).matter)
    assert [line[0] for line in table_of(matter)[1:]] == ["合计", "行政许可科"]


def test_it_is_proposed_once_a_year_and_department(hall):
    decided(hall.item, hall, times=7)
    assert propose(hall).matter == propose(hall, by=hall.bureau.liaison).matter
    assert ReportPage.objects.count() == 1


def test_who_does_not_draft_for_the_department_proposes_none(hall):
    decided(hall.item, hall, times=7)
    with pytest.raises(ReportRefused):
        propose(hall, by=hall.handler)


def test_there_is_none_of_a_year_that_is_not_over(hall):
    with pytest.raises(ReportRefused):
        propose(hall, year=today().year)


@pytest.mark.parametrize(("who", "is_offered"), [("head", True), ("handler", False)])
def test_the_page_of_the_figures_offers_it_to_who_drafts(hall, client, who, is_offered):
    decided(hall.item, hall, times=7)
    client.force_login(getattr(hall, who))
    assert (ADDRESS in client.get(reverse("hall_figures:page")).content.decode()) == is_offered


@pytest.mark.parametrize(("who", "is_offered"), [("liaison", True), ("head", False), ("cadre2", False)])
def test_a_menu_item_leads_who_drafts_and_sees_no_figures_to_it(hall, client, who, is_offered):
    client.force_login(getattr(hall.bureau, who))
    assert (ADDRESS in client.get(reverse("wagtailadmin_home")).text) == is_offered


@pytest.mark.parametrize(("who", "status"), [("liaison", 200), ("head", 200), ("cadre2", 302), ("office", 302)])
def test_its_page_is_for_who_drafts(hall, client, who, status):
    decided(hall.item, hall, times=7)
    client.force_login(getattr(hall.bureau, who))
    answer = client.get(ADDRESS)
    assert (answer.status_code, f'action="{ADDRESS}"' in answer.text) == (status, status == 200)


def test_before_a_year_is_over_its_page_says_so(hall, client):
    client.force_login(hall.bureau.liaison)
    answer = client.get(ADDRESS, headers={"accept-language": "en"})
    assert ("No year is told yet" in answer.text, "<select" in answer.text) == (True, False)


def test_why_there_is_none_is_said_on_its_page(hall, client):
    decided(item_of(hall.bureau.finance, code="CW-001"), hall, times=7)
    client.force_login(hall.bureau.liaison)
    for department in (hall.bureau.licensing.pk, hall.bureau.finance.pk):
        answer = client.post(ADDRESS, {"year": YEAR, "department": department})
        assert (answer.status_code, len(list(answer.context["messages"]))) == (200, 1)
    assert not ReportPage.objects.exists()


@pytest.mark.parametrize("who", ["head", "liaison"])
def test_the_button_leads_to_the_draft(hall, client, who):
    decided(hall.item, hall, times=7)
    client.force_login(getattr(hall.bureau, who))
    asked = {"year": YEAR, "department": hall.bureau.licensing.pk}
    answer = client.post(ADDRESS, asked)
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[ReportPage.objects.get().pk])
