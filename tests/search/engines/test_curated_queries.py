"""What the office keeps for the search, as every engine applies it: other wordings, first places, what is hidden."""

from dataclasses import replace

import pytest

from search.curation.expansion import Thesaurus, expanded
from search.query import SearchQuery
from tests.search.engines.test_contract import PUBLIC, document

THESAURUS = Thesaurus.of([("执照", ["许可证"]), ("工伤", ["工伤保险"]), ("工伤保险", ["工伤"]), ("鞭炮", ["烟花爆竹"])])


def asked(engine, text, tokens=PUBLIC, *, pinned=(), hidden=(), **params):
    engine.refresh()
    query = expanded(SearchQuery.parse({"q": text, **params}), THESAURUS)
    return engine.search(replace(query, pinned=tuple(pinned), hidden=frozenset(hidden)), tokens)


def keys(results):
    return [hit.key for hit in results.hits]


# Synonyms


def test_a_synonym_is_found_and_counted_without_relaxing(engine):
    engine.write([document(1, "采石场许可证指南"), document(2, "车辆管理")])
    results = asked(engine, "采石场执照")
    assert (keys(results), results.total, results.relaxed) == (["matter:1"], 1, "")
    assert results.facets["type"] == {"regulation": 1}


@pytest.mark.parametrize("many", [1, 9], ids=["equally rare", "the typed word is common"])
@pytest.mark.parametrize("place", ["title", "body"])
def test_the_same_match_in_the_typed_word_comes_first(engine, place, many):
    engine.write([document(1, **{"title": "办事指南", place: "采石场许可证办理"})])
    engine.write([document(number, **{"title": "办事指南", place: "采石场执照办理"}) for number in range(2, 2 + many)])
    results = asked(engine, "执照")
    assert results.total == many + 1
    assert "matter:1" not in keys(results)[:many]


def test_a_title_in_another_word_comes_before_a_passing_mention_of_the_typed_one(engine):
    engine.write([document(1, "车辆管理", body="先交执照。" + "其他内容。" * 50), document(2, "许可证办事指南")])
    assert keys(asked(engine, "执照")) == ["matter:2", "matter:1"]


def test_other_words_of_the_query_are_asked_for_as_before(engine):
    engine.write([document(1, "烟花爆竹零售许可证指南"), document(2, "危险货物许可证指南")])
    assert keys(asked(engine, "鞭炮零售执照")) == ["matter:1"]


def test_both_words_are_marked(engine):
    engine.write([document(1, "执照和许可证", body="旧执照换许可证。")])
    hit = asked(engine, "执照").hits[0]
    assert hit.highlights["title"] == ["<mark>执照</mark>和<mark>许可证</mark>"]
    assert "<mark>许可证</mark>" in hit.highlights["body"][0]


def test_the_longer_word_is_marked_whole(engine):
    engine.write([document(1, "工伤保险办法")])
    assert asked(engine, "工伤").hits[0].highlights["title"] == ["<mark>工伤保险</mark>办法"]


@pytest.mark.parametrize(("text", "params"), [("执照", {"literal": "1"}), ('"执照"', {})], ids=["literal", "in quotes"])
def test_only_the_typed_word_is_found_where_that_is_asked_for(engine, text, params):
    engine.write([document(1, "采石场许可证"), document(2, "采石场执照")])
    assert keys(asked(engine, text, **params)) == ["matter:2"]


def test_what_a_reader_may_not_read_is_found_in_no_wording(engine):
    engine.write([document(1, "采石场许可证", readers={"leaders"}), document(2, "车辆管理")])
    assert asked(engine, "采石场执照").total == 0


# Pins


@pytest.fixture
def three(engine):
    engine.write([document(1, "许可证办法"), document(2, "许可证指南"), document(3, "车辆通知", type="notice")])
    return engine


def test_pinned_things_stand_first_in_their_order_and_once(three):
    results = asked(three, "许可证", pinned=["matter:3", "matter:1"])
    assert (keys(results), results.total) == (["matter:3", "matter:1", "matter:2"], 3)
    assert results.facets["type"] == {"regulation": 2, "notice": 1}


def test_a_repealed_pin_keeps_its_place(engine):
    engine.write([document(1, "许可证"), document(2, "许可证", validity="repealed"), document(3, "许可证")])
    assert keys(asked(engine, "许可证", pinned=["matter:2", "matter:1"]))[:2] == ["matter:2", "matter:1"]


def test_pins_are_on_the_first_page_alone(engine):
    engine.write([document(number, "许可证") for number in range(1, 13)])
    first, second = (keys(asked(engine, "许可证", pinned=["matter:1"], page=page)) for page in ("1", "2"))
    assert first[0] == "matter:1"
    assert len({*first, *second}) == 12


def test_a_pin_that_the_chosen_filter_leaves_out_is_not_shown(three):
    results = asked(three, "许可证", pinned=["matter:3"], type="regulation")
    assert (sorted(keys(results)), results.total) == (["matter:1", "matter:2"], 2)


def test_a_pin_keeps_nothing_from_being_found_in_a_later_step(three):
    text = "许可证 鸢尾"
    alone, with_pin = asked(three, text), asked(three, text, pinned=["matter:3"])
    assert keys(with_pin) == ["matter:3", *keys(alone)]
    assert with_pin.relaxed == alone.relaxed != ""


def test_a_pin_alone_is_told_as_no_relaxed_match(three):
    results = asked(three, "鸢尾", pinned=["matter:3"])
    assert (keys(results), results.relaxed) == (["matter:3"], "")


@pytest.mark.parametrize("text", ["许可证", "鸢尾", "许可证 鸢尾"])
def test_a_pin_that_the_reader_may_not_read_changes_nothing(three, text):
    three.write([document(4, "许可证秘密", readers={"leaders"})])
    assert asked(three, text, pinned=["matter:4"]) == asked(three, text)


# Exclusions


def test_what_is_hidden_is_not_found_and_not_counted(three):
    results = asked(three, "许可证", hidden=["matter:1"])
    assert (keys(results), results.total, results.facets["type"]) == (["matter:2"], 1, {"regulation": 1})


def test_what_is_hidden_relaxes_as_if_it_were_not_there(three):
    results = asked(three, "许可证 办法", hidden=["matter:1"])
    assert (keys(results), results.relaxed != "") == (["matter:2"], True)
