"""Files of older programs, as those programs wrote them."""

from pathlib import Path

import pytest

from search.extraction import Reason
from tests.search.extraction.documents import SENTENCE

FILES = Path(__file__).parent / "files"


def file(name: str) -> bytes:
    return (FILES / name).read_bytes()


def test_an_old_word_document_gives_its_chinese_its_table_and_its_header(read):
    text = read(file("chinese.doc")).text
    assert text.startswith("居中的大标题\n章节1\n章节1的内容，一段话\n")
    assert "11 12 13\n21 22 23\n31 32 33\n" in text
    assert text.endswith("页眉左 页眉中 页眉右\n页脚内容")


def test_an_old_word_document_gives_what_a_link_shows_and_not_where_it_leads(read):
    assert read(file("hyperlink.doc")).text == "Before text; Hyperlink text; after text"


def test_an_old_word_document_gives_its_notes(read):
    assert read(file("footnote.doc")).text == "Test text\nTestFootnote\nTestEndnote"


def test_a_document_of_a_still_older_word_is_told_to_be_one(read):
    assert read(file("word6.doc")).reason is Reason.OLD_FORMAT


@pytest.mark.parametrize("name", ["protected.doc", "protected.ppt"])
def test_an_old_document_with_a_password_says_so(read, name):
    assert read(file(name)).reason is Reason.PROTECTED


def test_old_slides_give_their_chinese(read):
    assert read(file("chinese.ppt")).text == "平抛运动的分解演示"


def test_old_slides_are_pages_in_the_order_in_which_they_are_shown(read):
    extraction = read(file("slide_order.ppt"))
    assert extraction.pages == 3
    assert [page.partition("\n")[2] for page in extraction.text.split("\f")] == [
        "First slide I added",
        "Third slide I added",
        "Second slide I added",
    ]


def test_remarks_on_old_slides_are_not_read(read):
    assert read(file("comments.ppt")).text == "Test Slide\nWith a comment on it"


@pytest.mark.parametrize("name", ["chinese.doc", "chinese.ppt", "attachments.msg"])
@pytest.mark.parametrize("byte", range(0, 15_000, 1_500))
def test_an_old_document_with_a_wrong_byte_anywhere_never_does_harm(read, name, byte):
    content = bytearray(file(name))
    content[byte : byte + 8] = b"\xff" * 8
    assert read(bytes(content)).reason in {None, Reason.DAMAGED, Reason.NO_TEXT, Reason.OLD_FORMAT, Reason.PARTLY,
                                           Reason.PROTECTED, Reason.UNKNOWN_TYPE, Reason.CUT}  # fmt: skip


def test_an_outlook_message_gives_its_subject_its_body_and_what_is_attached(read):
    text = read(file("attachments.msg")).text
    assert text.startswith('test pièce jointe 1\n"Nicolas1 23456" <nicolas1.23456@free.fr>\ncontenu\n')
    assert "test-unicode.doc\nécole (00E9)\neuro : € (20AC)" in text
    assert "pj1.txt" in text


GBK_RICH_TEXT = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}\f0 TEXT\par}"
ESCAPED = [f"\\'{byte:02x}" for byte in SENTENCE.encode("gb18030")]
CODE_POINTS = [f"\\u{ord(c) - (65536 if ord(c) > 32767 else 0)}?" for c in SENTENCE]


@pytest.mark.parametrize(
    "source",
    [
        GBK_RICH_TEXT.replace("TEXT", "".join(ESCAPED)),
        GBK_RICH_TEXT.replace("TEXT", "\r\n".join(ESCAPED)),
        r"{\rtf1\ansi\uc1 TEXT\par}".replace("TEXT", "".join(CODE_POINTS)),
    ],
    ids=["bytes of GBK", "lines broken inside characters", "code points"],
)
def test_rich_text_gives_its_chinese(read, source):
    assert read(source.encode()).text == SENTENCE


def test_rich_text_gives_no_properties_and_no_remarks(read):
    source = b"{\\rtf1\\ansi{\\info{\\author Somebody}}{\\*\\annotation a remark}text\\par}"
    assert read(source).text == "text"
