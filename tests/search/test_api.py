"""Search as JSON: its shape, its bounds, and that no input makes it fail or tells of what is not the reader's."""

from urllib.parse import urlencode

import pytest

from intranet.disclosure.models import MatterPage
from search.engines import main_engine
from search.worker import drain
from tests.factories import live_matter

URL = "/api/search/"
FACETS = ("audience", "department", "matter", "type", "year", "language", "validity")
TITLE = "烟花爆竹经营许可办法"
ODD = [
    "", " ", "　", "!?。，、", "🙂🙂", "\\", "ཿ", "AND", "a OR b", "NOT", "NEAR(a b)", "title:烟花", "_exists_:readers",
    "readers:leaders", "[* TO *]", "烟花*", "烟?", "-烟花", "+烟花", "烟花~2", "烟花^9", '"', '"未闭合', "“”", '""',
    "((((", "]}>)", "{{ 7*7 }}", "%(x)s", "%", "'; DROP TABLE documents; --", "<script>alert(1)</script>", "\x00",
    "烟\x00花", "\ud800烟花", "烟花" * 5000, "a" * 10_000, "\u202e烟花\u202c", "\ufeff烟花", "\ue000烟花\ue001",
    "多少吗呢", "0" * 400, "〔〕号", "-1", "1e9", '烟花"' * 80, "烟 花 " * 75,
]  # fmt: skip
"""What people and their programs write into a box of search."""


@pytest.fixture
def matters(engine_in_service, bureau) -> list[MatterPage]:
    """One matter for everybody, one for the leaders alone."""
    made = [
        live_matter(
            bureau.licensing, title=TITLE, document_number="甘安监〔2007〕138号", summary="烟花爆竹的经营和储存。"
        ),
        live_matter(bureau.licensing, category="N2", type_code="notice", title="烟花爆竹密件", visibility="leaders"),
    ]
    drain()
    main_engine().refresh()
    return made


def ask(client, **params):
    # A lone surrogate reaches the portal as bytes that are no UTF-8.
    return client.get(f"{URL}?{urlencode(params, doseq=True, errors='surrogatepass')}")


def total(answer) -> int:
    return answer.json()["total"]


def found_titles(answer) -> str:
    return " ".join(result["title"] for result in answer.json()["results"])


# Shape


def test_an_answer_has_the_documented_members(client, matters):
    assert list(ask(client, q="烟花").json()) == [
        "query", "total", "total_is_exact", "page", "pages", "took_ms", "engine", "degraded", "suggestion",
        "also_searched", "results", "facets",
    ]  # fmt: skip


def test_an_answer_names_its_engine(client, matters, engine_in_service):
    assert ask(client, q="烟花").json()["engine"] == engine_in_service


def test_a_result_has_the_documented_members(client, matters):
    matter = matters[0]
    result = ask(client, q="烟花").json()["results"][0]
    assert {name: value for name, value in result.items() if name not in ("highlights", "passages")} == {
        "id": matter.identifier,
        "title": TITLE,
        "url": matter.url,
        "type": "regulation",
        "department": "licensing",
        "matter": "E2",
        "audience": "external",
        "pinned": False,
        "document_number": "甘安监〔2007〕138号",
        "published_on": matter.published_on.isoformat(),
        "attachment": None,
    }


def test_highlights_are_lists_of_html_by_field(client, matters):
    highlights = ask(client, q="烟花爆竹").json()["results"][0]["highlights"]
    assert highlights["title"] == ["<mark>烟花爆竹</mark>经营许可办法"]


def test_passages_are_excerpts_with_their_places(client, matters):
    passages = ask(client, q="烟花爆竹的经营").json()["results"][0]["passages"]
    assert passages == [{"html": "<mark>烟花爆竹的经营</mark>和储存。", "heading": "", "anchor": ""}]


def test_a_facet_is_a_list_of_values_with_labels_and_counts(client, matters):
    facets = ask(client, q="烟花").json()["facets"]
    assert facets["department"] == [{"value": "licensing", "label": "Department licensing", "count": 1}]


def test_every_facet_is_there(client, matters):
    facets = ask(client, q="烟花").json()["facets"]
    assert tuple(facets) == FACETS


def test_an_answer_is_json_in_utf_8(client, matters):
    assert TITLE in ask(client, q="烟花").content.decode("utf-8")


