"""What is left of pasted text: everything that its readers see, and nothing else."""

import unicodedata

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from intranet.disclosure.pasted import SYMBOLS, clean_cell, clean_line, clean_rich_text, clean_text

BULLETS = "●■❑◆❖▪•➢✓"
RUBBISH = "\u200b\ufeff\u00ad\u2060\u200d\u200c\u200e\u202a\u00a0\u3000\u2028\x07\x0b\r\uf06c\uf0b7\uf0fe \t\n"
WRITTEN = st.text(st.one_of(st.sampled_from(RUBBISH + "甘南，。：（一）２０２６“”—…་།བོདaZ9.·•●◆l-"), st.characters()))
PLAIN = [clean_text, clean_line, clean_cell]


def seen(text):
    """What somebody sees of a text: its characters with a shape, in their order."""
    shapeless, objects = ("Cc", "Cf", "Zs", "Zl", "Zp"), "\ufffc"
    symbols = text.translate(SYMBOLS)
    return [each for each in symbols if unicodedata.category(each) not in shapeless and each not in objects]


@pytest.mark.parametrize("clean", PLAIN)
@given(text=WRITTEN)
def test_no_visible_character_is_lost(clean, text):
    assert seen(clean(text)) == seen(text)


@pytest.mark.parametrize("clean", PLAIN)
@given(text=WRITTEN)
def test_cleaning_what_is_clean_changes_nothing(clean, text):
    assert clean(clean(text)) == clean(text)


@given(text=WRITTEN)
def test_a_line_is_one_line(text):
    assert len(clean_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("\ufeff关于\u200b公开\u00ad的通知\u2060", "关于公开的通知"),
        ("甘安监〔2007〕138号\u200e", "甘安监〔2007〕138号"),
        ("第\u00a0一\u202f条", "第 一 条"),
        ("  ２０２６年“春节”——（一）　第二项…… ", "２０２６年“春节”——（一）　第二项……"),
        ("བོད་ཡིག་གི་ཡིག་ཆ།", "བོད་ཡིག་གི་ཡིག་ཆ།"),
        ("\uf06c零售点；\n\uf0d8仓库", "●零售点；\n➢仓库"),
        ("　　第一段\r\n　 　第二段　\r第三段\x0b第四段", "第一段\n第二段\n第三段\n第四段"),
        ("第一段\n\n \n　\n第二段", "第一段\n\n第二段"),
        ("单元格\x07", "单元格"),
        ("名字\ue863", "名字\ue863"),
    ],
)
def test_text_of_several_lines(pasted, kept):
    assert clean_text(pasted) == kept


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("甘南州应急管理局\x0b关于检查的通知", "甘南州应急管理局关于检查的通知"),
        ("Notice on\r\n  inspections", "Notice on inspections"),
        ("科室\t电话", "科室 电话"),
        ("关于　公开", "关于　公开"),
    ],
)
def test_text_of_one_line(pasted, kept):
    assert clean_line(pasted) == kept


def test_a_cell_keeps_the_indentation_that_says_below_which_row_it_belongs():
    assert clean_cell("　　其中：\u200b基本支出\u00a0") == "　　其中：基本支出"


@pytest.mark.parametrize("text", ["👨\u200d👩\u200d👧", "می\u200cخواهم", "क्\u200dष", "سلام\u200f!"])
def test_marks_stay_where_a_script_needs_them(text):
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ('<p data-block-key="a">　　正\u200b文\u00a0</p>', '<p data-block-key="a">正文</p>'),
        ("<p>　</p><p>正文</p><p><b>\u00a0</b></p><p><br/></p>", "<p>正文</p>"),
        ("<p><b>　　一、</b>正文</p>", "<p><b>一、</b>正文</p>"),
        ("<p>一<br/>　　<b>　二</b><br/></p>", "<p>一<br/><b>二</b></p>"),
        ("<p>一\x0b二</p>", "<p>一<br/>二</p>"),
        ("<p>一<b></b>，<i> </i>二</p>", "<p>一， 二</p>"),
        ("<p>如下：</p><p>\uf06c 甲</p><p>\uf06c 乙</p>", "<p>如下：</p><ul><li>甲</li><li>乙</li></ul>"),
        ("<ul><li>甲</li></ul><p>\uf0b7乙</p>", "<ul><li>甲</li><li>乙</li></ul>"),
        ("<p>\uf0a8是 \uf0fe否</p>", "<p>□是 ☑否</p>"),
        ("<p>一<!--[if gte mso 9]>x<![endif]--></p>", "<p>一</p>"),
        ('<p>见<a linktype="page" id="abc">《条例》</a>。</p>', "<p>见《条例》。</p>"),
        (f'<p>见<a linktype="document" id="{"9" * 26}">附件</a>。</p>', "<p>见附件。</p>"),
        ('<p>见<a linktype="page">《条例》</a>。</p>', "<p>见《条例》。</p>"),
    ],
)
def test_rich_text(pasted, kept):
    assert clean_rich_text(pasted) == kept


@pytest.mark.parametrize(
    "stored",
    [
        "",
        '<p data-block-key="x1">见<a id="3" linktype="page">《条例》</a>第十二条：“&lt;0.5&amp;”。<br/>二</p>',
        '<ol><li data-block-key="a">１．甲<ul><li data-block-key="b">乙</li></ul></li></ol><p>（一）丙</p>',
        '<p>བོད་ཡིག་ &quot;a&quot;</p><embed alt="图" embedtype="image" format="left" id="1"/><hr/>',
    ],
)
def test_what_is_clean_stays_to_the_letter(stored):
    assert clean_rich_text(stored) == stored


INLINE = st.recursive(
    WRITTEN.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace("\x00", "")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.tuples(st.sampled_from("bi"), inner).map(lambda made: f"<{made[0]}>{made[1]}</{made[0]}>"),
        inner.map(lambda text: f'<a href="/x/">{text}</a>'),
        st.just("<br/>"),
    ),
    max_leaves=6,
)
RICH = st.lists(
    st.one_of(
        INLINE.map(lambda text: f"<p>{text}</p>"),
        st.lists(INLINE, min_size=1, max_size=3).map(lambda items: f"<ul><li>{'</li><li>'.join(items)}</li></ul>"),
    ),
    max_size=4,
).map("".join)


@given(html=RICH)
def test_cleaning_clean_rich_text_changes_nothing(html):
    assert clean_rich_text(clean_rich_text(html)) == clean_rich_text(html)


@given(html=RICH)
def test_rich_text_loses_no_visible_character_but_bullets_of_items(html):
    def words(source):
        text = BeautifulSoup(source, "html.parser").get_text()
        return [each for each in seen(text) if each not in BULLETS]

    assert words(clean_rich_text(html)) == words(html)
