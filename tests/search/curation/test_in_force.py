"""What the office puts in force acts on the next search, for whom it may and while it may."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.curation import in_force
from search.engines import main_engine
from search.query import SearchQuery
from search.worker import drain
from tests.factories import live_matter
from tests.search.curation.conftest import rule, synonyms

pytestmark = pytest.mark.usefixtures("nothing_kept")


def disclose():
    drain()
    main_engine().refresh()


def ids(answer):
    return [result["id"] for result in answer["results"]]


@pytest.fixture
def licence(engine_in_service, bureau):
    return live_matter(bureau.licensing, title="采石场许可证办事指南")


@pytest.fixture
def notice(licence, bureau):
    notice = live_matter(bureau.licensing, title="采石场检查通知", type_code="notice")
    disclose()
    return notice


def test_a_synonym_acts_at_once_and_is_told(search, notice, licence):
    assert ids(search("执照")) == []
    synonyms("执照", "许可证")
    answer = search("执照")
    assert (ids(answer), answer["also_searched"]) == ([licence.identifier], ["许可证"])


def test_a_synonym_out_of_force_does_not_act(search, notice):
    entry = synonyms("执照", "许可证")
    assert search("执照")["total"] == 1
    entry.in_force = False
    entry.save()
    assert search("执照")["total"] == 0


def test_a_literal_query_is_answered_literally(search, notice):
    synonyms("执照", "许可证")
    answer = search("执照", literal="1")
    assert (answer["total"], answer["also_searched"]) == (0, [])


def test_a_pin_is_marked_and_stands_first_once(search, notice, licence):
    rule("采石场", pins=[notice])
    answer = search("采石场")
    assert [(result["id"], result["pinned"]) for result in answer["results"]] == [
        (notice.identifier, True),
        (licence.identifier, False),
    ]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_other_orders_know_no_pins(search, notice, sort):
    rule("许可证", pins=[notice])
    assert search("许可证", sort=sort)["total"] == 1
    assert search("许可证")["total"] == 2


def test_an_excluded_thing_is_hidden_for_this_query_alone(search, notice, licence):
    rule("采石场", exclusions=[notice])
    assert (ids(search("采石场")), search("采石场")["total"]) == ([licence.identifier], 1)
    assert search("采石场检查")["results"][0]["id"] == notice.identifier


def test_what_one_rule_hides_no_other_pins(search, notice):
    rule("采石场", pins=[notice])
    rule("采石场", match="contains", exclusions=[notice])
    assert notice.identifier not in ids(search("采石场"))


@pytest.mark.parametrize(
    ("match", "query", "text", "acts"),
    [
        ("exact", "采石场 检查", "採石場檢查", True),
        ("exact", "采石场", "采石场检查", False),
        ("contains", "采石场", "采石场检查", True),
        ("contains", "检查 采石场", "采石场怎么检查", True),
        ("contains", "检查 许可", "采石场检查", False),
        ("contains", "石检", "采石场检查", False),
    ],
)
def test_a_rule_applies_to_its_query_or_to_what_has_its_words(db, match, query, text, acts):
    assert rule(query, match=match).applies_to(text) is acts


@pytest.mark.parametrize(
    ("begins", "ends", "acts"), [(0, 0, True), (-1, None, True), (None, 1, True), (1, None, False), (None, -1, False)]
)
def test_a_rule_acts_within_its_dates(db, begins, ends, acts):
    today = timezone.localdate()
    rule(
        "采石场",
        starts_on=None if begins is None else today + timedelta(days=begins),
        ends_on=None if ends is None else today + timedelta(days=ends),
    )
    assert bool(in_force.current().acting_on(SearchQuery.parse({"q": "采石场"}))) is acts


def test_a_search_asks_once_whether_its_copy_is_current(db, bureau):
    synonyms("执照", "许可证")
    rule("采石场", pins=[live_matter(bureau.licensing)])
    query = SearchQuery.parse({"q": "执照"})
    in_force.curated(query)
    with CaptureQueriesContext(connection) as captured:
        in_force.curated(query)
    assert len(captured) == 1


def test_a_search_without_text_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        in_force.curated(SearchQuery.parse({"type": "notice"}))


def test_a_change_that_is_rolled_back_leaves_no_copy_behind(db):
    from django.db import transaction

    query = SearchQuery.parse({"q": "执照"})
    with transaction.atomic():
        synonyms("执照", "许可证")
        assert in_force.curated(query).variants
        transaction.set_rollback(True)
    assert not in_force.curated(query).variants


def test_the_page_says_what_was_also_searched_and_how_to_switch_it_off(client, notice):
    synonyms("执照", "许可证")
    page = client.get("/search/", {"q": "执照"}, headers={"accept-language": "en"})
    assert "Also searched:" in page.text
    assert "literal=1" in page.text
    assert (
        "Only what was typed"
        in client.get("/search/", {"q": "执照", "literal": "1"}, headers={"accept-language": "en"}).text
    )


def test_the_page_marks_what_the_office_recommends(client, notice):
    rule("采石场", pins=[notice])
    page = client.get("/search/", {"q": "采石场"}, headers={"accept-language": "en"})
    assert page.text.count("Recommended by the office") == 1
