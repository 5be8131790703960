"""A query in other words: what is replaced, what is not, and that it has bounds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.curation.expansion import MAX_VARIANT_LENGTH, MAX_VARIANTS, Thesaurus, expanded
from search.curation.first_set import entries
from search.normalisation import tokens
from search.query import MAX_LENGTH, SearchQuery

THESAURUS = Thesaurus.of(
    [
        ("工伤", ["工伤保险"]),
        ("工伤保险", ["工伤"]),
        ("执照", ["许可证"]),
        ("营业执照", []),
        ("鞭炮", ["烟花爆竹", "炮仗"]),
        ("licence", ["permit"]),
        ("work injury", ["工伤"]),
    ]
)


def wordings(text: str, **params: str) -> list[str]:
    query = expanded(SearchQuery.parse({"q": text, **params}), THESAURUS)
    return [variant.text for variant in query.variants]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("执照怎么办", ["许可证怎么办"]),
        ("工伤保险待遇", ["工伤待遇"]),
        ("鞭炮执照", ["鞭炮许可证", "烟花爆竹执照", "烟花爆竹许可证", "炮仗执照", "炮仗许可证"]),
        ("營業", []),
        ("執照", ["许可证"]),
        ("Ｌicences", ["permit"]),
        ("gas licence form", ["gas permit form"]),
        ("after work injuries", ["after 工伤"]),
        ("营业执照", []),
        ("营业执照和执照", ["营业执照和许可证"]),
        ("许可证", []),
        ("", []),
    ],
)
def test_terms_are_replaced_by_what_is_looked_for_too(text, others):
    assert wordings(text) == others


@pytest.mark.parametrize("text", ['"执照"', "“执照”", '执"照', '"鞭炮执照"', '烟花 "执照'])
def test_what_stands_in_quotes_is_not_replaced(text):
    assert wordings(text) == []


def test_what_stands_beside_quotes_is_replaced():
    assert wordings('"执照" 鞭炮') == ['"执照" 烟花爆竹', '"执照" 炮仗']


def test_a_literal_query_has_no_other_wording():
    assert wordings("执照", literal="1") == []


def test_a_document_number_has_no_other_wording():
    thesaurus = Thesaurus.of([("安监", ["应急"])])
    assert expanded(SearchQuery.parse({"q": "甘安监〔2026〕9号"}), thesaurus).variants == ()


def test_letters_that_were_apart_stay_apart():
    thesaurus = Thesaurus.of([("执照", ["licence"])])
    assert expanded(SearchQuery.parse({"q": "gas执照form"}), thesaurus).variants[0].text == "gas licence form"


def test_it_says_what_was_typed_and_what_was_added():
    expansion = expanded(SearchQuery.parse({"q": "執照"}), THESAURUS).expansion
    assert (expansion.typed, expansion.added) == (("執照",), ("许可证",))


WORDS = st.sampled_from(["工伤", "保险", "执照", "营业", "鞭炮", "licence", "work", "injury", "许可", "2026", "ཁྲིམས"])
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.lists(WORDS | st.sampled_from(['"', "“", "”", " ", "，", "什么", "x"]), max_size=12).map("".join)
THESAURI = st.lists(
    st.tuples(WORDS | st.builds(str.__add__, WORDS, WORDS), st.lists(WORDS | st.just("许可证延期"), max_size=20)),
    max_size=12,
).map(Thesaurus.of)


@UNHURRIED
@given(TEXTS, THESAURI)
def test_expanding_again_changes_nothing(text, thesaurus):
    once = expanded(SearchQuery.parse({"q": text}), thesaurus)
    assert expanded(once, thesaurus) == once


@UNHURRIED
@given(TEXTS, THESAURI)
def test_a_query_has_few_and_short_wordings_each_once(text, thesaurus):
    query = expanded(SearchQuery.parse({"q": text}), thesaurus)
    wordings = [tuple(tokens(variant.text)) for variant in query.variants]
    assert len(wordings) == len(set(wordings)) <= MAX_VARIANTS
    assert all(len(variant.text) <= MAX_VARIANT_LENGTH for variant in query.variants)
    assert all(variant.variants == () for variant in query.variants)


@UNHURRIED
@given(TEXTS, THESAURI)
def test_what_stands_in_quotes_is_in_every_wording(text, thesaurus):
    def quoted(text: str) -> list[str]:
        return text.replace("“", '"').replace("”", '"').split('"')[1::2]

    query = expanded(SearchQuery.parse({"q": text}), thesaurus)
    assert all(quoted(variant.text) == quoted(query.text) for variant in query.variants)


@UNHURRIED
@given(TEXTS)
def test_words_that_are_left_alone_are_in_every_wording(text):
    query = expanded(SearchQuery.parse({"q": f"营业执照{text}"}), THESAURUS)
    assert all(variant.text.startswith("营业执照") for variant in query.variants)


def test_the_longest_query_of_nothing_but_terms_is_bounded():
    thesaurus = Thesaurus.of([("工伤", ["很长的词" * 12])])
    assert expanded(SearchQuery.parse({"q": "工伤" * MAX_LENGTH}), thesaurus).variants == ()


def test_the_first_set_is_free_of_problems(db):
    from search.curation.models import Synonyms

    kept = list(Synonyms.objects.all())
    assert len(kept) >= 10
    for entry in kept:
        entry.full_clean()
    assert {word for entry in kept for word, _others in entry.looked_for()} == {word for word, _others in entries()}
