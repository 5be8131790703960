"""Readers get a file without what it tells besides its text; what could not be looked through, they do not get."""

import io
import zipfile
from urllib.parse import quote

import pytest
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from PIL import Image
from wagtail.models import ModelLogEntry

from intranet.disclosure import public_copies
from intranet.disclosure.cleaning import Cleaning, CleaningUnavailable, Verdict
from intranet.disclosure.models import AttachedDocument, DisclosedImage, PublicCopy
from intranet.disclosure.public_copies import copy_of
from intranet.publication.release import release_imported
from search.models import IndexTask
from tests.disclosure.cleaning import traced
from tests.disclosure.cleaning.traced import NAME
from tests.factories import attach, draft_matter, replace_file

pytestmark = pytest.mark.django_db


def attached(bureau, content: bytes, name: str) -> AttachedDocument:
    """A file of a live, public matter of licensing."""
    matter = draft_matter(bureau.licensing)
    document = attach(matter, content, name=name)
    release_imported(matter, by=None, reason="test")
    return AttachedDocument.objects.get(pk=document.pk)


def downloaded(client, document: AttachedDocument) -> bytes:
    response = client.get(document.url)
    assert response.status_code == 200, response.status_code
    return b"".join(response.streaming_content)


def uploaded(document: AttachedDocument) -> bytes:
    with document.file.open("rb") as file:
        return file.read()


def test_the_public_gets_a_copy_under_the_files_own_name(client, bureau):
    document = attached(bureau, traced.word(), "规定.docx")
    response = client.get(document.url)
    content = b"".join(response.streaming_content)
    assert NAME.encode() in members_of(uploaded(document))
    assert NAME.encode() not in members_of(content)
    assert quote(document.filename) in response["Content-Disposition"]
    assert int(response["Content-Length"]) == len(content)


