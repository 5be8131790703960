"""Files stay as they were uploaded; those of what is live or being decided on keep their titles and are not deleted."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from intranet.disclosure.models import AttachedDocument, DisclosedImage
from intranet.disclosure.models.files import FileReplaced
from intranet.disclosure.sections import collection_of
from intranet.organisation.models import Post
from intranet.publication.route_records.recording import record_decision
from tests.factories import approve, attach, draft_matter, fresh, live_matter, person_in, submit

pytestmark = pytest.mark.django_db


def drafted(bureau, **attributes):
    """A draft with a file, that nobody has submitted."""
    matter = draft_matter(bureau.licensing, title="烟花爆竹经营许可办法", author=bureau.liaison, **attributes)
    attach(matter, b"reviewed", title="现行附件")
    return matter


def in_review(bureau, **attributes):
    matter = drafted(bureau, **attributes)
    submit(fresh(matter), by=bureau.liaison)
    return matter


def in_review_beside_what_is_live(bureau):
    """Live without the file, which the version under review adds."""
    matter = live_matter(bureau.licensing, title="烟花爆竹经营许可办法")
    attach(matter, b"reviewed", title="现行附件")
    submit(fresh(matter), by=bureau.liaison)
    return matter


def live(bureau, **attributes):
    matter = in_review(bureau, **attributes)
    for person in (bureau.reviewer, bureau.head):
        approve(fresh(matter), by=person)
    return matter


def approved_for_tomorrow(bureau):
    matter = live(bureau, go_live_at=timezone.now() + timedelta(days=1))
    assert not fresh(matter).live
    return matter


HELD = pytest.mark.parametrize("state", [in_review, in_review_beside_what_is_live, live, approved_for_tomorrow])


@pytest.fixture
def liaison(bureau, client):
    client.force_login(bureau.liaison)
    return client


def sent(document, **changed):
    return {"title": document.title, "collection": document.collection_id, "tags": "", **changed}


def edit(client, document, **changed):
    answer = client.post(reverse("wagtaildocs:edit", args=[document.pk]), sent(document, **changed))
    assert answer.status_code == 302
    return AttachedDocument.objects.get(pk=document.pk)


def test_no_other_file_takes_the_place_of_one_that_was_uploaded(bureau, liaison):
    drafted(bureau)
    document = edit(liaison, AttachedDocument.objects.get(), file=SimpleUploadedFile("b.txt", b"unreviewed"))
    assert document.file.open("rb").read() == b"reviewed"


def test_a_program_is_refused_too(bureau):
    drafted(bureau)
    document = AttachedDocument.objects.get()
    with pytest.raises(FileReplaced):
        document.file.save("b.txt", ContentFile(b"unreviewed"))


def test_the_title_of_a_drafts_file_is_changed(bureau, liaison):
    drafted(bureau)
    assert edit(liaison, AttachedDocument.objects.get(), title="改后").title == "改后"


@HELD
def test_the_title_of_a_file_in_use_stays(bureau, liaison, state):
    state(bureau)
    assert edit(liaison, AttachedDocument.objects.get(), title="改后").title == "现行附件"


@HELD
def test_the_screen_names_what_uses_the_file(bureau, liaison, state):
    state(bureau)
    page = liaison.get(reverse("wagtaildocs:edit", args=[AttachedDocument.objects.get().pk])).content.decode()
    assert "awaits a decision in “烟花爆竹经营许可办法”" in page


def test_a_drafts_file_that_its_draft_no_longer_has_is_deleted(bureau, liaison):
    matter = drafted(bureau)
    matter.attachments.clear()
    matter.save_revision()
    liaison.post(reverse("wagtaildocs:delete", args=[AttachedDocument.objects.get().pk]))
    assert not AttachedDocument.objects.exists()


@HELD
def test_a_file_in_use_is_not_deleted(bureau, liaison, state):
    state(bureau)
    liaison.post(reverse("wagtaildocs:delete", args=[AttachedDocument.objects.get().pk]))
    assert AttachedDocument.objects.exists()


@HELD
def test_a_file_in_use_is_not_deleted_among_many(bureau, liaison, state):
    state(bureau)
    address = reverse("wagtail_bulk_action", args=["disclosure", "attacheddocument", "delete"])
    liaison.post(f"{address}?id={AttachedDocument.objects.get().pk}&next=/admin/")
    assert AttachedDocument.objects.exists()


@HELD
def test_who_deletes_a_file_in_use_is_told_where_it_is(bureau, liaison, state):
    state(bureau)
    answer = liaison.post(reverse("wagtaildocs:delete", args=[AttachedDocument.objects.get().pk]), follow=True)
    assert "awaits a decision in “烟花爆竹经营许可办法”" in str(next(iter(answer.context["messages"])))


@pytest.fixture
def minutes(bureau):
    """The minutes of a meeting, put on record."""
    draft = draft_matter(bureau.licensing, category="E5", type_code="report", author=bureau.liaison)
    document = AttachedDocument(title="会议纪要", collection=collection_of(bureau.licensing))
    document.file.save("a.txt", ContentFile(b"minutes"))
    document.save()
    said = {"organ": "局务会议", "number": "3", "decided_on": date(2026, 1, 5)}
    record_decision(draft, kind="meeting_decision", document=document, by=bureau.liaison, **said)
    return document


def test_the_minutes_on_record_are_not_deleted(minutes, liaison):
    liaison.post(reverse("wagtaildocs:delete", args=[minutes.pk]))
    assert AttachedDocument.objects.exists()


def test_the_minutes_on_record_are_not_deleted_among_many(minutes, liaison):
    address = reverse("wagtail_bulk_action", args=["disclosure", "attacheddocument", "delete"])
    liaison.post(f"{address}?id={minutes.pk}&next=/admin/")
    assert AttachedDocument.objects.exists()


def test_who_deletes_the_minutes_is_told_that_they_are_on_record(minutes, liaison):
    answer = liaison.post(reverse("wagtaildocs:delete", args=[minutes.pk]), follow=True)
    assert "record of a route" in str(next(iter(answer.context["messages"])))


def test_the_form_of_the_minutes_says_that_they_are_on_record(minutes, liaison):
    assert "record of a route" in liaison.get(reverse("wagtaildocs:edit", args=[minutes.pk])).content.decode()


def test_nobody_else_is_told_where_a_file_is(bureau, client):
    live(bureau)
    client.force_login(person_in(bureau.finance, Post.Kind.LIAISON))
    answer = client.post(reverse("wagtaildocs:delete", args=[AttachedDocument.objects.get().pk]), follow=True)
    assert "烟花爆竹经营许可办法" not in str(next(iter(answer.context["messages"])))


@pytest.fixture
def image(bureau):
    """Shown in the body of a live matter."""
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    image = DisclosedImage(title="现场", collection=collection_of(bureau.licensing))
    image.file = ImageFile(content, name="a.png")
    image.save()
    figure = {"type": "figure", "value": {"image": image.pk, "caption": "现场", "alternative": "井口"}}
    live(bureau, body=[figure])
    return image


def test_an_image_in_use_keeps_its_file_and_its_title(image, liaison):
    other = BytesIO()
    Image.new("RGB", (9, 9)).save(other, "PNG")
    changed = {"title": "改后", "file": SimpleUploadedFile("b.png", other.getvalue(), "image/png")}
    liaison.post(reverse("wagtailimages:edit", args=[image.pk]), sent(image, **changed))
    kept = DisclosedImage.objects.get(pk=image.pk)
    assert (kept.title, kept.file.name, kept.width) == ("现场", image.file.name, 8)


def test_an_image_in_use_is_not_deleted(image, liaison):
    liaison.post(reverse("wagtailimages:delete", args=[image.pk]))
    assert DisclosedImage.objects.exists()
