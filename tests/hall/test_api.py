"""The hall in the data interface: what the public reads, as described, kept by whoever asks while it holds."""

from datetime import date

import pytest
from schemathesis import GenerationMode

from intranet.disclosure.models import GuideMaterial, GuidePage
from intranet.hall.api import answering
from intranet.hall.models import ServiceItem
from intranet.publication.withdrawal import withdraw
from search.demand import throttling
from search.open_data import description
from tests.disclosure.particulars.samples import FEES, changed, matter_with
from tests.factories import draft_matter, fresh, live_matter
from tests.hall.cases import Hall, item_of
from tests.search.test_open_data import ask, complaints, kept_connection  # noqa: F401

GUIDES, FEE_LIST, RESULTS = "/api/hall/guides/", "/api/hall/fees/", "/api/hall/results/"
FIGURES = "/api/hall/figures/"
ANSWERS = {GUIDES: "Guides", FEE_LIST: "Fees", RESULTS: "Results", FIGURES: "Figures"}


@pytest.fixture
def open_hall(bureau):
    """A guide with its item, a fee of today and of earlier, two results; and each once more for the bureau alone."""
    guide = live_matter(bureau.licensing, category="E7", type_code="guide", title="许可证办理", legal_limit_days=20)
    guide.materials = [GuideMaterial(name="营业执照", form="复印件", copies="1")]
    guide.save()
    ServiceItem.objects.filter(pk=item_of(bureau.licensing).pk).update(guide=guide)
    matter_with(bureau.licensing, FEES)
    result = {"category": "E6", "type_code": "result", "decision_kind": "licence", "decided_on": date(2026, 3, 2)}
    live_matter(bureau.licensing, title="核发决定", party="李*", published_on=date(2026, 3, 3), **result)
    live_matter(
        bureau.finance, title="处罚决定", published_on=date(2025, 3, 3), **result | {"decision_kind": "penalty"}
    )
    hidden = {"category": "N2", "visibility": "staff", "title": "内部"}
    for kind in ("guide", "result"):
        live_matter(bureau.licensing, type_code=kind, **hidden)
        draft_matter(bureau.licensing, category="E7", type_code=kind, title="内部")
    matter_with(bureau.finance, FEES, visibility="staff")
    return guide


def titles(client, path, name, **asked):
    return [one["title"] for one in client.get(path, asked).json()[name]]


def test_a_guide_is_told_with_its_elements_and_the_items_it_tells_of(open_hall, client):
    [guide] = client.get(GUIDES).json()["guides"]
    assert (guide["title"], guide["service_items"], guide["legal_limit_days"]) == ("许可证办理", ["AQ-001"], 20)
    assert guide["materials"] == [{"name": "营业执照", "form": "复印件", "copies": "1"}]


@pytest.mark.parametrize("listed", [0, 1])
def test_a_translation_that_lists_less_than_its_record_tells_what_the_record_lists(open_hall, client, listed):
    said = {"category": "E7", "type_code": "guide", "title": "Licences", "language": "en"}
    translation = live_matter(open_hall.department, translation_of=open_hall, **said)
    translation.materials = [GuideMaterial(name="Business licence")] * listed
    translation.save()
    answer = client.get(GUIDES, {"language": "en"}).json()
    told = [one["name"] for guide in answer["guides"] for one in guide["materials_of_record"]]
    assert (told, complaints("Guides", answer)) == ([] if listed else ["营业执照"], [])


@pytest.mark.parametrize(("words", "told"), [("收费200元", ""), ("低保户免收。", "低保户免收。")])
def test_a_guides_fees_are_the_records_and_no_number_of_its_own(open_hall, client, bureau, words, told):
    GuidePage.objects.filter(pk=open_hall.pk).update(fee_text=words)
    assert [(one["fees"], one["fee_text"]) for one in client.get(GUIDES).json()["guides"]] == [([], told)]
    matter_with(bureau.licensing, changed(FEES, code="KS-02", service_items="AQ-001"))
    answer = client.get(GUIDES).json()
    assert [(one["fees"], one["fee_text"]) for one in answer["guides"]] == [(["KS-02"], told)]
    assert complaints("Guides", answer) == []


def test_a_guide_without_an_item_tells_of_fees_in_its_own_words(open_hall, client):
    ServiceItem.objects.update(guide=None)
    GuidePage.objects.filter(pk=open_hall.pk).update(fee_text="每人60元")
    assert [(one["fees"], one["fee_text"]) for one in client.get(GUIDES).json()["guides"]] == [([], "每人60元")]


