"""The catalogue as the specification has it, and terms that change by date without touching what was before."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from intranet.disclosure.completeness import missing_elements
from intranet.disclosure.models import Category, CategoryTerms, Side
from intranet.publication.deadlines import due_on
from tests.factories import draft_matter

# code: deadline, route, widest audience, as in the specification's two tables
SPECIFIED = {
    "E1": (20, "HO", "public"),
    "E2": (20, "H", "public"),
    "E3": (20, "HO", "public"),
    "E4": (20, "H", "public"),
    "E5": (20, "HOM", "public"),
    "E6": (7, "H", "public"),
    "E7": (20, "H", "public"),
    "E8": (20, "HO", "public"),
    "E9": (20, "HP", "public"),
    "E10": (20, "HOM", "public"),
    "N1": (20, "HO", "staff"),
    "N2": (20, "H", "staff"),
    "N3": (20, "HO", "staff"),
    "N4": (20, "HOM", "staff"),
    "N5": (20, "HO", "staff"),
    "N6": (20, "HO", "staff"),
    "N7": (20, "HO", "staff"),
    "N8": (20, "HOM", "staff"),
    "N9": (20, "H", "staff"),
    "N10": (20, "H", "staff"),
}


def category(code: str) -> Category:
    return Category.objects.get(code=code)


def change_terms(code: str, on: date, **changes) -> CategoryTerms:
    """End the terms in force the day before and begin new ones, as the office does."""
    terms = category(code).terms_on()
    CategoryTerms.objects.filter(pk=terms.pk).update(valid_to=on - timedelta(days=1))
    terms.pk, terms.valid_from = None, on
    for name, value in changes.items():
        setattr(terms, name, value)
    terms.save()
    return terms


def terms_form(code: str, spans: list[tuple[str, str]]) -> dict:
    """The catalogue's form of a category with terms of these days."""
    row = category(code)
    present = list(row.terms.all())
    rows = [
        {
            "id": present[number].pk if number < len(present) else "",
            "valid_from": start,
            "valid_to": end,
            "deadline_days": 20,
            "update_interval": "on_change",
            "widest_audience": "public",
            "route": "H",
            "required_elements": [],
            "notice_period_days": 0,
            "retention_years": 30,
        }
        for number, (start, end) in enumerate(spans)
    ]
    return nested_form_data(
        {
            "code": row.code,
            "side": row.side,
            "ordinal": row.ordinal,
            "name_zh": row.name_zh,
            "name_bo": "",
            "name_en": row.name_en,
            "responsible_department": "",
            "terms": inline_formset(rows, initial=len(present)),
        }
    )


def edit_url(code: str) -> str:
    return reverse("wagtailsnippets_disclosure_category:edit", args=[category(code).pk])


def test_the_catalogue_has_the_reports_twenty_categories(db):
    assert set(Category.objects.values_list("code", flat=True)) == set(SPECIFIED)


@pytest.mark.parametrize("code", SPECIFIED)
def test_a_category_has_the_specified_deadline_route_and_widest_audience(db, code):
    terms = category(code).terms_on()
    assert (terms.deadline_days, terms.route, terms.widest_audience) == SPECIFIED[code]


@pytest.mark.parametrize(("side", "letter"), [(Side.EXTERNAL, "E"), (Side.INTERNAL, "N")])
def test_a_side_lists_its_categories_by_their_number(db, side, letter):
    codes = list(Category.objects.filter(side=side).values_list("code", flat=True))
    assert codes == [f"{letter}{number}" for number in range(1, 11)]


@pytest.mark.parametrize("code", SPECIFIED)
def test_a_category_is_named_in_the_language_of_the_reader(db, code):
    with override("en"):
        english = category(code).name
    with override("zh-hans"):
        assert (english, category(code).name) == (category(code).name_en, category(code).name_zh)


def test_a_category_without_a_tibetan_name_is_named_in_chinese(db):
    with override("bo"):
        assert category("E2").name == category("E2").name_zh


def test_a_regulation_must_have_what_the_specification_lists(db):
    specified = ["document_number", "issuing_organ", "issued_on", "effective_from", "validity"]
    assert category("E2").terms_on().required_elements == specified


@pytest.mark.parametrize("code", [code for code, terms in SPECIFIED.items() if "M" in terms[1]])
def test_a_route_with_a_meeting_asks_for_its_decision(db, code):
    assert "meeting_decision" in category(code).terms_on().required_elements


@pytest.mark.parametrize("code", SPECIFIED)
def test_the_office_is_needed_where_the_route_says_so(db, code):
    assert category(code).terms_on().needs_office is ("O" in SPECIFIED[code][1])


