"""Synonyms and rules that cannot be are refused with what is wrong, and nothing is lost."""

import pytest
from django.core.exceptions import ValidationError

from search.curation.models import QueryRule, Synonyms
from tests.search.curation.conftest import synonyms

pytestmark = pytest.mark.usefixtures("nothing_kept")


def problems(words, others="", kind="equal"):
    entry = Synonyms(kind=kind, words="\n".join(words), others="\n".join(others), reason="测试")
    try:
        entry.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["，。", "执照"], "Nothing is left"),
        (["证", "执照"], "single character"),
        (["长" * 51, "执照"], "more than 50"),
        ([f"词语{number}号" for number in range(21)], "20 are the most"),
        (["执照"], "two at the least"),
        (["執照", "执照"], "twice"),
        (["ＡＢＣ", "abc"], "twice"),
    ],
)
def test_a_term_or_group_that_cannot_be_is_refused_in_words(db, words, said):
    assert said in " ".join(problems(words)["words"])


def test_terms_of_fifty_characters_and_groups_of_twenty_are_taken(db):
    assert problems([*(f"词语{number}号" for number in range(19)), "长" * 50]) == {}


def test_a_word_of_another_entry_is_refused_and_the_entry_is_named(db):
    synonyms("工伤 工伤保险")
    assert "工伤、工伤保险" in " ".join(problems(["工傷", "职业伤害"])["words"])


def test_a_word_of_an_entry_out_of_force_is_free(db):
    synonyms("工伤 工伤保险", in_force=False)
    assert problems(["工伤", "职业伤害"]) == {}


@pytest.mark.parametrize(
    ("there", "words", "others"),
    [(("许可证", "执照"), ["执照"], ["许可证"]), (("许可证", "证书"), ["证书"], ["许可证"])],
)
def test_a_circle_is_refused(db, there, words, others):
    synonyms(*there)
    assert "circle" in " ".join(problems(words, others, "one_way")["others"])


def test_a_circle_over_equal_words_is_refused(db):
    synonyms("证书 证件")
    synonyms("证照", "证书")
    assert "circle" in " ".join(problems(["执照"], ["证照", "执照"], "one_way")["others"])


def test_a_chain_is_no_circle(db):
    synonyms("证照", "证书")
    assert problems(["执照"], ["证照"], "one_way") == {}


@pytest.mark.parametrize(("others", "kind"), [([], "one_way"), (["许可证"], "equal")])
def test_only_one_way_synonyms_have_other_words(db, others, kind):
    assert problems(["执照", "证照"], others, kind)["others"]


def test_a_reason_is_required(db):
    with pytest.raises(ValidationError, match="reason"):
        Synonyms(words="执照\n证照").full_clean()


@pytest.mark.parametrize(
    "fields", [{"query": "。"}, {"query": "执照", "starts_on": "2026-02-02", "ends_on": "2026-02-01"}]
)
def test_a_rule_without_words_or_days_is_refused(db, fields):
    with pytest.raises(ValidationError):
        QueryRule(reason="测试", **fields).full_clean()
