"""Leaving passages and files out of a version: nothing of them remains, and nothing else is touched."""

import json
import unicodedata

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.disclosure.models import MATTER_TYPES, GuidePage, RegulationPage, ReportPage
from intranet.publication.secrecy.redaction import MARKS, LeftOut, redact

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E2F), min_size=1, max_size=6)


def content(**parts):
    return {
        "identifier": "matter-1",
        "slug": "slug",
        "language": "zh-hans",
        "title": "标题",
        "draft_title": "标题",
        "summary": "",
        "body": "[]",
        "attachments": [],
        "first_published_at": None,
        **parts,
    }


def body(*blocks):
    return json.dumps([{"type": kind, "value": value, "id": str(place)} for place, (kind, value) in enumerate(blocks)])


@settings(max_examples=150, deadline=None)
@given(st.lists(CHINESE, min_size=1, max_size=4, unique=True), st.lists(CHINESE, max_size=4))
def test_nothing_of_a_passage_remains_anywhere(passages, rest):
    text = "，".join([*rest, *passages, *rest])
    whole = content(
        title=text,
        draft_title=text,
        summary=text,
        body=body(
            ("paragraph", f"<p>{text}</p>"),
            ("heading", text),
            ("article", {"number": "第一条", "text": f"<p>{text}</p>"}),
            ("table", {"data": [[text, None], [None, text]]}),
            ("steps", [{"type": "item", "value": {"name": text, "who": "", "time": ""}, "id": "x"}]),
        ),
        elements=[{"pk": 1, "element": "party", "value": text}],
    )
    written = json.dumps(redact(whole, RegulationPage, LeftOut(passages)).content, ensure_ascii=False)
    without_marks = written.replace(MARKS["zh-hans"], "")
    assert not any(passage in without_marks.replace("第一条", "") for passage in passages)


MARKUP = [
    *("", "<b>", "</b>", '<a href="https://example.org/?a=1&amp;b=2">', "</a>", "<i class='x>y'>", "<!-- x -->"),
    *("<br/>", "</p><p>", "&nbsp;", "&#8203;", "\u200b", "\u00ad", " ", "\n", "\u3000"),
]
PASSAGE = st.text(st.sampled_from("张三的住址甲ABz09（；&<།ཀི"), min_size=1, max_size=6)


@st.composite
def written_with_markup(draw, passage):
    """The passage as rich text: markup before every sign, signs as entities or in full width."""
    signs = []
    for sign in passage:
        wide = chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign
        plain = {"&": "&amp;", "<": "&lt;"}.get(sign, sign)
        signs += [draw(st.sampled_from(MARKUP)), draw(st.sampled_from([plain, wide, f"&#{ord(sign)};"]))]
    return "".join(signs)


def as_read(html):
    """What a reader of the page reads, without what only parts or joins signs."""
    read = unicodedata.normalize("NFKD", BeautifulSoup(html, "html.parser").get_text())
    return "".join(sign for sign in read if unicodedata.category(sign) not in ("Cc", "Cf", "Zs", "Zl", "Zp"))


@settings(max_examples=300, deadline=None)
@given(st.data(), PASSAGE, CHINESE)
def test_whatever_markup_is_put_inside_nobody_reads_the_passage(data, passage, rest):
    html = f"<p>{rest}{data.draw(written_with_markup(passage))}{rest}{data.draw(written_with_markup(passage))}</p>"
    made = redact(content(body=body(("paragraph", html))), RegulationPage, LeftOut((passage,)))
    (left,) = json.loads(made.content["body"])
    parts = as_read(left["value"]).split(MARKS["zh-hans"])
    assert not [part for part in parts if unicodedata.normalize("NFKD", passage) in part]


def test_a_second_occurrence_with_markup_inside_goes_like_the_first():
    made = redact(
        content(body=body(("paragraph", "<p>张三的住址，张三<b>的住址</b>。</p>"))),
        RegulationPage,
        LeftOut(("张三的住址",)),
    )
    (left,) = json.loads(made.content["body"])
    assert left["value"] == "<p>〔不予公开〕，〔不予公开〕<b></b>。</p>"


def test_tags_within_a_passage_stay_whole():
    link = '<p>见张<a linktype="page" id="3">三的</a>住址</p>'
    made = redact(content(body=body(("paragraph", link))), RegulationPage, LeftOut(("张三的住址",)))
    (left,) = json.loads(made.content["body"])
    assert left["value"] == '<p>见〔不予公开〕<a linktype="page" id="3"></a></p>'


def test_the_address_behind_a_link_goes_where_it_tells_the_passage():
    link = '<p><a href="tel:13800138000">电话</a></p>'
    made = redact(content(body=body(("paragraph", link))), RegulationPage, LeftOut(("13800138000",)))
    assert "13800138000" not in made.content["body"]


def test_passages_that_overlap_leave_nothing_between_them():
    made = redact(content(summary="甲乙丙"), RegulationPage, LeftOut(("甲乙", "乙丙")))
    assert (made.content["summary"], made.not_found) == ("〔不予公开〕", [])


