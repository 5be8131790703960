"""Text is made fit to be searched: nothing invisible, nothing torn apart, nothing run together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.extraction.tidying import tidy


def test_control_characters_and_lone_surrogates_are_removed():
    assert tidy("a\0b\x1bc\ud800d\ufeffe\u200bf\ufffeg") == "abcdefg"


def test_runs_of_blanks_are_one_blank_and_empty_lines_are_left_out():
    assert tidy(" a\t \u3000b \r\n\r\n \u00a0 c ") == "a b\nc"


@pytest.mark.parametrize(
    ("wrapped", "one"),
    [
        ("安全生\n产", "安全生产"),
        ("安全生产，\n应当", "安全生产，应当"),
        ("《安全\n》", "《安全》"),
        ("甘安监〔2007〕\n138号", "甘安监〔2007〕138号"),
        ("བོད་\nཡིག", "བོད་ཡིག"),
    ],
)
def test_a_line_wrapped_on_a_page_is_joined(wrapped, one):
    assert tidy(wrapped, lines_are_wrapped=True) == one


@pytest.mark.parametrize("text", ["安全生产。\n应当", "安全\n English", "safety\nwork", "安全\n 生产", "安全\n\n生产"])
def test_a_paragraph_that_ends_is_not_joined_to_the_next(text):
    assert len(tidy(text, lines_are_wrapped=True).split("\n")) == 2


def test_in_plain_text_only_a_long_line_is_taken_for_wrapped():
    long = "安" * 30
    assert tidy(f"{long}\n全") == f"{long}全"
    assert tidy("总则\n第一条") == "总则\n第一条"


def test_characters_spaced_out_one_by_one_are_closed_up():
    assert tidy("第一章 总 则\n通　知") == "第一章 总则\n通知"


def test_words_divided_by_blanks_stay_apart():
    assert tidy("张三 李四 王五") == "张三 李四 王五"


def test_radicals_and_ligatures_that_look_like_characters_become_them():
    assert tidy("\u2f08\u2f26 of\ufb01ce") == "人子 office"


def test_private_characters_stay_because_rare_names_are_written_with_them():
    assert tidy("\ue000\uf300") == "\ue000\uf300"


def test_rare_characters_stay():
    assert tidy("𠮷𫝀") == "𠮷𫝀"


@given(st.text(alphabet=st.sampled_from("安全 \n\r\f\t\0a，。〔〕1་བ\u3000\ud800")))
def test_tidying_keeps_every_page_and_every_han_character(text):
    tidied = tidy(text, lines_are_wrapped=True)
    assert tidied.count("\f") == text.count("\f")
    assert [c for c in tidied if c in "安全"] == [c for c in text if c in "安全"]
    assert "\0" not in tidied


@given(st.text())
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)
