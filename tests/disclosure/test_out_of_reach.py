"""What is posted by its number and was offered by no chooser: another department's drafts and their files."""

import pytest
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from intranet.disclosure.models import DisclosedImage, MatterAttachment, NoticePage, RegulationPage
from tests.disclosure.test_editing import add_url, notice_form
from tests.factories import attach, collection_of, draft_matter, fresh, live_matter

TITLE = "财务未定稿"


@pytest.fixture
def secret(bureau):
    """A draft of finance's."""
    return draft_matter(bureau.finance, title=TITLE, author=bureau.cadre)


@pytest.fixture
def file(secret):
    """A file of that draft."""
    return attach(secret, b"not yet", name="weiding.txt", title="未定附件")


@pytest.fixture
def liaison(bureau, client):
    client.force_login(bureau.liaison)
    return client


def link_to(file):
    return rich_text(f'<p><a linktype="document" id="{file.pk}">x</a></p>')


def test_a_draft_of_another_department_is_not_translated_nor_named(bureau, liaison, secret):
    answer = liaison.post(add_url(bureau, "notice"), notice_form(language="en", translation_of=str(secret.pk)))
    assert (NoticePage.objects.count(), TITLE in answer.text) == (0, False)


def test_a_draft_of_another_department_is_not_repealed_nor_named(bureau, liaison, secret):
    relations = inline_formset([{"kind": "repeals", "target": str(secret.pk)}])
    form = notice_form(issuing_organ="", issued_on="", relations=relations)
    answer = liaison.post(add_url(bureau, "regulation"), form)
    assert (RegulationPage.objects.exclude(pk=secret.pk).count(), TITLE in answer.text) == (0, False)


def test_a_file_of_anothers_draft_is_not_attached_nor_named(bureau, liaison, file):
    form = notice_form(attachments=inline_formset([{"document": str(file.pk), "title": ""}]))
    answer = liaison.post(add_url(bureau, "notice"), form)
    assert (NoticePage.objects.count(), "未定附件" in answer.text) == (0, False)


@pytest.mark.parametrize("kind", ["paragraph", "files", "figure"])
def test_a_file_of_anothers_draft_is_not_shown_in_the_text(bureau, liaison, file, kind):
    image = DisclosedImage.objects.create(
        title="未定图片", collection=collection_of(bureau.finance), file=get_test_image_file()
    )
    block = {
        "paragraph": link_to(file),
        "files": {"count": "1", "0-id": "", "0-order": "0", "0-type": "item", "0-deleted": "", "0-value": str(file.pk)},
        "figure": {"image": str(image.pk), "caption": ""},
    }
    liaison.post(add_url(bureau, "notice"), notice_form(body=streamfield([(kind, block[kind])])))
    assert NoticePage.objects.count() == 0


def test_what_everybody_reads_is_chosen_from_any_department(bureau, liaison):
    record = live_matter(bureau.licensing, title="许可办法")
    published = attach(draft_matter(bureau.licensing), b"own", title="本科室附件")
    form = notice_form(
        language="en",
        translation_of=str(record.pk),
        attachments=inline_formset([{"document": str(published.pk), "title": ""}]),
    )
    liaison.post(add_url(bureau, "notice"), form)
    assert NoticePage.objects.count() == 1


def test_what_is_in_the_matter_already_stays(bureau, liaison, file):
    """A superuser, or a mover of departments, may have put it there."""
    matter = draft_matter(bureau.licensing, type_code="notice", author=bureau.liaison)
    matter.attachments.add(MatterAttachment(document=file))
    matter.save()
    matter.save_revision()
    row = fresh(matter).attachments.get()
    rows = inline_formset([{"document": str(file.pk), "title": "", "id": str(row.pk)}], initial=1)
    form = notice_form(title="改过的题名", slug=matter.slug, attachments=rows)
    liaison.post(reverse("wagtailadmin_pages:edit", args=[matter.pk]), form)
    assert fresh(matter).get_latest_revision_as_object().title == "改过的题名"


@pytest.mark.parametrize("act", ["delete", "add_to_collection", "add_tags"])
@pytest.mark.parametrize("kind", ["document", "image"])
def test_an_act_on_many_names_no_file_of_another_department(bureau, liaison, file, kind, act):
    image = DisclosedImage.objects.create(
        title="未定图片", collection=collection_of(bureau.finance), file=get_test_image_file()
    )
    thing = file if kind == "document" else image
    answer = liaison.get(act_url(thing, act), {"id": thing.pk})
    assert (answer.status_code, thing.title in answer.text) == (404, False)


def test_an_act_on_many_takes_ones_own_files(bureau, liaison):
    own = attach(draft_matter(bureau.licensing, author=bureau.liaison), b"mine", name="own.txt", title="本科附件")
    assert own.title in liaison.get(act_url(own, "add_tags"), {"id": own.pk}).text


def test_an_act_on_many_names_no_account_to_who_keeps_none(bureau, liaison):
    assert liaison.get(act_url(bureau.head, "delete"), {"id": bureau.head.pk}).status_code == 404


@pytest.mark.parametrize("number", ["", "abc", "9" * 24, "9" * 5000], ids=["none", "letters", "long", "very long"])
@pytest.mark.parametrize("kind", ["page", "document"])
def test_an_act_on_many_finds_nothing_by_what_is_no_number(bureau, liaison, secret, file, kind, number):
    address = act_url(file, "delete")
    if kind == "page":
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    assert liaison.get(address, {"id": number}).status_code == 404


def act_url(thing, act):
    return reverse("wagtail_bulk_action", args=[thing._meta.app_label, thing._meta.model_name, act])
