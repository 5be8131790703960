"""A change of a category's terms is recorded with what it changes for the readers of its matters."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from intranet.audit.models import AuditEntry
from intranet.disclosure.models import Category, CategoryTerms

FIELDS = (
    "valid_from",
    "valid_to",
    "deadline_days",
    "update_interval",
    "widest_audience",
    "route",
    "required_elements",
    "notice_period_days",
    "retention_years",
)


@pytest.fixture
def terms(db) -> CategoryTerms:
    return CategoryTerms.objects.in_force().get(category__code="E6")


def entries() -> list[tuple[str, dict]]:
    return [
        (entry.action, entry.facts) for entry in AuditEntry.objects.filter(action__startswith="terms.").order_by("pk")
    ]


def form(category: Category, *, keep: bool = True, **changes) -> dict:
    """The catalogue's form of the category with its terms of today changed, or deleted."""
    rows = []
    for terms in category.terms.all():
        row = {name: getattr(terms, name) for name in FIELDS} | {"id": terms.pk} | changes
        rows.append(
            {name: "" if value is None else value for name, value in row.items()} | ({} if keep else {"DELETE": "on"})
        )
    return nested_form_data(
        {
            "code": category.code,
            "side": category.side,
            "ordinal": category.ordinal,
            "name_zh": category.name_zh,
            "name_bo": category.name_bo,
            "name_en": category.name_en,
            "responsible_department": category.responsible_department_id or "",
            "terms": inline_formset(rows, initial=len(rows)),
        }
    )


def send(client, bureau, **changes):
    category = Category.objects.get(code="E6")
    client.force_login(bureau.office)
    address = reverse("wagtailsnippets_disclosure_category:edit", args=[category.pk])
    assert client.post(address, form(category, **changes)).status_code == 302


def test_a_narrower_audience_is_recorded_with_what_it_was(bureau, client, terms):
    send(client, bureau, widest_audience="leaders")
    entry = AuditEntry.objects.get(action="terms.changed")
    assert (entry.person_name, entry.facts) == (
        "office",
        {
            "category": "E6",
            "valid_from": terms.valid_from.isoformat(),
            "valid_to": None,
            "audience_before": "public",
            "audience_after": "leaders",
            "retention_before": terms.retention_years,
            "retention_after": terms.retention_years,
        },
    )


def test_another_term_of_retention_is_recorded(bureau, client, terms):
    send(client, bureau, retention_years=5)
    [(action, facts)] = entries()
    assert (action, facts["retention_before"], facts["retention_after"]) == (
        "terms.changed",
        terms.retention_years,
        5,
    )


def test_a_form_that_changes_nothing_of_the_terms_records_nothing_of_them(bureau, client, terms):
    send(client, bureau)
    assert entries() == []


def test_terms_that_are_taken_out_are_recorded(bureau, client, terms):
    send(client, bureau, keep=False)
    [(action, facts)] = entries()
    assert (action, facts["category"], facts["audience_before"], facts["audience_after"]) == (
        "terms.deleted",
        "E6",
        "public",
        None,
    )


def test_new_terms_are_recorded(terms):
    begins = timezone.localdate() + timedelta(days=30)
    CategoryTerms.objects.create(
        category=terms.category, valid_from=begins, update_interval="yearly", widest_audience="staff", route="HO"
    )
    [(action, facts)] = entries()
    assert (action, facts["valid_from"], facts["audience_before"], facts["audience_after"], facts["route_after"]) == (
        "terms.created",
        begins.isoformat(),
        None,
        "staff",
        "HO",
    )


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("route", "HOM", {"route_before": "H", "route_after": "HOM"}),
        ("deadline_days", 3, {"deadline_before": 7, "deadline_after": 3}),
        ("valid_to", date(2999, 12, 31), {"valid_to_before": None, "valid_to": "2999-12-31"}),
    ],
)
def test_whatever_else_changes_is_told_as_it_was_and_is(terms, field, value, told):
    setattr(terms, field, value)
    terms.save()
    [(_action, facts)] = entries()
    assert facts.items() >= told.items()


def test_a_category_that_is_deleted_is_told_with_its_terms(db):
    gone = Category.objects.create(code="X1", side="internal", ordinal=99, name_zh="试")
    CategoryTerms.objects.create(
        category=gone,
        valid_from=timezone.localdate(),
        update_interval="yearly",
        widest_audience="staff",
        route="H",
    )
    gone.delete()
    assert [action for action, _facts in entries()] == ["terms.created", "terms.deleted"]
