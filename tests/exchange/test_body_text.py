"""A body becomes plain text and the text becomes the body again."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intranet.exchange.body_text import body_from_text, text_of

# Line breaks other than \n never reach the body: the format refuses them.
characters = st.characters(exclude_categories=["Cc", "Cs"])
beginnings = st.sampled_from(
    [
        "",
        "## ",
        "# ",
        "> ",
        ">! ",
        ">",
        "| ",
        "|",
        ": ",
        "=> ",
        "§ ",
        "¶ ",
        "\\",
        "\\\\",
        "第一条 ",
        "第二条",
        "第一章 总则",
        "第三条规定",
    ]
)
endings = st.sampled_from(["", " |", "|", "\\|", "\\", " | --- |", "。"])
lines = st.builds(lambda a, b, c: a + b + c, beginnings, st.text(characters, max_size=12), endings)
paragraphs = st.lists(lines, min_size=1, max_size=4).map("\n".join)
texts = st.lists(paragraphs, max_size=6).map("\n\n".join)


def kinds(text: str, *, articles: bool = True) -> list[str]:
    return [block["type"] for block in body_from_text(text, articles=articles)]


@given(text=texts, articles=st.booleans())
@example(text="第一条\n\n甲\n\n¶ 乙", articles=True)
@example(text="§ 0\xa00", articles=False)
@example(text=": 一览  表\n| a |\n| --- |\n| b |", articles=False)
@example(text="| a \\| |\n| --- | --- |", articles=False)
def test_a_body_written_as_text_is_read_as_the_same_body(text: str, articles: bool) -> None:
    body = body_from_text(text, articles=articles)
    written = text_of(body, articles=articles)
    assert body_from_text(written, articles=articles) == body
    assert text_of(body_from_text(written, articles=articles), articles=articles) == written


@given(text=texts)
def test_no_text_is_lost(text: str) -> None:
    def essence(value: str) -> str:
        return "".join(c for c in value if c.isalnum())

    assert essence(text_of(body_from_text(text, articles=True), articles=True)) == essence(text)


def test_articles_and_chapters_of_a_regulation_are_recognised() -> None:
    text = (
        "第一章  总则\n\n第一条 为了安全，\n制定本办法。\n\n"
        "第二条\n\n本办法适用于本州。\n\n第三条规定的情形除外。\n\n第十条之一　另款。"
    )
    assert body_from_text(text, articles=True) == [
        {"type": "heading", "value": "第一章  总则"},
        {"type": "article", "value": {"number": "第一条", "text": "<p>为了安全，<br/>制定本办法。</p>"}},
        {
            "type": "article",
            "value": {"number": "第二条", "text": "<p>本办法适用于本州。</p><p>第三条规定的情形除外。</p>"},
        },
        {"type": "article", "value": {"number": "第十条之一", "text": "<p>另款。</p>"}},
    ]


def test_other_types_keep_articles_as_paragraphs() -> None:
    assert kinds("第一条 甲\n\n第一章 乙", articles=False) == ["paragraph", "paragraph"]


def test_markup_in_the_text_stays_text() -> None:
    (block,) = body_from_text("<script>alert(1)</script> & 甲", articles=False)
    assert block["value"] == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; 甲</p>"


def test_a_table_keeps_its_caption() -> None:
    (table,) = body_from_text(": 收费一览表\n| 项目 | 元 |\n| --- | --- |\n| 考试 | 60 |", articles=False)
    assert (table["value"]["table_caption"], len(table["value"]["data"])) == ("收费一览表", 2)


def test_headings_callouts_tables_and_steps_have_marks_of_their_own() -> None:
    text = (
        "## 依据\n\n>! 注意\n>\n> 期限\n\n| 项目 | 数 |\n| --- | --- |\n| 甲\\|乙 |\n\n"
        "=> 受理 | 窗口 | 1日\n=> 审查\n\n> 说明"
    )
    heading, warning, table, steps, note = body_from_text(text, articles=False)
    assert heading == {"type": "heading", "value": "依据"}
    assert warning["value"] == {"kind": "warning", "text": "<p>注意</p><p>期限</p>"}
    assert table["value"]["data"] == [["项目", "数"], ["甲|乙", ""]]
    assert table["value"]["first_row_is_table_header"]
    assert [item["value"] for item in steps["value"]] == [
        {"name": "受理", "who": "窗口", "time": "1日"},
        {"name": "审查", "who": "", "time": ""},
    ]
    assert note["value"]["kind"] == "info"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n\n乙"),
        ('<p data-block-key="a">甲 <b>乙</b><br/>丙</p>', "甲 乙\n丙"),
        ("<ul><li>甲</li><li>乙</li></ul><p>丙</p>", "甲\n乙\n\n丙"),
        ("<p>a &lt; b &amp;amp; c</p>", "a < b &amp; c"),
        ("<p></p>", ""),
    ],
)
def test_rich_text_is_written_a_paragraph_a_paragraph_an_item_a_line(html: str, text: str) -> None:
    assert text_of([{"type": "paragraph", "value": html}], articles=False) == text
