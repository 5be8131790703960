"""A name is found in a text however it is written there."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.hall.concealing import Concealment
from intranet.hall.models import Case
from intranet.hall.progress.discretion import Discretion
from intranet.hall.results.masking import Masking

DOTS = "·.．․‧・･•∙⋅●◦⸱ꞏㆍ\u0387"
SPACES = "".join(chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) == "Zs")
between = st.text(DOTS + SPACES + "-‐—\u200b", max_size=3)


@given(written=between, known=between)
def test_neither_the_dot_nor_the_spaces_of_a_name_hide_it(written, known):
    found = Concealment({f"扎西{known}顿珠": "扎*"}).of(f"请扎西{written}顿珠补交。")
    assert found == "请扎*补交。"


@given(dot=st.sampled_from(DOTS))
def test_a_dot_beside_a_name_stays(dot):
    assert Concealment({"扎西·顿珠": "扎*"}).of(f"申请人{dot}扎西·顿珠{dot}已到。") == f"申请人{dot}扎*{dot}已到。"


@pytest.mark.parametrize("known", ["李薴", "李苧", "李苎"])
@pytest.mark.parametrize("written", ["李薴", "李苧", "李苎"])
def test_a_character_that_is_simplified_twice_hides_no_name(known, written):
    assert Concealment({known: "李*"}).of(f"请{written}补交。") == "请李*补交。"


@given(name=st.text(min_size=1), before=st.text(), after=st.text())
def test_whatever_somebody_is_called_a_text_is_answered(name, before, after):
    assert isinstance(Concealment({name: "×"}).of(before + name + after), str)


@pytest.mark.django_db
@pytest.mark.parametrize("dot", ["・", "‧", "•", "･", "∙", " ", " ・ "])
@pytest.mark.parametrize(("of", "put"), [(lambda c: Masking(c).of, "扎*"), (lambda c: Discretion(c).without, "×××")])
def test_neither_a_result_nor_a_public_page_says_a_name_with_another_dot(hall, dot, of, put):
    case = Case.objects.select_related("applicant").get(pk=hall.received(name="扎西·顿珠").pk)
    assert of(case)(f"请扎西{dot}顿珠补交。").replace(put, "") == "请补交。"
