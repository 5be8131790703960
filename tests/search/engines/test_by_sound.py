"""Every engine finds by pinyin, by initials and by homophones what nothing else finds, among what is readable."""

import sqlite3

import pytest

from search.engines import engine_from_url
from search.query import SearchQuery
from tests.search.engines.test_contract import PUBLIC, answer, document, found

LICENCE = "非煤矿山企业安全生产许可证延期办事指南"


@pytest.fixture
def licences(engine):
    engine.write([document(1, LICENCE, keywords=("到期换证",)), document(2, "车辆管理办法")])
    return engine


@pytest.mark.parametrize(
    "typed", ["anquanshengchanxukezheng", "an quan sheng chan", "anquanshengch", "aqscxkz", "ANQUAN", "xuke yanqi"]
)
def test_a_title_is_found_by_its_sound(licences, typed):
    results = answer(licences, typed)
    assert ([hit.key for hit in results.hits], results.relaxed) == (["matter:1"], "pinyin")


@pytest.mark.parametrize("typed", ["daoqihuanzheng", "dqhz"])
def test_a_keyword_is_found_by_its_sound(licences, typed):
    assert found(licences, typed) == ["matter:1"]


def test_what_was_heard_is_said_and_marked(licences):
    results = answer(licences, "xukezheng")
    assert results.suggestion.text == "许可证"
    assert "<mark>许可证</mark>" in results.hits[0].highlights["title"][0].replace("</mark><mark>", "")


def test_every_writing_of_a_sound_is_found(engine):
    engine.write([document(1, "矿山检查通知"), document(2, "行政监察通知"), document(3, "车辆")])
    assert set(found(engine, "jiancha")) == {"matter:1", "matter:2"}


@pytest.mark.parametrize("typed", ["xian", "xi'an"])
def test_an_ambiguous_word_is_tried_in_every_way(engine, typed):
    engine.write([document(1, "西安会议通知"), document(2, "车辆")])
    assert found(engine, typed) == ["matter:1"]


def test_letters_that_stand_somewhere_are_not_read_as_pinyin(licences):
    licences.write([document(3, "Anquan works", language="en")])
    results = answer(licences, "anquan")
    assert ([hit.key for hit in results.hits], results.relaxed) == (["matter:3"], "")


def test_an_english_query_stays_english(licences):
    licences.write([document(3, "Safety plan", language="en")])
    results = answer(licences, "safety licence")
    assert ([hit.key for hit in results.hits], results.relaxed) == (["matter:3"], "any")


def test_a_title_that_may_not_be_read_is_not_heard(engine):
    engine.write([document(1, "鸢尾花店", readers={"leaders"}), document(2, "鸢为食品", body="鸢尾")])
    results = answer(engine, "yuanweihua")
    assert (results.hits, results.suggestion) == ([], None)


@pytest.mark.parametrize(
    ("typed", "meant"), [("安全生产许克证", "安全生产许可证"), ("到其换证", "到期换证"), ("許克證", "许可证")]
)
def test_a_character_of_the_same_sound_is_mended(licences, typed, meant):
    assert answer(licences, typed).suggestion.text == meant


def test_what_is_written_so_somewhere_is_no_slip(licences):
    licences.write([document(3, "安全生产许克证的更正")])
    assert [answer(licences, text).suggestion for text in ("安全生产许克证", "安全生产许克证 车辆牌照")] == [None, None]


def test_a_slip_is_mended_by_readable_titles_alone(engine):
    engine.write([document(1, "安全生产许可证", readers={"leaders"}), document(2, "安全生产会议")])
    assert answer(engine, "安全生产许克证").suggestion is None


# While typing


def suggested(engine, typed, tokens=PUBLIC):
    engine.refresh()
    return [title.text for title in engine.suggest(typed, tokens)]


@pytest.mark.parametrize("typed", ["许可", "xukezh", "xkz", "feimei", "安全生产许"])
def test_a_title_is_suggested_by_what_it_holds_and_how_it_sounds(licences, typed):
    assert suggested(licences, typed) == [LICENCE]


def test_a_title_that_begins_so_comes_first(engine):
    engine.write([document(1, "非煤矿山安全"), document(2, "安全生产责任制实施办法")])
    assert suggested(engine, "anquan")[0] == "安全生产责任制实施办法"


def test_what_may_not_be_read_is_not_suggested_by_its_sound(engine):
    engine.write([document(1, "鸢尾花店", readers={"leaders"}, document_number="甘安监〔2007〕138号")])
    engine.refresh()
    assert (suggested(engine, "yuanwei"), engine.suggest_numbers("甘安监", PUBLIC)) == ([], [])


@pytest.mark.parametrize("typed", ["甘安监", "甘安监〔2007〕13", "甘安监2007", "gaj2007", "gananjian"])
def test_a_document_number_is_suggested_by_its_beginning(engine, typed):
    engine.write(
        [
            document(1, "通知", document_number="甘安监〔2007〕138号"),
            document(2, "函", document_number="甘财〔2007〕138号"),
        ]
    )
    engine.refresh()
    assert [(number.key, number.text) for number in engine.suggest_numbers(typed, PUBLIC)] == [
        ("matter:1", "甘安监〔2007〕138号")
    ]


# An index of an older version


def as_of_old(engine) -> None:
    """Take from the index what finding by sound has brought."""
    if engine.name == "embedded":
        with sqlite3.connect(next(engine.folder.glob("*.sqlite3"))) as old:
            for table in ("readings", "keywords", "number_starts"):
                old.execute(f"DROP TABLE {table}")
        old.close()
        return
    mappings = next(iter(engine.client.indices.get_mapping(index=engine.index).values()))["mappings"]
    settings = next(iter(engine.client.indices.get_settings(index=engine.index).values()))["settings"]["index"]
    kept = {name: field for name, field in mappings["properties"].items() if name not in NEW}
    for index in engine.client.indices.get_alias(name=engine.index):
        engine.client.indices.delete(index=index)
    engine.client.indices.create(
        index=f"{engine.index}-old",
        mappings={**mappings, "properties": kept},
        settings={"analysis": settings["analysis"]},
        aliases={engine.index: {}},
    )


NEW = {"title_syllables", "title_initials", "keyword_syllables", "keyword_initials", "spoken", "keywords",
       "first_keyword", "number_starts"}  # fmt: skip


def reopened(engine):
    if engine.name == "embedded":
        return engine_from_url(f"embedded:///{engine.folder}")
    return engine_from_url(f"{engine.client.transport.node_pool.get().base_url}/{engine.index}")


def test_an_index_of_an_older_version_answers_takes_changes_and_is_rebuilt(engine):
    engine.write([document(1, LICENCE)])
    as_of_old(engine)
    upgraded = reopened(engine)
    assert upgraded.search(SearchQuery.parse({"q": "xukezheng"}), PUBLIC).hits == []
    assert (upgraded.suggest("xuke", PUBLIC), upgraded.suggest_numbers("甘安监", PUBLIC)) == ([], [])
    assert upgraded.write([document(2, "许可证的通知")]) == []
    assert "matter:2" in found(upgraded, "xukezheng")
    upgraded.rebuild([document(1, LICENCE), document(2, "许可证的通知")])
    assert set(found(upgraded, "xukezheng")) == {"matter:1", "matter:2"}