def test_an_answer_is_kept_by_no_one_between(client, matters):
    answer = ask(client, q="烟花")
    assert ("Cookie" in answer["Vary"], answer["Cache-Control"]) == (True, "no-cache")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_changed_through_the_api(client, db, method):
    assert getattr(client, method)(URL).status_code == 405


# Parameters


@pytest.mark.parametrize("page", ["-1", "0", "x", "1.5", "１", "٣", "1 ", " ", "1;2", "10" * 40, 10**9, 1001, "\x00"])
def test_a_page_that_is_none_is_a_bad_request_that_names_the_parameter(client, db, page):
    answer = ask(client, q="烟花", page=page)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_parameter")
    assert "page" in answer.json()["error"]["message"]


def test_the_last_page_that_may_be_asked_for_is_empty_and_keeps_the_total(client, matters):
    found = ask(client, q="烟花", page=1000).json()
    assert (found["results"], found["total"], found["page"]) == ([], 1, 1000)


def test_an_unknown_order_is_a_bad_request_that_names_the_choices(client, db):
    answer = ask(client, q="烟花", sort="title; DROP")
    assert (answer.status_code, "relevance, newest, oldest" in answer.json()["error"]["message"]) == (400, True)


def test_an_unknown_value_of_a_facet_finds_nothing(client, matters):
    values = ["nowhere", "*", "\x00", "\ud800", "安" * 500, '"', "1 OR 1=1", "{}", "-1"]
    answers = {(name, value): ask(client, q="烟花", **{name: value}) for name in FACETS for value in values}
    assert [asked for asked, answer in answers.items() if (answer.status_code, total(answer)) != (200, 0)] == []


def test_a_chosen_value_that_finds_nothing_is_named_with_no_count(client, matters):
    facets = ask(client, q="烟花", department="nowhere").json()["facets"]
    assert {"value": "nowhere", "label": "nowhere", "count": 0} in facets["department"]


def test_repeated_parameters_are_any_of(client, matters):
    assert ask(client, q="烟花", type=["regulation", "plan"]).json()["total"] == 1


def test_a_thousand_values_of_a_facet_are_answered(client, matters):
    assert ask(client, q="烟花", department=[f"d{number}" for number in range(1000)]).status_code == 200


def test_a_parameter_that_there_is_not_changes_nothing(client, matters):
    names = ["per_page", "page_size", "size", "readers", "tokens", "user", "engine", "format"]
    answers = {
        (name, value): ask(client, q="烟花", **{name: value}) for name in names for value in ("0", "-1", "leaders")
    }
    assert [asked for asked, answer in answers.items() if total(answer) != 1] == []


def test_without_a_query_everything_readable_is_listed(client, matters):
    assert ask(client).json()["total"] == 1


# Odd text


def test_odd_text_is_answered(client, matters):
    assert [text for text in ODD if ask(client, q=text).status_code != 200] == []


def test_odd_text_finds_nothing_that_is_not_the_readers(client, matters):
    answers = {text: ask(client, q=text) for text in ODD}
    assert [text for text, answer in answers.items() if total(answer) > 1 or "密件" in found_titles(answer)] == []


def test_odd_text_is_completed_without_failing(client, matters):
    answers = {text: client.get(f"{URL}suggest?{urlencode({'q': text}, errors='surrogatepass')}") for text in ODD}
    assert [
        text for text, answer in answers.items() if (answer.status_code, "密件" in answer.text) != (200, False)
    ] == []


def test_text_without_a_word_finds_nothing(client, matters):
    assert [total(ask(client, q=text)) for text in ("!?。，、", "🙂🙂", "((((", '"', "\\")] == [0] * 5


def test_operators_are_words(client, matters):
    assert [total(ask(client, q=text)) for text in ("-烟花", "+烟花", "烟花*", "烟花^9 OR 烟花", "NOT 烟花")] == [1] * 5


def test_bytes_that_are_no_text_are_answered(client, matters):
    assert client.get(f"{URL}?q=%ff%fe%80&department=%ff").status_code == 200


def test_a_long_query_is_looked_for_by_its_beginning(client, matters):
    found = ask(client, q=TITLE + "甲" * 10_000).json()
    assert len(found["query"]) == 300
