"""Every format that is promised gives its text."""

from datetime import date, datetime

import pytest

from search.extraction import Status
from tests.search.extraction import documents
from tests.search.extraction.documents import SENTENCE, TIBETAN


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("规定.docx", documents.word(SENTENCE, TIBETAN)),
        ("规定.xlsx", documents.workbook([SENTENCE, TIBETAN])),
        ("规定.xls", documents.old_workbook([SENTENCE, TIBETAN])),
        ("规定.pptx", documents.slides(f"{SENTENCE}\n{TIBETAN}")),
        ("规定.odt", documents.open_text(SENTENCE, TIBETAN)),
        ("规定.ods", documents.open_sheet([SENTENCE, TIBETAN])),
        ("规定.odp", documents.open_slides(SENTENCE, TIBETAN)),
        ("规定.html", f"<!DOCTYPE html><title>x</title><p>{SENTENCE}<p>{TIBETAN}".encode()),
        ("规定.txt", f"{SENTENCE}\n{TIBETAN}".encode()),
        ("规定.csv", f"序号,内容\n1,{SENTENCE}\n2,{TIBETAN}".encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_chinese_and_tibetan_come_through_intact(read, name, content):
    extraction = read(content, name)
    assert extraction.status is Status.READ
    assert extraction.reason is None
    assert SENTENCE in extraction.text
    assert TIBETAN in extraction.text


def test_a_pdf_gives_its_pages_divided_by_form_feeds(read):
    extraction = read(documents.pdf([SENTENCE], ["second page"], ["third page"]))
    assert extraction.text == f"{SENTENCE}\fsecond page\fthird page"
    assert extraction.pages == 3


def test_an_empty_page_of_a_pdf_keeps_its_place(read):
    extraction = read(documents.pdf([SENTENCE], [], ["third page"]))
    assert extraction.text.split("\f")[2] == "third page"


def test_a_sentence_broken_over_two_lines_of_a_pdf_is_one_phrase(read):
    extraction = read(documents.pdf([SENTENCE[:11], SENTENCE[11:]]))
    assert extraction.text == SENTENCE


def test_an_english_word_hyphenated_over_two_lines_of_a_pdf_is_one_word(read):
    assert "government shall" in read(documents.pdf(["The govern-", "ment shall act."])).text


def test_a_number_broken_after_its_hyphen_in_a_pdf_keeps_it(read):
    assert "0931-8609999" in read(documents.pdf(["Call 0931-", "8609999 now."])).text


def test_a_pdf_that_needs_a_password_only_to_be_changed_is_read(read):
    assert SENTENCE in read(documents.encrypted_pdf(documents.pdf([SENTENCE]), to_open="")).text


def test_a_word_document_gives_tables_headers_and_footers(read):
    content = documents.word(SENTENCE, header="甘肃省", footer="第一页脚", cells=[["姓名", "职务"], ["扎西", "科长"]])
    text = read(content).text
    assert all(words in text for words in ("甘肃省", "第一页脚", "姓名", "科长"))


def test_a_text_box_does_not_break_the_sentence_that_it_hangs_on(read):
    assert read(documents.word_with_text_box("安全", "框中文字", "生产")).text == "安全生产\n框中文字"


def test_a_word_document_whose_main_part_has_another_name_is_read(read):
    assert SENTENCE in read(documents.word_with_main_part("word/document2.xml", SENTENCE)).text


def test_a_workbook_gives_its_rows_with_dates_and_numbers_as_people_write_them(read):
    content = documents.workbook(
        ["许可证", date(2007, 12, 28), 3.0, 0.1 + 0.2, True, None, datetime(2007, 12, 28, 9, 30)], title="明细"
    )
    assert read(content).text == "明细\n许可证 2007-12-28 3 0.3 TRUE 2007-12-28 09:30"


def test_a_hidden_sheet_is_not_read(read):
    assert "底数" not in read(documents.workbook(["公开"], hidden_rows=[["底数"]])).text


def test_an_old_workbook_gives_dates_as_dates(read):
    assert "2007-12-28" in read(documents.old_workbook(["发证日期", date(2007, 12, 28)])).text


def test_slides_are_pages_in_the_order_in_which_they_are_shown(read):
    extraction = read(documents.slides_in_another_order("一", "二", "三"))
    assert extraction.text == "三\f一\f二"
    assert extraction.pages == 3


def test_notes_belong_to_their_slide(read):
    assert read(documents.slides("一", "二", notes="讲稿")).text == "一\f二\n讲稿"


def test_an_open_document_gives_its_footnotes_apart_from_the_sentence(read):
    extraction = read(documents.open_text("第一条", "第二条", footnote="脚注", footer="页脚"))
    assert extraction.text == "第一条完\n脚注\n第二条\n页脚"


def test_slides_of_an_open_document_are_pages(read):
    extraction = read(documents.open_slides("一", "二"))
    assert (extraction.text, extraction.pages) == ("一\f二", 2)


def test_a_web_page_gives_what_a_browser_shows(read):
    page = """<html><head><title>公告</title><style>p {}</style><script>alert("脚本")</script></head><body>
      <p>安全生产隐患
         排查</p><table><tr><td>姓名</td><td>职务</td></tr></table>&copy;&nbsp;2007<br>完</body></html>"""
    assert read(page.encode()).text == "公告\n安全生产隐患排查\n姓名 职务\n© 2007\n完"


def test_a_web_page_is_read_in_the_encoding_that_it_has_and_not_that_it_declares(read):
    page = f'<html><meta charset="utf-8"><p>{SENTENCE}'
    assert SENTENCE in read(page.encode("gb18030")).text


def test_a_web_page_in_a_rare_encoding_is_read_as_it_declares(read):
    page = '<html><meta charset="euc-kr"><p>안전 생산 감독 관리'
    assert "감독" in read(page.encode("euc-kr")).text


def test_a_fragment_of_a_web_page_is_told_by_its_name(read):
    assert read(b"<p>one</p><p>two</p>", "fragment.htm").text == "one\ntwo"


def test_the_name_that_the_owner_gave_counts_before_that_in_the_store(read):
    assert read(b"<p>one</p><p>two</p>", "store-1234", file_name="fragment.htm").text == "one\ntwo"


@pytest.mark.parametrize("name", ["规定.docx", "规定.txt", "规定.pdf", "规定.exe", "规定"])
def test_a_wrongly_named_file_is_read_by_its_true_type(read, name):
    for content in (documents.pdf([SENTENCE]), documents.workbook([SENTENCE]), SENTENCE.encode()):
        assert SENTENCE in read(content, name).text


def test_a_text_about_pdf_files_is_not_taken_for_one(read):
    assert read(b'A file that begins with "%PDF-1.4" is a PDF.').reason is None


def test_a_pdf_after_lines_of_a_mail_program_is_read(read):
    assert read(b"X-Mailer: x\r\n\r\n" + documents.pdf([SENTENCE])).reason is None
