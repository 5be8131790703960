"""What the demo's content covers: languages, categories, types, states."""

from collections import Counter

import pytest

from intranet.demo.content import read_matters, read_organisation
from intranet.demo.states import State
from intranet.disclosure.models import MATTER_TYPES

MATTERS = read_matters()


def count(field: str, default: str = "") -> Counter[str]:
    return Counter(written.fields.get(field, default) for written in MATTERS)


@pytest.mark.parametrize(("language", "least"), [("zh-hans", 150), ("bo", 15), ("en", 15)])
def test_there_are_enough_matters_in_each_language(language, least):
    assert count("language")[language] >= least


def test_every_category_has_matters():
    codes = [f"{side}{number}" for side in "EN" for number in range(1, 11)]
    assert [code for code in codes if not count("category")[code]] == []


def test_every_type_has_matters():
    assert set(count("type")) == set(MATTER_TYPES)


def test_every_state_has_matters():
    assert set(count("state", State.LIVE)) == set(State)


def test_every_translation_into_tibetan_says_what_it_follows():
    translations = [written.fields for written in MATTERS if written.fields["language"] == "bo"]
    assert [fields["id"] for fields in translations if not fields.get("translation_of")] == []


def test_there_are_twelve_departments():
    kinds = Counter(fields.get("kind", "department") for fields in read_organisation()["departments"])
    assert kinds["department"] >= 12
