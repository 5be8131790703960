"""What must hold in a form: numbers as they are written, totals that add up, rows that are there once."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from intranet.disclosure.particulars.forms import FORMS
from intranet.disclosure.particulars.numbers import parse_number
from intranet.disclosure.particulars.tables import table_of
from intranet.disclosure.particulars.written import FormRefused, normal, stored_from, written_from
from tests.disclosure.particulars.samples import (
    ACCOUNTS,
    ACTS,
    FUNDS,
    GOALS,
    PLACES,
    SAMPLES,
    VEHICLES,
    changed,
    filled,
    stored,
)

AMOUNTS = st.decimals(min_value=0, max_value=10**10, places=2)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@given(AMOUNTS)
def test_an_amount_is_kept_to_the_fen(amount):
    assert parse_number(str(amount), places=2) == amount


@pytest.mark.parametrize("typed", ["1,234.50", "1，234.50"])
def test_a_comma_is_refused_and_told(typed):
    with pytest.raises(ValidationError, match="holds a comma"):
        parse_number(typed, places=2)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1.234", "more than 2 decimals"),
        ("-5", "less than nothing"),
        ("万", "not a number"),
        ("１２", "not a number"),
        ("1e9", "not a number"),
        (".5", "not a number"),
        ("1" * 13, "too large"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(typed, told):
    with pytest.raises(ValidationError, match=told):
        parse_number(typed, places=2)


def test_people_are_counted_whole():
    with pytest.raises(ValidationError, match="not a whole number"):
        parse_number("1.5", places=0)


def funds(amounts, total=None):
    rows = [{"item": str(n), "budgeted": str(amount), "spent": "0.00"} for n, amount in enumerate(amounts)]
    return filled({"form": "funds", "year": "2025", "rows": rows, **({"total_budgeted": total} if total else {})})


@given(st.lists(AMOUNTS, min_size=1, max_size=8))
def test_a_stated_total_that_is_the_sum_holds(amounts):
    assert list(funds(amounts, str(sum(amounts))).faults()) == []


@given(st.lists(AMOUNTS, min_size=1, max_size=8), AMOUNTS)
def test_another_stated_total_is_told_with_both_numbers(amounts, stated):
    found = [fault.words for fault in funds(amounts, str(stated)).faults()]
    assert len(found) == (stated != sum(amounts))
    assert all(f"{stated}" in words and f"{sum(amounts)}" in words for words in found)


@pytest.mark.parametrize(("stated", "times"), [("99999.00", 1), ("0.00", 0)])
def test_a_total_of_rows_that_are_not_there_is_nothing(stated, times):
    spent = {**ACCOUNTS, "rows": ACCOUNTS["rows"][1:], "total_revenue": stated}
    assert len(list(filled(spent).faults())) == times


def test_no_total_need_be_stated():
    assert list(funds([Decimal(1), Decimal(2)]).faults()) == []


def test_revenue_and_expenditure_are_added_up_apart():
    assert list(filled(ACCOUNTS).faults()) == []
    (fault,) = filled({**ACCOUNTS, "total_revenue": "194400.00"}).faults()
    assert (fault.field, "3124000.00" in fault.words) == ("total_revenue", True)


def test_a_vehicle_has_one_row_a_month():
    (fault,) = filled(changed(VEHICLES, vehicle="甘P·D00521")).faults()
    assert "甘P·D00521" in fault.words


def test_the_same_item_may_be_revenue_and_expenditure():
    assert list(filled(changed(ACCOUNTS, item="差旅费")).faults()) == []


def test_repairs_are_part_of_the_cost():
    (fault,) = filled(changed(VEHICLES, repairs="9999.00")).faults()
    assert ("9999.00" in fault.words, "3492.72" in fault.words) == (True, True)


def test_progress_is_at_most_a_hundred_per_cent():
    with pytest.raises(FormRefused, match="more than 100"):
        stored(changed(GOALS, progress="101"))


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=2, max_size=6))
def test_the_table_shows_what_the_rows_add_up_to(pairs):
    rows = [{"item": str(n), "budgeted": str(a), "spent": str(b)} for n, (a, b) in enumerate(pairs)]
    table = table_of(filled({"form": "funds", "year": "2025", "rows": rows}), page_facts=[])
    totals = [cell.text.replace(",", "") for cell in table.groups[0].totals]
    assert totals[1:3] == [str(sum(a for a, _b in pairs)), str(sum(b for _a, b in pairs))]


def test_of_what_is_not_known_no_total_is_shown():
    table = table_of(filled(changed(FUNDS, spent="〔不予公开〕")), page_facts=[])
    assert [cell.text for cell in table.groups[0].totals][:4] == ["Total", "13,400,000.00", "—", "—"]


@pytest.mark.parametrize("code", FORMS)
def test_a_form_is_written_as_it_was_read(code):
    assert written_from(stored(SAMPLES[code])) == SAMPLES[code]


@pytest.mark.parametrize("code", FORMS)
def test_the_identities_of_rows_make_no_difference(code):
    form = filled(SAMPLES[code])
    kept = [{"type": code, "value": form.form.block.get_prep_value(form.value)}]
    assert "id" in kept[0]["value"]["rows"][0]
    assert normal(kept) == stored(SAMPLES[code])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("text", "must be an object"),
        ({"form": "cars"}, "none of"),
        ({**FUNDS, "form": "vehicles"}, "no form"),
        ({**FUNDS, "colour": "red"}, "colour is no field"),
        (changed(FUNDS, colour="red"), r"rows\[1\]\.colour is no field"),
        (changed(FUNDS, spent=1.5), "number as text"),
        (changed(FUNDS, spent="1,5"), r"rows\[1\]\.spent: .* holds a comma"),
        (changed(FUNDS, item="\ud800"), "half a letter"),
        ({**FUNDS, "rows": {}}, "list of objects"),
        ({**FUNDS, "rows": []}, "rows"),
        ({**FUNDS, "total_spent": "1.00"}, "add up to 12576800.00"),
        ({**FUNDS, "year": ""}, "year"),
    ],
)
def test_what_is_no_form_is_refused_with_the_place(written, told):
    with pytest.raises(FormRefused, match=told):
        stored_from(written, category="E5", type_code="report")


def test_a_draft_may_lack_what_is_not_known_yet():
    unfinished = {"form": "funds", "rows": [{"item": "头顶库治理"}]}
    assert written_from(stored_from(unfinished, category="E5", type_code="report", draft=True)) == unfinished


def test_a_result_has_fields_for_its_act_and_no_second_form():
    with pytest.raises(FormRefused, match="no form"):
        stored_from(ACTS, category="E6", type_code="result")


@pytest.mark.parametrize("code", FORMS)
def test_search_reads_every_cell(code):
    words = " ".join(filled(SAMPLES[code]).texts())
    sample = SAMPLES[code]
    cells = [value for row in sample["rows"] for name, value in row.items() if name != "kind"]
    assert [cell for cell in cells if cell not in words] == []


def test_a_plate_is_found_without_its_point():
    assert "甘P00138" in " ".join(filled(VEHICLES).texts())


def test_each_category_asks_for_one_form():
    asked = [category for form in FORMS.values() for category in form.categories]
    assert sorted(asked) == ["E10", "E3", "E5", "E6", "E9", "N4", "N5", "N7", "N8", "N9"]
    assert all(FORMS[code].is_asked_of(*place) for code, place in PLACES.items())
