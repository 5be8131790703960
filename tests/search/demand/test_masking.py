"""What looks like personal data never comes into the log of searches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.demand.masking import is_bank_card, is_identity_number, masked, masked_query

IDENTITY, CARD = "11010519491231002X", "6222020200112233446"
DIGITS = st.text("0123456789", min_size=17, max_size=17)


def with_check_place(number: str) -> str:
    """The identity number that begins with these 17 digits, its last place written by the standard's own table."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return number + "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=True)) % 11]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        (IDENTITY, "[id]"),
        ("张三 110105 19491231 002x 处罚", "张三 [id] 处罚"),
        ("2007 110105 19491231 002x", "2007 [id]"),
        ("１１０１０５１９４９１２３１００２Ｘ", "[id]"),
        ("13909411234", "[phone]"),
        ("电话139-0941-1234举报", "电话[phone]举报"),
        ("+86 139 0941 1234", "[phone]"),
        ("0941-8213401", "[phone]"),
        ("(0941)8213401", "[phone]"),
        ("010 8213 4012", "[phone]"),
        ("8213401", "[phone]"),
        ("邮箱zhang.san@qq.com的信", "邮箱[email]的信"),
        ("6222 0202 0011 2233 446", "[card]"),
        ("༡༣༩༠༩༤༡༡༢༣༤", "[phone]"),
        ("安" * 41, "[long]"),
    ],
)
def test_personal_data_is_taken_out(query, kept):
    assert (masked_query(query).text, masked_query(query).is_masked) == (kept, True)


@pytest.mark.parametrize(
    "query",
    [
        "甘安监〔2007〕138号",
        "2024-2025年度计划",
        "20260105",
        "110105194912310021",
        "6222020200112233447",
        "gb 18218-2018",
        "12350",
        "安" * 40,
    ],
)
def test_what_is_no_personal_data_stays(query):
    assert masked_query(query).is_masked is False


def test_queries_are_kept_as_they_are_counted():
    assert masked_query("  安全生產  ＧＢ２８９４ ").text == "安全生产 gb2894"


def test_words_left_keep_their_case_and_width():
    assert masked("Ｇo to 13909411234！").text == "Ｇo to [phone]！"


@given(DIGITS)
def test_an_identity_number_is_told_by_its_last_place(number):
    assert [last for last in "0123456789x" if is_identity_number(number + last)] == [
        with_check_place(number)[-1].lower()
    ]


@given(number=DIGITS, gap=st.sampled_from(["", " ", "-", "·"]), before=st.sampled_from(["", "张三", "2026 ", "x "]))
def test_no_identity_number_is_kept_however_it_is_written(number, gap, before):
    whole = with_check_place(number)
    written = gap.join([whole[:6], whole[6:14], whole[14:]])
    assert number[6:14] not in masked_query(f"{before}{written}").text


@given(st.text("0123456789", min_size=12, max_size=18).filter(lambda digits: set(digits) != {"0"}))
def test_a_bank_card_is_told_by_its_last_digit(number):
    assert sum(is_bank_card(f"{number}{last}") for last in range(10)) == 1


@given(st.text(max_size=60))
def test_what_was_masked_once_stays_as_it_is(text):
    once = masked(text).text
    assert masked(once).text == once


@given(st.text("安全 0123456789@.x-()", max_size=40))
def test_the_words_that_are_kept_have_room_in_their_column(text):
    assert len(masked_query(text).text) <= 60