def test_a_mark_is_not_left_out_of_itself():
    made = redact(content(summary="公开甲"), RegulationPage, LeftOut(("公开", "甲")))
    assert made.content["summary"] == "〔不予公开〕"


@pytest.mark.parametrize("passage", ["9025000.00", "9,025,000.00", "9025000"])
def test_a_number_is_left_out_as_it_is_shown_and_as_it_is_kept(passage):
    form = json.dumps([{"type": "funds", "value": {"rows": [{"type": "item", "value": {"spent": "9025000.00"}}]}}])
    made = redact(content(particulars=form), ReportPage, LeftOut((passage,)))
    assert "9025000" not in made.content["particulars"]


def test_what_is_chosen_in_a_block_is_no_text():
    made = redact(
        content(body=body(("callout", {"kind": "info", "text": "<p>info</p>"}))), RegulationPage, LeftOut(("info",))
    )
    (left,) = json.loads(made.content["body"])
    assert left["value"] == {"kind": "info", "text": f"<p>{MARKS['zh-hans']}</p>"}


@settings(max_examples=100, deadline=None)
@given(CHINESE, CHINESE)
def test_what_is_not_left_out_stays_as_it_is(passage, other):
    whole = content(summary=other)
    made = redact(whole, RegulationPage, LeftOut((passage,)))
    assert (made.content["summary"] == other) is (passage not in other)


def test_it_is_counted_how_often_a_passage_stood():
    made = redact(content(summary="甲乙甲"), RegulationPage, LeftOut(("甲",)))
    assert made.times == {"甲": 2}


def test_a_passage_that_stands_nowhere_is_named():
    made = redact(content(), RegulationPage, LeftOut(("没有的话",)))
    assert made.not_found == ["没有的话"]


def test_a_passage_with_signs_that_html_writes_otherwise_is_found():
    made = redact(content(body=body(("paragraph", "<p>A&amp;B公司</p>"))), RegulationPage, LeftOut(("A&B公司",)))
    assert "A&amp;B" not in made.content["body"]


@pytest.mark.parametrize(("language", "mark"), MARKS.items())
def test_the_mark_is_in_the_language_of_the_text(language, mark):
    made = redact(content(summary="secret", language=language), RegulationPage, LeftOut(("secret",)))
    assert made.content["summary"] == mark


def test_an_address_that_repeats_the_title_becomes_the_identifier():
    made = redact(content(title="张三案", slug="张三案"), RegulationPage, LeftOut(("张三",)))
    assert made.content["slug"] == "matter-1"


def test_an_address_that_readers_know_stays():
    known = content(title="张三案", slug="chufa", first_published_at="2026-01-01T00:00:00Z")
    assert redact(known, RegulationPage, LeftOut(("张三",))).content["slug"] == "chufa"


def test_an_address_with_a_passage_in_it_goes_also_where_readers_know_it():
    known = content(title="张三案", slug="张三案", first_published_at="2026-01-01T00:00:00Z")
    assert redact(known, RegulationPage, LeftOut(("张三",))).content["slug"] == "matter-1"


def test_what_is_chosen_from_a_list_is_no_text():
    made = redact(content(visibility="public"), RegulationPage, LeftOut(("public",)))
    assert made.content["visibility"] == "public"


def test_the_rows_of_a_guide_are_texts_too():
    guide = content(materials=[{"pk": 1, "name": "张三的身份证", "form": "", "copies": ""}])
    made = redact(guide, GuidePage, LeftOut(("张三",)))
    assert made.content["materials"][0]["name"] == f"{MARKS['zh-hans']}的身份证"


def test_an_attachment_is_left_out():
    whole = content(attachments=[{"pk": 1, "document": 5, "title": "甲"}, {"pk": 2, "document": 6, "title": "乙"}])
    made = redact(whole, RegulationPage, LeftOut(documents=frozenset({5})))
    assert [row["document"] for row in made.content["attachments"]] == [6]


def test_a_document_is_left_out_of_the_body_and_its_link_becomes_words():
    files = ("files", [{"type": "item", "value": 5, "id": "a"}])
    link = ("paragraph", '<p>见<a linktype="document" id="5">附件</a>与<a linktype="document" id="6">另件</a></p>')
    made = redact(content(body=body(files, link)), RegulationPage, LeftOut(documents=frozenset({5})))
    (left,) = json.loads(made.content["body"])
    assert ('id="5"' in left["value"], "见附件与" in left["value"], 'id="6"' in left["value"]) == (False, True, True)


def test_an_image_is_left_out():
    made = redact(
        content(body=body(("figure", {"image": 7, "caption": "现场"}), ("heading", "依据"))),
        RegulationPage,
        LeftOut(images=frozenset({7})),
    )
    assert [block["type"] for block in json.loads(made.content["body"])] == ["heading"]


def test_the_given_content_is_not_changed():
    whole = content(summary="甲")
    redact(whole, RegulationPage, LeftOut(("甲",)))
    assert whole["summary"] == "甲"


@pytest.mark.parametrize("model", MATTER_TYPES.values())
def test_every_type_of_matter_can_be_redacted(model):
    assert redact(content(title="甲"), model, LeftOut(("甲",))).content["title"] == MARKS["zh-hans"]
