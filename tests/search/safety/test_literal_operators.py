"""No field, no operator and no boost of an engine can be chosen: what could be one is text like any other."""

from hypothesis import given
from hypothesis import strategies as st

from tests.search.safety.conftest import few
from tests.search.safety.texts import percent

ASKED = st.sampled_from(
    ["烟花爆竹", "安全生产", "许可证 办法", "permit", "鸢尾", "采石场", "fireworks", "不在任何地方"]
)
PUNCTUATION = st.text(alphabet="*^~?:/\\[]{}()+!&|<>=@#$%_;,.'`", min_size=1, max_size=4)
COLUMNS = st.sampled_from(["title", "body", "readers", "key", "extra", "words", "documents", "_all"])


def found(visitor, text) -> set[str]:
    answer = visitor.get(f"/api/search/?q={percent(text)}")
    assert answer.status_code == 200
    return {result["id"] for result in answer.json()["results"]}


@few
@given(asked=ASKED, before=PUNCTUATION, after=PUNCTUATION)
def test_punctuation_around_words_finds_neither_more_nor_less(visitor, secret, asked, before, after):
    assert found(visitor, f"{before}{asked}{after}") == found(visitor, asked)


@few
@given(asked=ASKED, column=COLUMNS, between=st.sampled_from([":", " : ", ":(", ":*", "^9 "]))
def test_the_name_of_a_field_is_a_word(visitor, secret, asked, column, between):
    assert found(visitor, f"{column}{between}{asked}") == found(visitor, f"{column} {asked}")


@few
@given(asked=st.lists(ASKED, min_size=2, max_size=3), operator=st.sampled_from(["AND", "OR", "NOT", "NEAR", "TO"]))
def test_an_operator_is_a_word(visitor, secret, asked, operator):
    """It is worth what any word is that stands nowhere."""
    assert found(visitor, f" {operator} ".join(asked)) == found(visitor, " qqq ".join(asked))


@few
@given(asked=ASKED, boost=st.sampled_from(["^9", "^1000", "~2", "~0.5", "*", "?"]))
def test_a_boost_changes_no_order(visitor, secret, asked, boost):
    plain = visitor.get(f"/api/search/?q={percent(asked)}").json()["results"]
    boosted = visitor.get(f"/api/search/?q={percent(asked + boost.strip('0123456789.'))}").json()["results"]
    assert boosted == plain