def members_of(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        return b"".join(container.read(name) for name in container.namelist())


def test_a_photograph_is_given_without_its_place_by_its_stored_name_too(client, bureau):
    document = attached(bureau, traced.photograph(), "photo.jpg")
    for address in (document.url, f"/files/{document.file.name}"):
        content = b"".join(client.get(address).streaming_content)
        assert b"Exif" not in content


def test_a_copy_is_reached_through_its_document_alone(client, bureau):
    document = attached(bureau, traced.pdf(), "a.pdf")
    assert document.public_copy.file.name.startswith("public/")
    assert client.get(f"/files/{document.public_copy.file.name}").status_code == 404


def test_a_file_that_tells_nothing_is_given_as_it_is(client, bureau):
    document = attached(bureau, b"text", "a.txt")
    assert (document.public_copy.verdict, document.public_copy.file.name) == (Verdict.CLEAN, "")
    assert downloaded(client, document) == b"text"


def test_a_signed_file_is_given_as_it_is(client, bureau):
    content = traced.signed_pdf()
    assert downloaded(client, attached(bureau, content, "a.pdf")) == content


def test_the_original_is_for_editors_alone(client, bureau):
    document = attached(bureau, traced.pdf(), "a.pdf")
    address = reverse("disclosure:original_file", args=[document.pk])
    client.force_login(bureau.liaison)
    response = client.get(address)
    assert b"".join(response.streaming_content) == uploaded(document)
    assert "no-store" in response["Cache-Control"]
    client.force_login(bureau.cadre)
    assert client.get(address).status_code in {302, 404}
    client.logout()
    assert client.get(address).status_code in {302, 404}


@pytest.fixture
def withheld(bureau) -> AttachedDocument:
    """A file of a public matter of which nobody knows what it tells."""
    return attached(bureau, b"%PDF-1.7\nbroken", "broken.pdf")


def test_what_could_not_be_looked_through_readers_do_not_get(client, withheld):
    assert withheld.public_copy.verdict == Verdict.FAILED
    assert client.get(withheld.url).status_code == 404
    assert client.get(f"/files/{withheld.file.name}").status_code == 404


def test_its_editor_sees_it_all_the_same(client, bureau, withheld):
    client.force_login(bureau.liaison)
    assert downloaded(client, withheld) == b"%PDF-1.7\nbroken"


def test_an_editor_who_has_looked_through_it_may_release_it(client, bureau, withheld):
    client.force_login(bureau.liaison)
    before = IndexTask.objects.values_list("version", flat=True).order_by("-version").first()
    response = client.post(reverse("disclosure:hand_out_file", args=[withheld.pk]))
    assert response.status_code == 302
    assert IndexTask.objects.filter(version__gt=before).exists()
    assert ModelLogEntry.objects.filter(action="gongkai.file_handed_out", user=bureau.liaison).exists()
    client.logout()
    assert downloaded(client, withheld) == b"%PDF-1.7\nbroken"


@pytest.mark.parametrize("person", ["cadre2", "reviewer"])
def test_nobody_else_may_release_it(client, bureau, withheld, person):
    client.force_login(getattr(bureau, person))
    response = client.post(reverse("disclosure:hand_out_file", args=[withheld.pk]))
    assert response.status_code in {302, 403, 404}
    assert PublicCopy.objects.get(document=withheld).is_withheld


def test_a_release_does_not_outlive_the_file(bureau, withheld):
    public_copies.hand_out_as_it_is(withheld.public_copy, by=bureau.liaison)
    replace_file(withheld, b"%PDF-1.7\nbroken too", name="other.pdf")
    assert PublicCopy.objects.get(document=withheld).is_withheld


def test_a_replaced_file_is_looked_through_anew_and_the_old_copy_is_gone(bureau, django_capture_on_commit_callbacks):
    document = attached(bureau, traced.word(), "a.docx")
    old = document.public_copy.file
    with django_capture_on_commit_callbacks(execute=True):
        replace_file(document, traced.pdf(), name="b.pdf")
    copy = PublicCopy.objects.get(document=document)
    assert copy.file.name.endswith(".pdf")
    assert not old.storage.exists(old.name)


def test_the_copy_goes_with_its_document(bureau, django_capture_on_commit_callbacks):
    document = attach(draft_matter(bureau.licensing), traced.word(), name="a.docx")
    file = document.public_copy.file
    with django_capture_on_commit_callbacks(execute=True):
        AttachedDocument.objects.filter(pk=document.pk).delete()
    assert not PublicCopy.objects.filter(source_name=document.file.name).exists()
    assert not file.storage.exists(file.name)


def test_a_file_from_before_is_withheld_until_it_is_looked_through(client, bureau, capsys):
    document = attached(bureau, traced.word(), "a.docx")
    PublicCopy.objects.all().delete()
    assert client.get(document.url).status_code == 404
    call_command("clean_files")
    assert "1 files looked through" in capsys.readouterr().out
    assert client.get(document.url).status_code == 200


def test_a_file_changed_behind_the_systems_back_is_withheld(bureau):
    document = attached(bureau, b"text", "a.txt")
    AttachedDocument.objects.filter(pk=document.pk).update(file_hash="0" * 40)
    assert copy_of(AttachedDocument.objects.get(pk=document.pk)) is None


def test_when_nothing_can_be_cleaned_uploads_are_kept_and_withheld(bureau, monkeypatch):
    def unavailable(*args, **kwargs):
        raise CleaningUnavailable

    monkeypatch.setattr(public_copies, "clean", unavailable)
    document = attached(bureau, b"text", "a.txt")
    assert document.public_copy.verdict == Verdict.FAILED


def test_an_upload_waits_no_longer_than_the_setting(bureau, monkeypatch):
    asked = []

    def clean(path, copy, *, file_name, limits):
        asked.append(limits.seconds)
        return Cleaning(Verdict.CLEAN)

    monkeypatch.setattr(public_copies, "clean", clean)
    with override_settings(CLEANING_SECONDS=2.5):
        attached(bureau, b"text", "a.txt")
    assert asked == [2.5]


def test_renditions_of_an_image_tell_nothing_and_the_original_is_cleaned(client, bureau):
    photograph = ImageFile(io.BytesIO(traced.photograph(orientation=6)), name="photo.jpg")
    image = DisclosedImage.objects.create(title="Photo", file=photograph)
    for specification in ("max-40x40", "max-40x40|format-webp", "original"):
        rendition = image.get_rendition(specification)
        with Image.open(rendition.file.open("rb")) as picture:
            assert not picture.getexif()
        assert not rendition.tells
    assert copy_of(image).verdict == Verdict.CLEANED
