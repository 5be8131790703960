"""Plain text is read whatever program of the last thirty years wrote it."""

import pytest

from tests.search.extraction import documents
from tests.search.extraction.documents import SENTENCE, TIBETAN

TRADITIONAL = "各縣區安全生產監督管理局應當建立安全生產隱患排查治理制度，並報送備案。"
NOTICE = f"关于印发《办法》的通知\n甘安监〔2007〕138号\n{SENTENCE}\n电话：0931-8609999\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [NOTICE, SENTENCE, NOTICE + TRADITIONAL, TIBETAN * 3, "安全"])
def test_text_is_read_in(read, text, encoding):
    assert read(text.encode(encoding)).text == text.strip()


def test_traditional_chinese_is_read_in_big5(read):
    assert read(TRADITIONAL.encode("big5")).text == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "ascii"])
def test_english_is_read_in(read, encoding):
    text = "The bureau shall disclose it within 20 working days.\nSee article 26."
    assert read(text.encode(encoding)).text == text


def test_western_text_with_accents_and_curly_quotes_is_read(read):
    text = "It’s the café’s résumé – naïve, but déjà vu. The bureau shall disclose it."
    assert read(text.encode("cp1252")).text == text


def test_a_character_cut_at_the_end_of_the_file_costs_no_more_than_itself(read):
    assert read(NOTICE.strip().encode()[:-1]).text.startswith(NOTICE.strip()[:-1])


def test_a_bad_byte_in_a_long_text_costs_no_more_than_itself(read):
    content = (SENTENCE * 20).encode() + b"\xff" + SENTENCE.encode()
    assert read(content).text.count(SENTENCE) == 21


def test_mostly_english_text_with_some_chinese_is_read_in_gb18030(read):
    text = "id,name,department\n" + "1,LIC-000123,安全监管一处\n" * 40
    assert read(text.encode("gb18030"), "list.csv").text == text.strip()


def test_a_long_text_whose_sample_ends_inside_a_character_is_read(read):
    text = "x" + SENTENCE * 5000
    assert read(text.encode("gb18030")).text == text
    assert documents.SENTENCE in read(text.encode()).text
