"""What every engine promises. The same tests for each."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.document import AttachmentText, SearchDocument
from search.engines.base import CHECKED, Freed
from search.engines.elasticsearch.engine import BATCH
from search.query import InvalidQuery, SearchQuery

PUBLIC = frozenset({"public"})
CADRE = frozenset({"public", "staff", "department:licensing", "user:7"})


def document(number, title="安全生产管理办法", *, readers=PUBLIC, version=1, **fields):
    fields = {"type": "regulation", "audience": "external", "department": "licensing", "matter": "E2",
              "language": "zh-hans", "published_on": date(2026, 1, number), **fields}  # fmt: skip
    return SearchDocument(key=f"matter:{number}", version=version, readers=frozenset(readers), title=title, **fields)


def found(engine, text, tokens=PUBLIC, **params):
    engine.refresh()
    return [hit.key for hit in engine.search(SearchQuery.parse({"q": text, **params}), tokens).hits]


def answer(engine, text, tokens=PUBLIC, **params):
    engine.refresh()
    return engine.search(SearchQuery.parse({"q": text, **params}), tokens)


# Readers


def test_a_reader_finds_what_one_of_the_tokens_may_read(engine):
    engine.write([document(1, readers={"department:licensing"})])
    assert found(engine, "安全生产", CADRE) == ["matter:1"]


def test_nobody_else_finds_it(engine):
    engine.write([document(1, readers={"department:finance"})])
    assert found(engine, "安全生产", CADRE) == []


def test_totals_and_facets_count_readable_things_alone(engine):
    engine.write([document(1), document(2, readers={"leaders"}, type="notice")])
    results = answer(engine, "安全生产")
    assert (results.total, results.facets["type"]) == (1, {"regulation": 1})


def test_a_document_without_readers_is_found_by_nobody(engine):
    engine.write([document(1, readers=())])
    assert found(engine, "安全生产", CADRE) == []


@pytest.mark.parametrize(
    "text",
    ["鸢尾", "烟花爆竹鸢尾", "烟花爆竹许可证办事指南鸢尾", "烟花爆竹 鸢尾 xyz", "鸢尾花店", "许可证 鸢尾花店 车辆"],
)
def test_what_a_reader_may_not_read_changes_nothing_of_what_is_found(engine, text):
    engine.write([document(1, "烟花爆竹许可证办事指南"), document(2, "车辆管理办法", body="许可证")])
    before = answer(engine, text)
    engine.write([document(3, "烟花爆竹许可证办事指南鸢尾花店车辆", readers={"leaders"}, body="鸢尾 xyz")])
    after = answer(engine, text)
    assert [hit.key for hit in after.hits] == [hit.key for hit in before.hits]
    assert (after.total, after.facets, after.relaxed, after.suggestion) == (
        (before.total, before.facets, before.relaxed, before.suggestion)
    )


def test_what_is_near_is_found_though_something_unreadable_is_nearer(engine):
    engine.write([document(1, "烟花爆竹许可证办事指南"), document(2, "烟花爆竹许可证办事指南x", readers={"leaders"})])
    assert found(engine, "烟花爆竹许可证办事指南x") == ["matter:1"]


def test_an_expired_thing_is_not_found(engine):
    engine.write([document(1, expires_at=datetime.now(UTC) - timedelta(seconds=5))])
    assert found(engine, "安全生产") == []


def test_a_thing_that_expires_later_is_found(engine):
    engine.write([document(1, expires_at=datetime.now(UTC) + timedelta(days=1))])
    assert found(engine, "安全生产") == ["matter:1"]


def test_suggestions_hold_readable_titles_alone(engine):
    engine.write([document(1, "烟花爆竹许可"), document(2, "烟花爆竹秘密", readers={"leaders"})])
    engine.refresh()
    assert [title.text for title in engine.suggest("烟花", PUBLIC)] == ["烟花爆竹许可"]


def test_did_you_mean_is_drawn_from_readable_titles_alone(engine):
    engine.write([document(1, "烟花爆竹经营许可办法", readers={"leaders"})])
    assert answer(engine, "烟花爆竹经营许可办发").suggestion is None


def test_did_you_mean_offers_the_readable_title_a_slip_away(engine):
    engine.write([document(1, "Safety licence regulations", language="en")])
    assert answer(engine, "Safty licence regulatons").suggestion.text == "Safety licence regulations"


# Versions


def test_an_older_write_does_not_beat_a_newer_one(engine):
    engine.write([document(1, "危险货物", version=5)])
    assert engine.write([document(1, "烟花爆竹", version=4)]) == []
    assert found(engine, "烟花爆竹") == []


def test_a_newer_write_replaces_an_older_one(engine):
    engine.write([document(1, "烟花爆竹", version=4)])
    engine.write([document(1, "危险货物", version=5)])
    assert (found(engine, "危险货物"), found(engine, "烟花爆竹")) == (["matter:1"], [])


def test_a_late_write_does_not_revive_a_tombstone(engine):
    engine.write([document(1, version=1)])
    engine.write([SearchDocument.tombstone("matter:1", 3)])
    engine.write([document(1, version=2)])
    assert found(engine, "安全生产") == []


def test_versions_are_listed_in_the_order_of_keys(engine):
    engine.write([document(2, version=7), document(1, version=3), SearchDocument.tombstone("matter:3", 9)])
    engine.refresh()
    assert list(engine.versions()) == [("matter:1", 3, False), ("matter:2", 7, False), ("matter:3", 9, True)]


def test_old_tombstones_are_purged(engine):
    engine.write([SearchDocument.tombstone("matter:1", 3), document(2)])
    engine.refresh()
    assert engine.purge_tombstones(before=datetime.now(UTC) + timedelta(minutes=1)) == 1
    engine.refresh()
    assert [key for key, _version, _deleted in engine.versions()] == ["matter:2"]


def test_count_leaves_tombstones_out(engine):
    engine.write([SearchDocument.tombstone("matter:1", 3), document(2)])
    engine.refresh()
    assert engine.count() == 1


# Rebuild


def test_a_rebuild_replaces_what_was_there(engine):
    engine.write([document(1, "旧的")])
    assert engine.rebuild([document(2, "新的")]) == 1
    assert (found(engine, "旧的"), found(engine, "新的")) == ([], ["matter:2"])


def test_a_write_during_a_rebuild_is_in_the_new_index(engine):
    def documents():
        yield document(1, "重建的", version=1)
        engine.write([document(1, "更新的", version=2)])
        yield document(2, "另一个")

    engine.rebuild(documents())
    assert (found(engine, "更新的"), found(engine, "重建的")) == (["matter:1"], [])


class OvertakenByARebuild(list):
    """Documents of which the last are on their way when a rebuild that knows none of them ends."""

    def __init__(self, documents, engine):
        super().__init__(documents)
        self.end_of_rebuild = [lambda: engine.rebuild([])]

    def __iter__(self):
        yield from super().__iter__()
        if self.end_of_rebuild:
            self.end_of_rebuild.pop()()


def test_a_write_that_a_rebuild_overtakes_is_in_the_new_index(engine):
    many = [SearchDocument(f"matter:{number}", 1, PUBLIC, title="更新的") for number in range(BATCH + 1)]
    engine.write([document(1, "旧的")])
    engine.write(OvertakenByARebuild(many, engine))
    engine.refresh()
    assert engine.count() == len(many)


def test_the_index_in_service_answers_during_a_rebuild(engine):
    engine.write([document(1)])
    seen = []

    def documents():
        seen.append(found(engine, "安全生产"))
        yield document(1)

    engine.rebuild(documents())
    assert seen == [["matter:1"]]


def test_a_rebuild_that_fails_leaves_the_index_in_service(engine):
    engine.write([document(1)])

    def documents():
        yield document(2, "别的")
        raise RuntimeError("database gone")

    with pytest.raises(RuntimeError):
        engine.rebuild(documents())
    assert found(engine, "安全生产") == ["matter:1"]


def test_writes_go_on_after_a_rebuild_that_failed(engine):
    def documents():
        yield document(2)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        engine.rebuild(documents())
    engine.write([document(3, "之后的")])
    assert found(engine, "之后的") == ["matter:3"]


# Languages and scripts


@pytest.mark.parametrize("text", ["矿", "矿山", "煤矿山", "非煤矿山安全", "非煤礦山", "非煤 矿山"])
def test_chinese_by_one_two_or_more_characters_in_either_script(engine, text):
    engine.write([document(1, "非煤矿山安全检查"), document(2, "车辆管理")])
    assert found(engine, text) == ["matter:1"]


@pytest.mark.parametrize("text", ["2026年计划", "２０２６年计划"])
def test_full_width_and_half_width_are_the_same(engine, text):
    engine.write([document(1, "２０２６年计划")])
    assert found(engine, text) == ["matter:1"]


@pytest.mark.parametrize(
    "text",
    ["甘安监〔2007〕138号", "甘安监[2007]138号", "甘安监(2007)138", "甘安监（２００７）１３８号", "甘安監〔2007〕138號",
     "甘安监 2007 138 号", "甘安监【2007】第138号"],
)  # fmt: skip
def test_a_document_number_in_every_form_comes_first(engine, text):
    engine.write(
        [
            document(1, "通知甲", document_number="甘安监〔2007〕139号"),
            document(2, "通知乙", document_number="甘安监〔2007〕138号"),
            document(3, "转发甘安监〔2007〕138号文件的通知"),
        ]
    )
    assert found(engine, text)[0] == "matter:2"


def test_a_document_number_does_not_match_every_document_of_the_organ(engine):
    engine.write([document(n, f"通知{n}", document_number=f"甘安监〔2007〕{n}号") for n in range(1, 9)])
    assert found(engine, "甘安监〔2007〕3号") == ["matter:3"]


def test_english_by_stem(engine):
    engine.write([document(1, "Licensing of mines", language="en")])
    assert found(engine, "licensed mine") == ["matter:1"]


@pytest.mark.parametrize("text", ["བདེ་འཇགས", "བདེ་འཇགས་", "བདེ་འཇགས།", "བདེ༌འཇགས"])
def test_tibetan_by_syllable_and_phrase(engine, text):
    engine.write([document(1, "ཐོན་སྐྱེད་བདེ་འཇགས་ཀྱི་སྒྲིག་ཡིག", language="bo"), document(2, "སློབ་གྲྭ", language="bo")])
    assert found(engine, text) == ["matter:1"]


def test_a_question_word_carries_no_subject(engine):
    engine.write([document(1, "信访事项办结期限"), document(2, "车辆多长时间保养")])
    assert found(engine, "信访事项多长时间办结")[0] == "matter:1"


# Ranking


def test_an_exact_title_comes_before_what_mentions_it(engine):
    engine.write(
        [
            document(1, "关于修改安全生产条例的决定", body="安全生产条例 安全生产条例 安全生产条例"),
            document(2, "安全生产条例"),
        ]
    )
    assert found(engine, "安全生产条例") == ["matter:2", "matter:1"]


def test_a_title_comes_before_a_body(engine):
    engine.write([document(1, "通知", body="烟花爆竹的储存和运输。"), document(2, "烟花爆竹管理", body="略")])
    assert found(engine, "烟花爆竹") == ["matter:2", "matter:1"]


def test_the_one_in_force_comes_before_the_repealed_one(engine):
    engine.write(
        [
            document(1, "烟花爆竹办法", validity="repealed"),
            document(2, "烟花爆竹办法", validity="in_force"),
        ]
    )
    assert found(engine, "烟花爆竹") == ["matter:2", "matter:1"]


@pytest.mark.parametrize(
    ("title", "text"),
    [("执行GB12345标准的通知", "GB12345"), ("A4纸采购", "A4"), ("ཡིག་ཆ་རིགས་21དེ་རིང་", "རིགས་21"), ("H2S检测", "h2s"),
     ("2025年专项资金", "２０２５年专项资金")],
)  # fmt: skip
def test_numbers_beside_letters_are_words_of_their_own(engine, title, text):
    engine.write([document(1, title), document(2, "车辆管理")])
    assert found(engine, text) == ["matter:1"]


def test_what_is_shown_has_no_trace_of_how_it_was_cut(engine):
    engine.write([document(1, "通知", body="执行GB12345标准")])
    assert answer(engine, "标准").hits[0].highlights["body"] == ["执行GB12345<mark>标准</mark>"]


def test_a_record_comes_before_its_translations_that_share_its_number(engine):
    number = {"document_number": "甘安监〔2025〕31号"}
    engine.write([document(1, "办事指南", **number), document(9, "Guide", language="en", **number)])
    assert found(engine, "甘安监〔2025〕31号") == ["matter:1", "matter:9"]


def test_the_thing_itself_comes_before_what_is_about_it(engine):
    engine.write(
        [document(1, "某州安全生产监督管理局政务公开实施办法"), document(2, "《政务公开实施办法》政策解读")]
    )  # fmt: skip
    assert found(engine, "政务公开实施办法") == ["matter:1", "matter:2"]


def test_the_year_in_a_title_counts(engine):
    engine.write(
        [document(1, "2025年专项资金使用情况"), document(2, "2024年专项资金结果", body="2025年 2025年 2025年")]
    )
    assert found(engine, "2025年专项资金")[0] == "matter:1"


def test_a_question_is_answered_by_what_has_some_of_its_words(engine):
    engine.write([document(1, "特种作业考试收费公示"), document(2, "车辆管理")])
    results = answer(engine, "考特种作业证要交多少钱")
    assert ([hit.key for hit in results.hits], results.relaxed) == (["matter:1"], "")


def test_what_has_only_unrelated_pairs_is_not_found(engine):
    engine.write([document(1, "安全检查通知"), document(2, "生产车辆名单")])
    assert found(engine, "危险化学品经营许可") == []


THREE_FILTERS = {"department": "finance", "matter": "E5", "type": "plan"}


def test_filters_that_leave_nothing_relax_nothing(engine):
    engine.write(
        [
            document(1, "安全生产许可证"),
            document(2, "安全生产专项资金", department="finance", matter="E5", type="plan"),
        ]
    )
    results = answer(engine, "安全生产 许可证", **THREE_FILTERS)
    assert ([hit.key for hit in results.hits], results.relaxed) == ([], "")


def test_filters_that_leave_nothing_come_with_what_there_is_without_each(engine):
    engine.write(
        [
            document(1, validity=""),
            document(2, department="finance", validity=""),
            document(3, "许可证", department="finance"),
            document(4, department="finance", type="plan", readers={"leaders"}),
        ]
    )
    results = answer(engine, "安全生产", department="finance", type="plan", validity="repealed")
    assert {name: (one.total, sorted(one.keys)) for name, one in results.freed.items()} == {
        "": (2, ["matter:1", "matter:2"])
    }


def test_what_comes_without_a_filter_is_counted_whole_with_its_first_keys(engine):
    engine.write([document(number) for number in range(1, CHECKED + 3)])
    freed = answer(engine, "安全生产", department="finance", sort="newest").freed
    first = [f"matter:{number}" for number in range(CHECKED + 2, 2, -1)]
    assert freed == {"department": Freed(CHECKED + 2, first)}


def test_filters_that_leave_something_ask_for_nothing_more(engine):
    engine.write([document(1), document(2, department="finance")])
    assert answer(engine, "安全生产", department="finance").freed == {}


def test_relaxing_is_named(engine):
    engine.write([document(1, "危险化学品安全管理办法")])
    results = answer(engine, "危险化学品管理经营许可规则")
    assert (bool(results.hits), results.relaxed in ("most", "any")) == (True, True)


# Filters, sorts, pages


def test_a_filter_keeps_its_values(engine):
    engine.write([document(1, type="notice"), document(2, type="guide"), document(3, type="plan")])
    assert set(found(engine, "安全生产", type=["notice", "guide"])) == {"matter:1", "matter:2"}


def test_a_facet_counts_with_the_other_filters_and_not_its_own(engine):
    engine.write([document(1, type="notice", matter="E2"), document(2, type="guide", matter="E4")])
    results = answer(engine, "安全生产", type="notice")
    assert (results.facets["type"], results.facets["matter"]) == ({"notice": 1, "guide": 1}, {"E2": 1})


def test_a_total_counts_with_all_filters(engine):
    engine.write([document(1, type="notice"), document(2, type="guide")])
    assert answer(engine, "安全生产", type="notice").total == 1


def test_an_unknown_value_finds_nothing(engine):
    engine.write([document(1)])
    assert found(engine, "安全生产", department="nowhere") == []


@pytest.mark.parametrize(("sort", "order"), [("newest", [3, 2, 1]), ("oldest", [1, 2, 3])])
def test_sorting_by_day(engine, sort, order):
    engine.write([document(2), document(3), document(1)])
    assert found(engine, "安全生产", sort=sort) == [f"matter:{n}" for n in order]


def test_no_text_lists_everything_readable_newest_first(engine):
    engine.write([document(1), document(2), document(3, readers={"leaders"})])
    assert found(engine, "") == ["matter:2", "matter:1"]


def test_pages_do_not_repeat_and_lose_nothing(engine):
    engine.write([document(n) for n in range(1, 26)])
    pages = [found(engine, "安全生产", page=str(page)) for page in (1, 2, 3)]
    assert (len(pages[2]), len({key for page in pages for key in page})) == (5, 25)


def test_a_page_beyond_the_end_is_empty_with_its_total(engine):
    engine.write([document(1)])
    results = answer(engine, "安全生产", page="900")
    assert (results.hits, results.total) == ([], 1)


# Highlights


def test_highlights_mark_what_was_asked_for(engine):
    engine.write([document(1, body="关于非煤矿山安全检查的规定。")])
    hit = answer(engine, "非煤矿山").hits[0]
    assert "<mark>非煤矿山</mark>" in "".join(hit.highlights["body"]).replace("</mark><mark>", "")


def test_highlights_escape_what_authors_wrote(engine):
    engine.write([document(1, "<script>alert(1)</script>烟花", body="<img src=x onerror=alert(1)>烟花爆竹")])
    marks = str(answer(engine, "烟花").hits[0].highlights)
    assert ("<script" in marks, "<img" in marks) == (False, False)


def test_an_attachment_says_which_one_matched(engine):
    attachments = (
        AttachmentText("11", "目录", "a.pdf", "无关的内容"),
        AttachmentText("12", "名单", "b.pdf", "尾矿库安全名单"),
    )
    engine.write([document(1, "通知", attachments=attachments)])
    assert answer(engine, "尾矿库").hits[0].attachment == "12"


def test_a_text_of_a_hundred_thousand_characters_is_found_to_its_end(engine):
    engine.write([document(1, body="安全生产规定。" * 15_000 + "尾矿库闭库")])
    assert found(engine, "尾矿库闭库") == ["matter:1"]


# Odd input


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400))
def test_no_text_makes_an_engine_fail(engine, text):
    engine.search(SearchQuery.parse({"q": text}), PUBLIC)


@pytest.mark.parametrize(
    "text",
    ["AND", "a OR b", "title:安全", '"未闭合', "(((", "安全*", "-安全", "\x00安全\x00", "\ud800安全", "!?。，",
     "NEAR(a b)", "'; DROP TABLE", "安全" * 5000, "_exists_:readers", "readers:leaders", "[* TO *]", "\\", "ཿ", "🙂🙂"],
)  # fmt: skip
def test_operators_and_odd_characters_are_text(engine, text):
    engine.write([document(1, readers={"leaders"})])
    assert found(engine, text) == []


@given(page=st.text(max_size=6))
def test_a_page_is_a_number_or_refused(page):
    try:
        assert SearchQuery.parse({"page": page}).page >= 1
    except InvalidQuery as refused:
        assert "page" in str(refused)
