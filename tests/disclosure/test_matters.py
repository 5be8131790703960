"""What holds of every matter, by whatever way it is saved, and what its page shows."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from intranet.access.rule import can_read
from intranet.disclosure.completeness import missing_elements
from intranet.disclosure.going_live import PublicationRefused
from intranet.disclosure.models import (
    AttachedDocument,
    Category,
    CategoryTerms,
    MatterAttachment,
    MatterElement,
    MatterPage,
    PlanGoal,
)
from intranet.disclosure.sections import collection_of, section_for
from intranet.publication.release import release_imported
from intranet.publication.submission import SubmissionRefused
from intranet.publication.withdrawal import withdraw
from tests.factories import draft_matter, fresh, live_matter, submit


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def section(department, code: str):
    return section_for(department, Category.objects.get(code=code))


def document(department, title: str) -> AttachedDocument:
    made = AttachedDocument(title=title, collection=collection_of(department))
    made.file.save(f"{title}.txt", ContentFile(title.encode()))
    made.save()
    return made


def disclose(matter: MatterPage) -> MatterPage:
    matter.save_revision()
    release_imported(matter, by=None, reason="test")
    return fresh(matter)


def narrow(code: str, audience: str) -> None:
    CategoryTerms.objects.filter(category__code=code).update(widest_audience=audience)


# Never wider than its category


def test_a_version_wider_than_its_category_is_not_saved(bureau):
    with pytest.raises(ValidationError) as refused:
        draft_matter(bureau.licensing, category="N2", type_code="notice", visibility="public")
    assert set(refused.value.message_dict) == {"visibility"}


@pytest.mark.parametrize("visibility", ["staff", "department", "leaders"])
def test_a_matter_narrower_than_its_category_is_saved(bureau, visibility):
    matter = draft_matter(bureau.licensing, category="N2", type_code="notice", visibility=visibility)
    assert matter.latest_revision_id


def test_a_live_matter_is_not_saved_wider(bureau):
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    matter.visibility = "public"
    with pytest.raises(ValidationError):
        matter.save()


def test_a_matter_written_wider_behind_the_forms_is_not_the_publics(bureau, client):
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    MatterPage.objects.filter(pk=matter.pk).update(visibility="public")
    assert client.get(matter.url).status_code == 404


def test_a_category_that_is_narrowed_narrows_its_live_matters(bureau, client):
    matter = live_matter(bureau.licensing)
    narrow("E2", "staff")
    assert (client.get(matter.url).status_code, can_read(bureau.cadre2, fresh(matter))) == (404, True)


def test_a_live_matter_of_a_narrowed_category_can_be_withdrawn(bureau):
    matter = live_matter(bureau.licensing)
    narrow("E2", "staff")
    withdraw(matter, by=bureau.head, reason="更正")
    assert not fresh(matter).live


def test_a_draft_of_a_category_narrowed_since_is_not_released(bureau):
    matter = draft_matter(bureau.licensing)
    narrow("E2", "staff")
    with pytest.raises(PublicationRefused):
        release_imported(matter, by=None, reason="test")


def test_a_matter_without_an_audience_is_nobodys_even_when_it_is_live(bureau):
    matter = live_matter(bureau.licensing, visibility="")
    assert (matter.live, matter.reader_tokens()) == (True, frozenset())


def test_a_draft_moved_to_a_narrower_category_is_not_submitted(bureau):
    matter = draft_matter(bureau.licensing, type_code="notice", author=bureau.liaison)
    matter.move(section(bureau.licensing, "N2"), pos="last-child")
    with pytest.raises(SubmissionRefused):
        submit(fresh(matter), by=bureau.liaison)


def test_a_draft_moved_to_a_narrower_category_is_not_released(bureau):
    matter = draft_matter(bureau.licensing, type_code="notice")
    matter.move(section(bureau.licensing, "N2"), pos="last-child")
    with pytest.raises(PublicationRefused):
        release_imported(fresh(matter), by=None, reason="test")


def test_a_copy_into_a_narrower_category_is_not_released(bureau):
    matter = live_matter(bureau.licensing, type_code="notice")
    copy = matter.copy(to=section(bureau.licensing, "N2"), keep_live=False, update_attrs={"slug": "copy"})
    with pytest.raises(PublicationRefused):
        release_imported(fresh(copy), by=None, reason="test")


# Its place


def test_a_draft_that_is_moved_takes_category_and_department_of_its_place(bureau):
    matter = draft_matter(bureau.licensing, type_code="notice")
    matter.move(section(bureau.finance, "N2"), pos="last-child")
    assert (fresh(matter).category.code, fresh(matter).department) == ("N2", bureau.finance)


def test_a_draft_that_is_moved_in_the_admin_takes_the_category_of_its_place(bureau, client):
    matter = draft_matter(bureau.licensing, type_code="notice")
    client.force_login(bureau.liaison)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[matter.pk, section(bureau.licensing, "N2").pk]))
    assert fresh(matter).category.code == "N2"


def test_the_version_of_a_moved_draft_does_not_bring_its_old_place_back(bureau):
    matter = draft_matter(bureau.licensing, type_code="notice", visibility="staff")
    matter.move(section(bureau.finance, "N2"), pos="last-child")
    assert disclose(fresh(matter)).department == bureau.finance


def test_a_live_matter_is_not_moved(bureau):
    with pytest.raises(PublicationRefused):
        live_matter(bureau.licensing, type_code="notice").move(section(bureau.finance, "N2"), pos="last-child")


@pytest.mark.parametrize("name", ["head", "superuser"])
def test_a_live_matter_is_not_moved_in_the_admin(bureau, client, admin_user, name):
    matter = live_matter(bureau.licensing, type_code="notice", visibility="staff")
    client.force_login(admin_user if name == "superuser" else bureau.head)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[matter.pk, section(bureau.licensing, "N2").pk]))
    assert fresh(matter).get_parent() == matter.get_parent()


# Attachments


def with_attachments(bureau) -> MatterPage:
    matter = draft_matter(bureau.licensing)
    matter.attachments = [
        MatterAttachment(document=document(bureau.licensing, "b"), title="乙：申请表", sort_order=0),
        MatterAttachment(document=document(bureau.licensing, "a"), title="", sort_order=1),
    ]
    return disclose(matter)


def test_attachments_stand_in_the_order_that_the_editor_gave(bureau, client):
    page = client.get(with_attachments(bureau).url).content.decode()
    assert 0 < page.index("乙：申请表") < page.index(">a</a>")


def test_an_attachment_without_a_title_is_called_by_its_files(bureau):
    assert [row.shown_title for row in with_attachments(bureau).attachments.all()] == ["乙：申请表", "a"]


def test_a_file_that_a_matter_uses_cannot_be_deleted_from_under_it(bureau):
    matter = with_attachments(bureau)
    with pytest.raises(IntegrityError), transaction.atomic():
        matter.attachments.first().document.delete()


# Elements and completeness


def test_a_new_regulation_lacks_what_its_category_asks_for_in_its_order(bureau):
    matter = draft_matter(bureau.licensing)
    assert missing_elements(matter) == list(matter.terms().required_elements)


def test_a_field_of_the_type_is_an_element(bureau):
    matter = draft_matter(bureau.licensing, issuing_organ="某州安监局")
    assert "issuing_organ" not in missing_elements(matter)


def test_a_row_is_an_element_where_the_type_has_no_field(bureau):
    matter = draft_matter(bureau.licensing, category="E7", type_code="notice")
    matter.elements = [MatterElement(element="commitment", value="十个工作日办结")]
    assert "commitment" not in missing_elements(matter)


def test_an_empty_row_is_no_element(bureau):
    matter = draft_matter(bureau.licensing, category="E7", type_code="notice")
    matter.elements = [MatterElement(element="commitment", value="  ")]
    assert "commitment" in missing_elements(matter)


def test_the_goals_of_a_plan_are_its_element(bureau):
    matter = draft_matter(bureau.licensing, category="E3", type_code="plan", period_year=2026)
    matter.goals = [PlanGoal(name="隐患整改", progress=60)]
    assert missing_elements(matter) == []


def test_a_matter_that_lacks_nothing_is_complete(bureau):
    present = {"issuing_organ": "局", "issued_on": date(2026, 1, 4), "effective_from": date(2026, 2, 1)}
    matter = draft_matter(bureau.licensing, document_number="甘安监〔2026〕1号", validity="in_force", **present)
    assert missing_elements(matter) == []


def test_the_page_shows_the_elements_with_their_names(bureau, client):
    matter = draft_matter(bureau.licensing, category="E7", type_code="notice")
    matter.elements = [MatterElement(element="commitment", value="十个工作日办结")]
    assert "十个工作日办结" in client.get(disclose(matter).url).content.decode()


# Articles


def test_an_article_is_at_an_address_of_its_own(bureau, client):
    article = ("article", {"number": "第十二条", "text": "<p>应当公开。</p>"})
    matter = live_matter(bureau.licensing, body=[article])
    assert 'id="article-第十二条"' in client.get(matter.url).content.decode()


def test_a_number_written_with_spaces_has_the_same_address(bureau, client):
    article = ("article", {"number": "第 十二　条", "text": "<p>应当公开。</p>"})
    matter = live_matter(bureau.licensing, body=[article])
    assert 'id="article-第十二条"' in client.get(matter.url).content.decode()
