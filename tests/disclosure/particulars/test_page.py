"""The form on its matter's page and as a file: for the matter's readers, and for nobody else."""

import csv
import io

import pytest
from lxml import html

from intranet.disclosure.completeness import missing_elements
from intranet.disclosure.models import PlanGoal
from intranet.disclosure.particulars.forms import FORMS
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from tests.disclosure.particulars.samples import (
    ACCOUNTABILITY,
    ACTS,
    FUNDS,
    SAMPLES,
    SELECTION,
    VEHICLES,
    changed,
    matter_with,
)
from tests.factories import correct, draft_matter, fresh, live_matter


def file_of(client, matter, code):
    return client.get(f"{matter.url}{code}.csv")


def lines(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_an_earlier_version_does_not_lead_to_the_file_of_today(bureau, client):
    matter = matter_with(bureau.licensing, changed(FUNDS, amount="100.00"))
    old = matter.live_revision_id
    matter.save_revision()
    correct(fresh(matter))
    release_imported(fresh(matter), by=None, reason="test")
    page = html.fromstring(client.get(f"{matter.url}history/{old}/").text)
    assert (page.xpath("count(//table)") > 0, page.xpath("//a[@download]")) == (True, [])


@pytest.mark.parametrize("code", FORMS)
def test_every_form_is_shown_to_its_readers_with_its_file(bureau, client, code):
    matter = matter_with(bureau.licensing, SAMPLES[code])
    client.force_login(bureau.cadre)
    page = html.fromstring(client.get(matter.url).text)
    (table,) = page.xpath(f"//section[.//h2[@id='table-{code}']]//table")
    rows = SAMPLES[code]["rows"]
    assert len(table.xpath(".//tr[td and not(contains(@class, 'total'))]")) == len(rows)
    assert all(table.xpath(path) for path in ("./caption", ".//th[@scope='col']", ".//th[@scope='row']"))
    assert len(lines(file_of(client, matter, code))) == len(rows) + 1


def test_the_file_begins_with_the_names_of_the_columns_in_the_readers_language(bureau, client):
    matter = matter_with(bureau.licensing, FUNDS)
    english = client.get(f"{matter.url}funds.csv", headers={"accept-language": "en"})
    assert lines(english)[:2] == [
        ["Year of the fund", "Fund or purpose", "Budgeted (CNY)", "Spent (CNY)", "Share spent", "Beneficiaries"],
        ["2025", "头顶库治理", "9800000.00", "9025000.00", "92.1", "四县"],
    ]
    assert english.content.startswith(b"\xef\xbb\xbf")
    assert english["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+1", "@SUM(A1)"])
def test_no_cell_of_the_file_is_computed_by_a_spreadsheet(bureau, client, cell):
    matter = matter_with(bureau.licensing, changed(FUNDS, item=cell))
    assert lines(file_of(client, matter, "funds"))[1][1] == f"'{cell}"


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        ("staff", {"cadre", "cadre2", "leader"}),
        ("department", {"cadre"}),
        ("leaders", {"leader"}),
    ],
)
def test_the_file_is_for_who_reads_the_matter(bureau, client, visibility, readers):
    matter = matter_with(bureau.licensing, VEHICLES, visibility=visibility)
    assert file_of(client, matter, "vehicles").status_code == 404
    found = set()
    for name in ("cadre", "cadre2", "leader"):
        client.force_login(getattr(bureau, name))
        answers = {client.get(matter.url).status_code, file_of(client, matter, "vehicles").status_code}
        assert len(answers) == 1
        if answers == {200}:
            found.add(name)
            assert "no-store" in file_of(client, matter, "vehicles")["Cache-Control"]
    assert found == readers


def test_a_draft_has_no_file(bureau, client):
    matter = matter_with(bureau.licensing, FUNDS, live=False)
    assert file_of(client, matter, "funds").status_code == 404


def test_what_was_withdrawn_has_no_file(bureau, client):
    matter = matter_with(bureau.licensing, FUNDS)
    withdraw(matter, by=bureau.head, reason="数据有误")
    answer = file_of(client, matter, "funds")
    assert (answer.status_code, "头顶库" in answer.text) == (410, False)


@pytest.mark.parametrize("code", ["vehicles", "nothing"])
def test_a_form_that_the_matter_has_not_is_absent(bureau, client, code):
    assert file_of(client, matter_with(bureau.licensing, FUNDS), code).status_code == 404


def test_the_file_is_of_the_live_version(bureau, client):
    matter = matter_with(bureau.licensing, FUNDS)
    matter.particulars = ""
    matter.save_revision(user=bureau.liaison)
    assert file_of(client, matter, "funds").status_code == 200


def test_the_goals_of_a_plan_are_its_form(bureau, client):
    plan = draft_matter(bureau.licensing, category="E3", type_code="plan")
    plan.goals = [PlanGoal(name="治理头顶库11座", progress=73)]
    plan.save_revision()
    release_imported(plan, by=None, reason="test")
    assert "73%" in client.get(plan.url).text
    assert lines(file_of(client, fresh(plan), "goals"))[1] == ["治理头顶库11座", "73"]


def test_a_result_is_one_act_told_once(bureau, client):
    matter = live_matter(
        bureau.licensing, category="E6", type_code="result", party="某石料厂", decision_number="甘安监罚〔2026〕1号"
    )
    page = client.get(matter.url).text
    assert page.count("某石料厂") == 1
    assert lines(file_of(client, matter, "acts"))[1] == ["甘安监罚〔2026〕1号", "某石料厂"]


def test_a_result_of_another_category_is_no_act(bureau, client):
    matter = live_matter(bureau.licensing, category="E4", type_code="result", party="某石料厂")
    assert "某石料厂" in client.get(matter.url).text
    assert file_of(client, matter, "acts").status_code == 404


def test_the_notice_period_stands_with_the_selection(bureau, client):
    matter = matter_with(bureau.licensing, SELECTION, objection_channel="人事科 0941-5550195")
    client.force_login(bureau.cadre)
    section = html.fromstring(client.get(matter.url).text).xpath("//section[.//h2[@id='table-selection']]")[0]
    assert "人事科 0941-5550195" in section.text_content()


@pytest.mark.parametrize("sample", [FUNDS, ACTS, ACCOUNTABILITY])
def test_a_filled_in_form_gives_the_elements_of_its_category(bureau, sample):
    matter = matter_with(bureau.licensing, sample, live=False)
    assert {str(element) for element in missing_elements(matter)} <= {"meeting_decision"}


def test_a_form_with_a_gap_gives_no_element(bureau):
    matter = matter_with(bureau.licensing, changed(FUNDS, beneficiaries=""), live=False)
    assert "beneficiaries" in missing_elements(matter)
