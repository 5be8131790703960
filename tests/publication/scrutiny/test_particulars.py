"""The form of the category, and the parties of administrative acts, before a draft is submitted."""

import pytest

from intranet.publication.scrutiny.parties import persons_named
from tests.disclosure.particulars.samples import ACCOUNTABILITY, FUNDS, SAMPLES, VEHICLES, as_stored

RESULT = {"type_code": "result", "category": "E6"}


def test_a_total_that_does_not_add_up_is_an_error_that_names_both_numbers(drafted):
    wrong = as_stored({**FUNDS, "total_spent": "1.00"})
    ((weight, quoted),) = drafted("particulars", type_code="report", category="E5", particulars=wrong)
    assert (weight, bool(quoted)) == ("ERROR", True)


def test_a_form_that_holds_is_no_matter(drafted):
    assert drafted("particulars", type_code="report", category="E5", particulars=as_stored(FUNDS)) == []


def test_a_form_left_empty_wants_a_word(drafted):
    found = drafted("particulars", type_code="report", category="N9", visibility="staff")
    assert [weight for weight, _ in found] == ["WARNING"]
    filled_in = as_stored(VEHICLES)
    assert drafted("particulars", type_code="report", category="N9", visibility="staff", particulars=filled_in) == []


@pytest.mark.parametrize(
    ("sample", "place"),
    [
        ({**VEHICLES, "month": "2090-01"}, {"category": "N9", "visibility": "staff"}),
        ({**ACCOUNTABILITY, "occurred_on": "2090-03-18"}, {"category": "E10"}),
    ],
    ids=["month", "day"],
)
def test_what_a_form_tells_of_has_happened(drafted, sample, place):
    found = drafted("dates", type_code="report", particulars=as_stored(sample), **place)
    assert [weight for weight, _ in found if weight == "ERROR"] == ["ERROR"]


@pytest.mark.parametrize(("ahead", "is_error"), [(0, False), (1, False), (2, True)])
def test_so_has_the_year_of_a_report_but_for_next_years_budget(drafted, today, ahead, is_error):
    found = drafted("dates", type_code="report", category="E3", period_year=today.year + ahead)
    assert (("ERROR", "") in found) is is_error


def test_what_a_form_would_give_is_asked_for_once_as_an_element(drafted):
    assert drafted("particulars", type_code="report", category="E5") == []
    assert drafted("elements", type_code="report", category="E5") != []


@pytest.mark.parametrize("name", ["李建国", "扎西东珠", "王强（合作市居民）", "李建国、马福祥", "尕藏·扎西"])
def test_a_full_name_is_noticed(name):
    assert persons_named(name)


@pytest.mark.parametrize(
    "name",
    [
        "李某某",
        "李*",
        "王××",
        "兴盛石料厂",
        "玛曲县格萨金矿有限责任公司",
        "夏河县曲奥洗毛厂（经营者：马某某）",
        "法定代表人李某某",
        "杨某、才某某",
        "",
    ],
)
def test_a_masked_name_and_an_organisation_are_not(name):
    assert persons_named(name) == []


def test_the_full_name_of_a_party_is_doubtful_and_is_not_repeated(drafted):
    assert drafted("parties", **RESULT, party="李建国") == [("WARNING", "李…")]


def test_a_party_in_the_form_is_looked_at_too(drafted):
    acts = SAMPLES["acts"] | {"rows": [{**SAMPLES["acts"]["rows"][0], "party": "李建国"}]}
    found = drafted("parties", type_code="notice", category="E6", particulars=as_stored(acts))
    assert found == [("WARNING", "李…")]


def test_within_the_bureau_names_are_named(drafted):
    assert drafted("parties", **RESULT, party="李建国", visibility="staff") == []


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("basis", "《安全生产法》第九十七条第三项", "《安全生产法》"),
        ("relief", "六个月内提起行政诉讼", "可以申请行政复议"),
    ],
)
def test_basis_and_relief_of_an_act_are_exact(drafted, field, good, bad):
    assert drafted("parties", **RESULT, **{field: good}) == []
    assert [weight for weight, _ in drafted("parties", **RESULT, **{field: bad})] == ["WARNING"]
