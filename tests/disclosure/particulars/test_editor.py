"""The form in the editor: only the one that the category asks for, told what does not hold."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from intranet.disclosure.models import MATTER_TYPES, Category
from intranet.disclosure.particulars.forms import FORMS, offered_to
from intranet.disclosure.particulars.written import messages_of
from intranet.disclosure.sections import section_for
from intranet.publication.secrecy.redaction import LeftOut, redact
from tests.disclosure.particulars.samples import FUNDS, PLACES, SAMPLES, changed, matter_with
from tests.factories import draft_matter


def add_url(bureau, category, type_code):
    section = section_for(bureau.licensing, Category.objects.get(code=category))
    return reverse("wagtailadmin_pages:add", args=["disclosure", MATTER_TYPES[type_code]._meta.model_name, section.pk])


def report_form(**funds):
    """A report with one form: rows of item, budgeted, spent."""
    rows = funds.pop("rows")
    value = {"year": "2025", "rows": streamfield([("item", row) for row in rows]), **funds}
    for index in range(len(rows)):
        value["rows"][f"{index}-deleted"] = ""
    empty = inline_formset([])
    return nested_form_data(
        {
            "title": "专项资金",
            "slug": "",
            "language": "zh-hans",
            "translation_of": "",
            "summary": "",
            "body": streamfield([]),
            "particulars": streamfield([("funds", value)]),
            "attachments": empty,
            "elements": empty,
            "figures": empty,
            "comments": empty,
            "visibility": "public",
            "formed_on": "2026-01-05",
        }
    )


ROW = {"item": "头顶库治理", "budgeted": "100.00", "spent": "90.00", "beneficiaries": ""}


@pytest.mark.parametrize("code", FORMS)
def test_an_editor_has_the_form_of_the_category_and_no_other(bureau, client, code):
    client.force_login(bureau.liaison)
    form = client.get(add_url(bureau, *PLACES[code])).context["form"]
    assert list(form.fields["particulars"].block.child_blocks) == [code]


def test_a_category_without_a_form_has_no_field(bureau, client):
    client.force_login(bureau.liaison)
    response = client.get(add_url(bureau, "E2", "notice"))
    assert "particulars" not in response.context["form"].fields


def test_a_form_that_came_from_another_category_is_not_lost(bureau):
    matter = matter_with(bureau.licensing, FUNDS, live=False)
    matter.category = Category.objects.get(code="N9")
    assert list(offered_to(matter).child_blocks) == ["vehicles", "funds"]


def test_a_filled_in_form_is_saved(bureau, client):
    client.force_login(bureau.liaison)
    client.post(add_url(bureau, "E5", "report"), report_form(rows=[ROW], total_budgeted="100.00", total_spent=""))
    (block,) = MATTER_TYPES["report"].objects.get().particulars
    assert str(block.value["rows"][0]["budgeted"]) == "100.00"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"total_budgeted": "99.00"},
            "total_budgeted: Total budgeted (CNY): 99.00 is stated, but the rows add up to 100.00.",
        ),
        (
            {"rows": [{**ROW, "spent": "9,0.00"}]},
            "rows[1].spent: “9,0.00” holds a comma: write the number without, like 1234.50.",
        ),
        ({"rows": [ROW, ROW]}, "“头顶库治理” has more than one row: put them together."),
    ],
)
def test_what_does_not_hold_is_told_where_it_stands_and_not_saved(bureau, client, settings, changes, told):
    client.force_login(bureau.liaison)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    fields = {"rows": [ROW], "total_budgeted": "", "total_spent": "", **changes}
    response = client.post(add_url(bureau, "E5", "report"), report_form(**fields))
    assert response.status_code == 200
    (error,) = response.context["form"].errors["particulars"].as_data()
    assert list(messages_of(error.block_errors[0])) == [told]
    assert not MATTER_TYPES["report"].objects.exists()


@pytest.mark.parametrize("code", FORMS)
def test_two_versions_are_compared_form_beside_form(bureau, client, code):
    matter = matter_with(bureau.licensing, SAMPLES[code], live=False, author=bureau.liaison)
    first = matter.latest_revision
    matter.particulars = ""
    second = matter.save_revision(user=bureau.liaison)
    client.force_login(bureau.liaison)
    url = reverse("wagtailadmin_pages:revisions_compare", args=[matter.pk, first.pk, second.pk])
    compared = client.get(url)
    assert compared.status_code == 200
    assert next(iter(SAMPLES[code]["rows"][0].values())) in compared.text or code == "accounts"


def test_a_passage_left_out_of_a_form_is_withheld_and_breaks_nothing(bureau):
    matter = matter_with(bureau.licensing, FUNDS, live=False)
    made = redact(matter.latest_revision.content, type(matter), LeftOut(passages=["9025000.00", "四县"]))
    (block,) = matter.with_content_json(made.content).particulars
    assert block.value["rows"][0]["spent"] is None
    assert block.value["rows"][0]["beneficiaries"] == "〔不予公开〕"


def test_an_unfinished_form_is_kept_as_a_draft(bureau):
    matter = draft_matter(bureau.licensing, category="E5", type_code="report")
    assert list(offered_to(matter).child_blocks) == ["funds"]
    unfinished = matter_with(bureau.licensing, changed(FUNDS, spent=""), live=False)
    assert unfinished.get_latest_revision_as_object().particulars[0].value["rows"][0]["spent"] is None
