"""Every field that people paste into cleans what arrives."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CharField, TextField
from wagtail.admin.panels import get_edit_handler
from wagtail.blocks import StreamBlockValidationError

from intranet.disclosure.body import BodyBlock
from intranet.disclosure.models import MATTER_TYPES, DraftTemplate
from intranet.disclosure.particulars.forms import all_forms
from intranet.disclosure.pasted_fields import LineField, LinesField
from intranet.disclosure.texts import is_text
from tests.disclosure.particulars.samples import FUNDS, as_stored

DIRTY, CLEAN = "\ufeff　　甘南\u200b", "甘南"


def forms_of(model):
    """The edit form of the model and those of its rows; what its authors say to each other is no part of it."""
    form = get_edit_handler(model).get_form_class()
    rows = {name: formset.form for name, formset in getattr(form, "formsets", {}).items() if name != "comments"}
    return [form, *rows.values()]


def fields_written_in(form):
    """The form's fields of text; a slug and an address have rules of their own."""
    fields = {field.name: field for field in form._meta.model._meta.get_fields()}
    return [
        shown
        for name, shown in form.base_fields.items()
        if type(fields.get(name)) in (CharField, TextField) and is_text(fields[name])
    ]


@pytest.mark.parametrize("model", [*MATTER_TYPES.values(), DraftTemplate])
def test_every_field_that_somebody_writes_in_cleans_what_is_pasted(model):
    written = [field for form in forms_of(model) for field in fields_written_in(form)]
    assert [field.label for field in written if not isinstance(field, LineField | LinesField)] == []
    assert {field.clean(DIRTY) for field in written} == {CLEAN}


def test_a_title_of_nothing_that_can_be_seen_is_none():
    title = forms_of(MATTER_TYPES["notice"])[0].base_fields["title"]
    with pytest.raises(ValidationError, match="required"):
        title.clean("\u200b\u00a0\ufeff")


def test_the_length_is_that_of_what_is_kept():
    number = forms_of(MATTER_TYPES["notice"])[0].base_fields["document_number"]
    assert number.clean("甘\u200b" * 100) == "甘" * 100


@pytest.mark.parametrize(
    ("block", "dirty", "clean"),
    [
        ("heading", DIRTY, CLEAN),
        ("paragraph", f"<p>{DIRTY}</p><p></p>", f"<p>{CLEAN}</p>"),
        ("article", {"number": DIRTY, "text": f"<p>{DIRTY}</p>"}, {"number": CLEAN, "text": f"<p>{CLEAN}</p>"}),
        ("callout", {"kind": "info", "text": f"<p>{DIRTY}</p>"}, {"kind": "info", "text": f"<p>{CLEAN}</p>"}),
    ],
)
def test_every_block_of_the_body_is_cleaned(block, dirty, clean):
    stream = BodyBlock()
    stored = stream.get_prep_value(stream.clean(stream.to_python([{"type": block, "value": dirty, "id": "a"}])))
    assert stored == [{"type": block, "value": clean, "id": "a"}]


def test_the_steps_are_cleaned():
    stream = BodyBlock()
    step = {"type": "item", "value": {"name": DIRTY, "who": DIRTY, "time": ""}, "id": "b"}
    cleaned = stream.clean(stream.to_python([{"type": "steps", "value": [step], "id": "a"}]))
    assert dict(cleaned[0].value[0]) == {"name": CLEAN, "who": CLEAN, "time": ""}


def test_cells_and_caption_of_a_table_are_cleaned():
    stream = BodyBlock()
    value = {"data": [[DIRTY, None]], "table_caption": DIRTY, "table_header_choice": "row"}
    cleaned = stream.clean(stream.to_python([{"type": "table", "value": value, "id": "a"}]))[0].value
    assert (cleaned["data"], cleaned["table_header_choice"]) == ([["　　甘南", None]], "row")
    assert cleaned["table_caption"] == CLEAN


def test_the_rows_of_a_form_are_cleaned():
    stream = all_forms()
    value = stream.to_python(as_stored(FUNDS))
    value[0].value["rows"][0]["item"] = DIRTY
    assert stream.clean(value)[0].value["rows"][0]["item"] == CLEAN


def test_an_article_number_that_cannot_be_seen_is_missing():
    stream = BodyBlock()
    value = stream.to_python([{"type": "article", "value": {"number": "\u200b", "text": "<p>文</p>"}, "id": "a"}])
    with pytest.raises(StreamBlockValidationError) as refused:
        stream.clean(value)
    assert list(refused.value.block_errors[0].block_errors) == ["number"]
