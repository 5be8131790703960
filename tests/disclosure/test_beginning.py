"""What stands in the editor when a matter is begun: the template of its category, its form, its elements."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from intranet.disclosure.beginning import begin
from intranet.disclosure.hints import hints_by_place
from intranet.disclosure.models import MATTER_TYPES, Category, DraftTemplate, MatterElement, MatterPage
from intranet.disclosure.models.draft_template import TemplateText, text_fields_of
from intranet.disclosure.particulars.forms import form_asked_of, stored_form
from intranet.disclosure.sections import section_for
from intranet.publication.scrutiny.vague_words import NO_OFFICE, NO_PAPER
from tests.disclosure.test_editing import add_url
from tests.publication.editor import fields_of

CATEGORIES = [f"E{number}" for number in range(1, 11)] + [f"N{number}" for number in range(1, 11)]


def begun(bureau, category, type_code):
    matter = MATTER_TYPES[type_code]()
    begin(matter, section=section_for(bureau.licensing, Category.objects.get(code=category)))
    return matter


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_a_template(bureau, category):
    assert DraftTemplate.objects.filter(category__code=category).exists()


def test_every_shipped_template_asks_for_something_in_its_title_or_body(bureau):
    for template in DraftTemplate.objects.select_related("category"):
        matter = MATTER_TYPES[template.type_code](category=template.category)
        template.fill(matter)
        assert list(hints_by_place(matter)), template


def test_every_shipped_text_fits_its_field(bureau):
    for row in TemplateText.objects.select_related("template"):
        row.clean()
        assert row.field in text_fields_of(MATTER_TYPES[row.template.type_code])


def test_a_matter_begins_with_its_categorys_headings(bureau):
    matter = begun(bureau, "E7", "notice")
    headings = [block.value for block in matter.body if block.block_type == "heading"]
    assert headings == ["便民措施", "服务承诺", "监督"]


def test_a_template_for_one_type_comes_before_that_for_every_type(bureau):
    category = Category.objects.get(code="E7")
    DraftTemplate.objects.create(category=category, title="各类型")
    assert begun(bureau, "E7", "notice").title != "各类型"
    assert begun(bureau, "E7", "report").title == "各类型"


def test_without_a_template_it_begins_empty(bureau):
    DraftTemplate.objects.all().delete()
    matter = begun(bureau, "E7", "notice")
    assert (matter.title, list(matter.body)) == ("", [])


def test_it_begins_with_a_row_for_each_element_that_has_no_other_place(bureau):
    rows = begun(bureau, "E1", "notice").elements.all()
    assert [row.element for row in rows] == ["address", "phone", "hours", "person_in_charge"]


def test_what_the_type_has_a_field_for_is_no_row(bureau):
    matter = begun(bureau, "E6", "result")
    assert ([row.element for row in matter.elements.all()], matter.basis) == ([], "⟦法律名称和条款⟧")


def test_it_begins_with_the_form_that_its_category_asks_for(bureau):
    matter = begun(bureau, "N9", "report")
    assert matter.particulars[0].block_type == form_asked_of(matter).code == "vehicles"


def test_a_form_that_was_only_opened_says_nothing(bureau):
    assert stored_form(begun(bureau, "N9", "report")) is None


def test_the_editor_of_a_new_matter_shows_the_template(bureau, client):
    client.force_login(bureau.liaison)
    page = client.get(add_url(bureau, "notice", "E1")).content.decode()
    assert [words in page for words in ("⟦单位名称⟧", "⟦Fill in: Phone⟧")] == [True, True]


def test_opening_the_editor_saves_nothing(bureau, client):
    client.force_login(bureau.liaison)
    client.get(add_url(bureau, "notice", "E1"))
    assert not MatterPage.objects.exists()


def test_the_rows_that_it_began_with_are_saved_with_it(bureau, client):
    client.force_login(bureau.liaison)
    address = add_url(bureau, "notice", "E1")
    form = fields_of(client, address) | {"title": "机构设置", "body-count": "0", "visibility": "public"}
    client.post(address, form)
    assert MatterElement.objects.filter(page=MatterPage.objects.get()).count() == 4


@pytest.mark.parametrize(("person", "status"), [("office", 200), ("liaison", 302), ("head", 302)])
def test_the_office_alone_keeps_the_templates(bureau, client, person, status):
    client.force_login(getattr(bureau, person))
    template = DraftTemplate.objects.first()
    assert client.get(reverse("wagtailsnippets_disclosure_drafttemplate:list")).status_code == status
    edit = reverse("wagtailsnippets_disclosure_drafttemplate:edit", args=[template.pk])
    assert client.get(edit).status_code == status


def test_a_category_has_one_template_for_a_type(bureau):
    twice = DraftTemplate(category=Category.objects.get(code="E1"), type_code="notice", title="又一个")
    with pytest.raises(ValidationError, match="already"):
        twice.full_clean()


def test_a_text_for_a_field_that_the_type_lacks_is_refused(bureau):
    template = DraftTemplate.objects.get(category__code="E1", type_code="notice")
    with pytest.raises(ValidationError, match="no such field"):
        TemplateText(template=template, field="conditions", text="⟦条件⟧").clean()


def test_no_shipped_template_uses_a_vague_word(bureau):
    for template in DraftTemplate.objects.filter(type_code="guide"):
        text = re.sub("⟦[^⟧]*⟧", "", str(template.body.get_prep_value()))
        assert not [word for word in (*NO_OFFICE, *NO_PAPER) if word in text]
