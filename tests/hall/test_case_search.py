"""Searching cases: who reads them finds them by what stands in them, and nobody finds one in the portal's search."""

from datetime import date

import pytest
from django.urls import reverse

from intranet.access.handling import case_tokens_of
from intranet.access.tokens import tokens_of
from intranet.hall.life import materials
from intranet.hall.search import adapter, key_of
from search.engines import main_engine
from search.outbox import enqueue_overtaken
from search.query import SearchQuery
from search.worker import drain
from tests.hall.cases import a_persons_number, id_number, item_of, row

MONDAY = date(2026, 3, 2)
RESULTS = reverse("window:cases_results")
UNHEARD = "鸢尾"


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    settings.SEARCH_URL = f"embedded:///{tmp_path}/index"


def written():
    drain()
    main_engine().refresh()


def found_by(client, person, words):
    client.force_login(person)
    return {case.number for case in client.get(RESULTS, {"q": words}).context["object_list"]}


@pytest.fixture
def two(hall):
    """A case in review of licensing's, and one of finance's that waits for the applicant."""
    other = item_of(hall.bureau.finance, code="CW-001", kind="payment")
    other.name_zh = "收费票据核验"
    other.save()
    cases = hall.in_review(subject="一号井"), hall.notified(item=other, name="王五", subject="二号楼")
    written()
    return cases


@pytest.mark.parametrize(
    "words", ["李小明 安全生产许可证", "许可证核发", "AQ-001", "审核中", "in review", "一号井 许可证"]
)
def test_a_case_is_found_by_item_state_and_several_words_at_once(hall, two, client, words):
    assert found_by(client, hall.clerk, words) == {two[0].number}


def test_a_departments_handler_finds_its_own_cases_alone(hall, two, client):
    assert found_by(client, hall.handler, "安全生产许可证") == {two[0].number}
    assert found_by(client, hall.handler, "收费票据核验") == set()


def test_a_move_is_found_by_the_new_state(hall, two, client):
    case = two[1]
    materials.supplement(case, by=hall.clerk, brought=[row(case, "营业执照")])
    written()
    assert found_by(client, hall.clerk, "收费票据 已补正") == {case.number}


def test_silence_is_found_on_the_day_it_accepts(hall, client, time_machine):
    time_machine.move_to(f"{MONDAY} 09:00+08:00", tick=False)
    case = hall.received()
    written()
    time_machine.move_to("2026-03-10 09:00+08:00", tick=False)
    enqueue_overtaken()
    written()
    assert found_by(client, hall.clerk, "accepted") == {case.number}


def test_what_silence_accepted_is_written_once(hall, time_machine):
    time_machine.move_to(f"{MONDAY} 09:00+08:00", tick=False)
    hall.received()
    written()
    time_machine.move_to("2026-03-10 09:00+08:00", tick=False)
    enqueue_overtaken()
    written()
    assert list(adapter.overtaken()) == []


def test_an_items_cases_follow_it_to_another_department(hall, two, client):
    hall.item.department = hall.bureau.finance
    hall.item.save()
    written()
    assert found_by(client, hall.handler, "一号井") == set()
    assert main_engine().search(SearchQuery.parse({"q": "一号井"}), case_tokens_of(hall.handler)).total == 0


def test_no_part_of_an_identifier_is_in_the_index(hall):
    number = id_number("62300119771231042")
    hall.received(identifier=number, phone="13909410042")
    written()
    for words in (number, number[6:14], "13909410042"):
        assert main_engine().search(SearchQuery.parse({"q": words}), case_tokens_of(hall.clerk)).total == 0


def test_a_whole_identifier_goes_to_no_engine(hall, client, settings):
    number = a_persons_number()
    case = hall.received(identifier=number)
    settings.SEARCH_URL, settings.SEARCH_FALLBACK_URL = "http://127.0.0.1:9/none", ""
    client.force_login(hall.clerk)
    answer = client.get(RESULTS, {"q": number})
    assert [found.number for found in answer.context["object_list"]] == [case.number]
    assert "does not answer" not in answer.text


def test_while_no_engine_answers_names_are_found_and_the_list_says_what_is_not(hall, two, client, settings):
    settings.SEARCH_URL, settings.SEARCH_FALLBACK_URL = "http://127.0.0.1:9/none", ""
    client.force_login(hall.clerk)
    answer = client.get(RESULTS, {"q": "李小明"})
    assert [found.number for found in answer.context["object_list"]] == [two[0].number]
    assert "The search engine does not answer" in answer.text


def test_more_cases_than_are_brought_are_told(hall, two, client, monkeypatch):
    monkeypatch.setattr("intranet.hall.search.MOST", 1)
    hall.received(name="赵六")
    written()
    client.force_login(hall.clerk)
    answer = client.get(RESULTS, {"q": "安全生产许可证"})
    assert "The newest 1 of 2 cases" in answer.text


def test_an_index_that_lags_shows_no_case_that_is_another_departments_now(hall, two, client):
    hall.item.department = hall.bureau.finance
    hall.item.save()  # the index has not heard of it
    assert found_by(client, hall.handler, "安全生产许可证") == set()


def test_the_index_holds_every_case_as_the_database_has_it(hall, two):
    stored = {key: version for key, version, _deleted in main_engine().versions()}
    assert {key_of(case.pk) for case in two} <= stored.keys()
    documents = adapter.documents({key: stored[key] for key in (key_of(case.pk) for case in two)})
    wanted = {each.key: main_engine().fingerprint(each) for each in documents}
    assert {key: found[1] for key, found in main_engine().contents(list(wanted)).items()} == wanted


# Nobody finds one in the portal's search


@pytest.mark.parametrize("name", ["clerk", "handler", "head"])
def test_the_portals_search_gives_no_token_by_which_a_case_is_found(hall, name):
    person = getattr(hall, name)
    assert (bool(case_tokens_of(person)), case_tokens_of(person) & tokens_of(person)) == (True, frozenset())


def test_neither_results_nor_suggestions_nor_feed_nor_json_tell_of_a_case(hall, client):
    case = hall.in_review(subject=UNHEARD, name=f"{UNHEARD}矿业有限公司")
    written()
    told = []
    for person in (None, hall.bureau.cadre, hall.clerk, hall.handler, hall.bureau.leader):
        if person:
            client.force_login(person)
        for words in (UNHEARD, case.number, "yuanwei"):
            answer = client.get("/api/search/", {"q": words}).json()
            told += [answer["total"], *map(len, answer["facets"].values()), answer["suggestion"] or 0]
            told += client.get("/api/search/suggest", {"q": words}).json()["suggestions"]
            for face in ("/search/", "/search/feed/"):
                told += [reverse("window:case", args=[case.number]) in client.get(face, {"q": words}).text]
    assert [each for each in told if each] == []


def test_even_a_case_that_the_engine_gave_out_is_dropped_at_the_door(hall, two, admin_user):
    keys = [key_of(case.pk) for case in two]
    assert (adapter.cards(keys, admin_user), adapter.cards(keys, hall.clerk)) == ({}, {})