def test_fees_are_those_charged_today_unless_all_are_asked_for(open_hall, client):
    charged, every = (client.get(FEE_LIST, {"standing": name}).json()["fees"] for name in ("", "all"))
    assert ([fee["amount"] for fee in charged], [fee["is_charged"] for fee in every]) == (["60.00"], [True, False])


def test_results_are_narrowed_by_department_and_year(open_hall, client):
    assert titles(client, RESULTS, "results") == ["核发决定", "处罚决定"]
    assert titles(client, RESULTS, "results", department="licensing") == ["核发决定"]
    assert titles(client, RESULTS, "results", year=["2025", "1999"]) == ["处罚决定"]


def test_figures_are_those_of_the_public_page_with_small_numbers_hidden(bureau, client, time_machine):
    time_machine.move_to("2026-03-02 09:00+08:00", tick=False)
    hall = Hall(bureau)
    for _case in range(8):
        hall.granted()
    hall.refused()
    time_machine.move_to("2027-02-01 09:00+08:00", tick=False)
    told = client.get(FIGURES).json()
    assert (told["years"], told["year"], told["all"]["completed"]) == ([2026], 2026, 9)
    assert (told["all"]["refused"], told["departments"][0]["items"][0]["code"]) == ("few", "AQ-001")
    assert complaints("Figures", told) == []
    assert client.get(FIGURES, {"year": "2027"}).status_code == 400


def test_it_tells_a_cadre_what_it_tells_everybody(open_hall, client, bureau):
    everybodys = {path: client.get(path).content for path in ANSWERS}
    client.force_login(bureau.head)
    assert {path: client.get(path).content for path in ANSWERS} == everybodys
    assert not any("内部".encode() in content for content in everybodys.values())


def test_what_is_withdrawn_is_gone_at_once_also_for_whoever_has_kept_an_answer(open_hall, client, bureau):
    kept = client.get(GUIDES)
    assert client.get(GUIDES, headers={"if-none-match": kept["ETag"]}).status_code == 304
    withdraw(fresh(open_hall), by=bureau.head, reason="更正")
    answer = client.get(GUIDES, headers={"if-none-match": kept["ETag"]})
    assert (answer.status_code, answer.json()["guides"], "no-cache" in answer["Cache-Control"]) == (200, [], True)


def test_it_comes_in_pages(open_hall, client, monkeypatch):
    monkeypatch.setattr(answering, "PAGE_SIZE", 1)
    second = client.get(RESULTS, {"page": 2}).json()
    assert ([one["title"] for one in second["results"]], second["page"], second["pages"]) == (["处罚决定"], 2, 2)
    assert client.get(RESULTS, {"page": 3}).json()["results"] == []


@pytest.mark.parametrize(
    "asked",
    [
        f"{GUIDES}?page=0",
        f"{RESULTS}?page=x",
        f"{RESULTS}?year=99999999999999999999",
        f"{RESULTS}?year=2026&year=none",
        f"{FIGURES}?year=99999999999999999999",
        f"{FEE_LIST}?standing=soon",
    ],
)
def test_what_is_out_of_range_is_refused_with_words(client, db, asked):
    answer = client.get(asked)
    assert (answer.status_code, complaints("Error", answer.json())) == (400, [])


def test_who_asks_without_a_pause_is_told_to_wait(client, db, monkeypatch):
    monkeypatch.setattr(throttling, "ALLOWED", 2)
    answers = [client.get(FEE_LIST) for _time in range(3)]
    assert ([each.status_code for each in answers], answers[2]["Retry-After"]) == ([200, 200, 429], "60")
    assert complaints("Error", answers[2].json()) == []


def test_nothing_is_written_through_it(client, db):
    assert {client.post(path).status_code for path in ANSWERS} == {405}


def test_answers_and_examples_have_the_described_members_and_no_other(open_hall, client):
    for path, schema in ANSWERS.items():
        example = description()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["example"]
        assert (path, complaints(schema, client.get(path).json()), complaints(schema, example)) == (path, [], [])


@pytest.mark.parametrize("path", ANSWERS)
def test_made_up_requests_are_answered_as_described(open_hall, kept_connection, path):  # noqa: F811
    ask(path, GenerationMode.POSITIVE)