# Terms by date


def test_a_day_before_the_first_terms_has_none(db):
    assert category("E2").terms_on(date(2003, 12, 31)) is None


def test_new_terms_hold_from_their_first_day(db):
    change_terms("E2", date(2026, 3, 1), deadline_days=10)
    days = [category("E2").terms_on(day).deadline_days for day in (date(2026, 2, 28), date(2026, 3, 1))]
    assert days == [20, 10]


def test_terms_hold_on_their_last_day(db):
    last = date(2026, 3, 1)
    CategoryTerms.objects.filter(category__code="E2").update(valid_to=last)
    assert [bool(category("E2").terms_on(day)) for day in (last, last + timedelta(days=1))] == [True, False]


def test_a_matter_keeps_the_deadline_of_its_day(bureau):
    matter = draft_matter(bureau.licensing, formed_on=date(2026, 1, 1))
    change_terms("E2", date(2026, 3, 1), deadline_days=5)
    assert due_on(matter).on == date(2026, 1, 29)


def test_a_matter_keeps_the_elements_asked_for_on_its_day(bureau):
    matter = draft_matter(bureau.licensing, type_code="notice", formed_on=date(2026, 1, 1))
    change_terms("E2", date(2026, 3, 1), required_elements=[])
    assert missing_elements(matter)


def test_the_widest_audience_is_that_of_today_whatever_the_matters_day(bureau):
    matter = draft_matter(bureau.licensing, formed_on=date(2026, 1, 1))
    change_terms("E2", timezone.localdate(), widest_audience="staff")
    with pytest.raises(ValidationError) as refused:
        matter.clean()
    assert set(refused.value.message_dict) == {"visibility"}


def test_a_matter_older_than_all_terms_goes_by_the_first(bureau):
    matter = draft_matter(bureau.licensing, formed_on=date(2003, 6, 2))
    change_terms("E2", date(2026, 3, 1), deadline_days=5)
    assert matter.terms().deadline_days == 20


def test_a_matter_without_a_day_goes_by_the_terms_of_today(bureau):
    matter = draft_matter(bureau.licensing, formed_on=None)
    change_terms("E2", timezone.localdate(), deadline_days=5)
    assert matter.terms().deadline_days == 5


def test_terms_do_not_end_before_they_begin(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        change_terms("E2", date(2026, 3, 1), valid_to=date(2026, 2, 1))


def test_two_terms_do_not_begin_on_one_day(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        CategoryTerms.objects.create(
            category=category("E2"),
            valid_from=category("E2").terms_on().valid_from,
            update_interval="monthly",
            widest_audience="public",
            route="H",
        )


def test_an_unknown_element_is_refused_by_its_name(db):
    terms = category("E2").terms_on()
    terms.required_elements = ["colour"]
    with pytest.raises(ValidationError, match="colour"):
        terms.clean()


# The office keeps it


def test_the_office_begins_new_terms_in_the_admin(bureau, client):
    client.force_login(bureau.office)
    client.post(edit_url("E2"), terms_form("E2", [("2004-01-01", "2026-02-28"), ("2026-03-01", "")]))
    assert category("E2").terms.count() == 2


def test_terms_of_one_category_do_not_overlap(bureau, client):
    client.force_login(bureau.office)
    client.post(edit_url("E2"), terms_form("E2", [("2004-01-01", "2026-03-01"), ("2026-03-01", "")]))
    assert category("E2").terms.count() == 1


def test_open_ended_terms_leave_no_room_for_later_ones(bureau, client):
    client.force_login(bureau.office)
    client.post(edit_url("E2"), terms_form("E2", [("2004-01-01", ""), ("2026-03-01", "")]))
    assert category("E2").terms.count() == 1


def test_two_terms_from_one_day_are_refused_and_not_an_error(bureau, client):
    client.force_login(bureau.office)
    client.post(edit_url("E2"), terms_form("E2", [("2004-01-01", ""), ("2004-01-01", "2026-03-01")]))
    assert category("E2").terms.count() == 1


def test_terms_without_a_first_day_are_told_at_the_field(bureau, client):
    client.force_login(bureau.office)
    response = client.post(edit_url("E2"), terms_form("E2", [("", "")]))
    assert "This field is required." in response.content.decode()


def test_the_history_of_a_category_says_who_changed_it(bureau, client):
    client.force_login(bureau.office)
    client.post(edit_url("E2"), terms_form("E2", [("2004-01-01", "2026-02-28"), ("2026-03-01", "")]))
    history = reverse("wagtailsnippets_disclosure_category:history", args=[category("E2").pk])
    assert str(bureau.office) in client.get(history).content.decode()
