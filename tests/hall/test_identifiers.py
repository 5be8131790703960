"""Citizens' numbers and credit codes: checked, made one, masked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.hall.identifiers import (
    CREDIT_CODE_CHARACTERS,
    faults_of_credit_code,
    faults_of_id_number,
    masked_identifier,
    masked_name,
    normalised,
)
from intranet.hall.models import Applicant
from tests.hall.cases import credit_code, id_number

TODAY = date(2026, 11, 27)
GOOD = id_number("62300119800101123")
CODES = st.text(CREDIT_CODE_CHARACTERS, min_size=2, max_size=2).flatmap(
    lambda head: st.text("0123456789", min_size=6, max_size=6).flatmap(
        lambda place: st.text(CREDIT_CODE_CHARACTERS, min_size=9, max_size=9).map(lambda body: head + place + body)
    )
)


@pytest.mark.parametrize("code", ["91330100799655058B", "9144030071526726XG", "914403001922038216"])
def test_a_credit_code_that_an_authority_gave_is_one(code):
    assert faults_of_credit_code(code) == []


@given(CODES)
def test_a_code_whose_last_character_follows_from_the_others_is_one(first):
    assert faults_of_credit_code(credit_code(first)) == []


@given(CODES, st.integers(0, 17), st.sampled_from(CREDIT_CODE_CHARACTERS))
def test_one_mistaken_character_of_a_credit_code_is_found(first, place, other):
    code = credit_code(first)
    changed = code[:place] + other + code[place + 1 :]
    assert bool(faults_of_credit_code(changed)) == (changed != code)


@pytest.mark.parametrize("letter", "IOSVZ")
def test_a_credit_code_has_no_letter_that_is_mistaken_for_another(letter):
    assert "other than I, O, S, V and Z" in faults_of_credit_code(f"91330100799655{letter}58B")[0]


def test_the_example_of_the_standard_is_a_citizens_number():
    assert faults_of_id_number("11010519491231002X", today=TODAY) == []


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_mistaken_digit_of_a_citizens_number_is_found(place, other):
    changed = GOOD[:place] + other + GOOD[place + 1 :]
    assert bool(faults_of_id_number(changed, today=TODAY)) == (changed != GOOD)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("623001198001011", "has 18 places; this has 15"),
        ("6230011980010112AX", "17 digits"),
        (id_number("62300120260230123"), "is no day"),
        (id_number("62300118990101123"), "is no day"),
        (id_number("62300120261128123"), "lies in the future"),
        (GOOD[:17] + ("0" if GOOD[17] != "0" else "1"), "last place does not fit"),
    ],
)
def test_a_wrong_citizens_number_is_told_in_words(number, said):
    assert said in faults_of_id_number(number, today=TODAY)[0]


def test_who_is_born_today_has_a_number():
    assert faults_of_id_number(id_number("62300120261127123"), today=TODAY) == []


@pytest.mark.parametrize(
    "typed",
    ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ", "110105-19491231-002X"],
)
def test_case_width_and_spaces_make_no_other_number(typed):
    assert normalised(typed) == "11010519491231002X"


def test_a_number_shows_four_places_at_each_end():
    assert masked_identifier("620100198001011234") == "6201**********1234"


@pytest.mark.parametrize("short", ["", "1234", "12345678", "12345678901"])
def test_what_is_too_short_to_hide_anything_is_hidden_wholly(short):
    assert masked_identifier(short) == "*" * len(short)


@pytest.mark.parametrize(("name", "shown"), [("李小明", "李*"), ("欧阳娜娜", "欧*"), ("扎西顿珠", "扎*")])
def test_a_persons_name_is_its_first_character(name, shown):
    assert str(Applicant(kind="person", name=name)) == shown


def test_an_organisations_name_is_public():
    assert str(Applicant(kind="organisation", name="甘南矿业有限公司")) == "甘南矿业有限公司"


def test_a_name_tells_nothing_of_its_length():
    assert masked_name("李明") == masked_name("李小明")
