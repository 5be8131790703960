"""Chinese by its sound: titles as they read, and letters as what they may stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.number_starts import start, starts
from search.pinyin import heard_in, homophones, readings, sounds, ways


def syllables(text: str) -> list[str]:
    return [sound.syllable for sound in sounds(text)]


def read(typed: str) -> list[tuple[str, ...]]:
    return [reading.phrase for reading in readings(typed)]


@pytest.mark.parametrize(
    ("title", "heard"),
    [("重庆银行", "chong qing yin hang"), ("行政许可", "xing zheng xu ke"), ("绿色", "lv se"),
     ("2025年專項資金", "2025 nian zhuan xiang zi jin"), ("执行GB12345", "zhi xing gb 12345")],
)  # fmt: skip
def test_a_title_reads_by_its_words(title, heard):
    assert syllables(title) == heard.split()


@pytest.mark.parametrize("title", ["Safety licence", "ཐབས།", "2026", ""])
def test_a_title_without_han_has_no_sound(title):
    assert sounds(title) == ()


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("anquanshengchanxukezheng", "an quan sheng chan xu ke zheng"),
        ("an quan sheng chan", "an quan sheng chan"),
        ("An'quan", "an quan"),
        ("ānquán", "an quan"),
        ("lüse", "lv se"),
        ("anquansh", "an quan sh"),
        ("aqscxkz", "a q s c x k z"),
        ("2025 nianjihua", "2025 nian ji hua"),
    ],
)
def test_letters_are_cut_into_syllables_or_taken_for_initials(typed, phrase):
    assert read(typed)[0] == tuple(phrase.split())


@pytest.mark.parametrize(("typed", "ambiguous"), [("xian", ["xian", "xi an"]), ("fangan", ["fang an", "fan gan"])])
def test_every_way_to_cut_is_tried(typed, ambiguous):
    assert read(typed)[:2] == [tuple(way.split()) for way in ambiguous]


@pytest.mark.parametrize("typed", ["", "a", "iris", "regulation", "许可证", "anquan许可", "a-b", "🙂", "an*quan"])
def test_what_is_no_pinyin_is_not_read(typed):
    assert readings(typed) == ()


@given(st.lists(st.sampled_from(["an", "xi", "xian", "zhuang", "ke", "lv", "e", "a"]), min_size=1, max_size=30))
def test_letters_made_of_syllables_are_cut_into_syllables_of_the_same_letters(parts):
    letters = "".join(parts)
    assert {"".join(way) for way in ways(letters)} == {letters}


@pytest.mark.parametrize(
    ("typed", "text"),
    [("xukezheng", "许可证"), ("xkz", "许可证"), ("xukezh", "许可证"), ("xuke yanqi", "许可 延期"), ("jiance", "")],
)
def test_what_was_typed_is_heard_in_a_title(typed, text):
    assert heard_in(["安全生产许可证延期办理"], readings(typed)) == text


def test_a_whole_syllable_is_heard_before_a_beginning():
    assert heard_in(["尾矿和仓库"], readings("ku")) == "库"


def test_homophones_are_of_chinese_alone():
    assert (len(homophones("许克证")), homophones("许克证 2"), homophones("xu")) == (1, (), ())


def test_the_forms_of_a_document_number():
    assert starts("甘安监〔2007〕138号") == ("甘安监-2007-138", "gananjian-2007-138", "gaj-2007-138")


@pytest.mark.parametrize(
    ("typed", "begins"),
    [("甘安监", "甘安监"), ("甘安监〔20", "甘安监-20"), ("甘安监〔2007〕", "甘安监-2007-"),
     ("甘安监(2007)13", "甘安监-2007-13"),
     ("甘安監〔２００７〕138號", "甘安监-2007-138"), ("gaj 2007 13", "gaj-2007-13"), ("gan an jian", "gananjian"),
     ("甘安监2007138", "甘安监-2007-138"), ("138号", ""), ("", ""), ("a", "")],
)  # fmt: skip
def test_a_number_is_known_by_its_beginning(typed, begins):
    assert start(typed) == begins
