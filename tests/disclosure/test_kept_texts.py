"""Each content is read once, whatever files have it and however often the index is built."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import override_settings

from intranet.disclosure import attachment_text
from intranet.disclosure.attachment_text import prepare_texts, texts_of
from intranet.disclosure.models import AttachedDocument, ExtractedText, PublicCopy
from intranet.disclosure.search import MatterAdapter, key_of
from search.extraction import Extraction, Reason, Recogniser, Status
from tests.disclosure.cleaning import traced
from tests.factories import attach, live_matter, replace_file
from tests.search.extraction import documents

pytestmark = pytest.mark.django_db


def document(content: bytes, name: str = "a.txt") -> AttachedDocument:
    made = AttachedDocument(title=name)
    made.file.save(name, ContentFile(content))
    return made


@pytest.fixture
def extractions(monkeypatch) -> list[str]:
    """The name of each file that is read from now on."""
    read: list[str] = []
    real = attachment_text.extract_many

    def counted(paths, **options):
        read.extend(Path(path).name for path in paths)
        return real(paths, **options)

    monkeypatch.setattr(attachment_text, "extract_many", counted)
    return read


def test_a_file_is_read_once(extractions):
    made = document(b"text")
    assert [texts_of([made]) for _ in range(3)] == [{made.pk: "text"}] * 3
    assert len(extractions) == 1


def test_two_files_of_the_same_content_are_read_once(extractions):
    first, second = document(b"text"), document(b"text", "b.txt")
    assert texts_of([first, second]) == {first.pk: "text", second.pk: "text"}
    assert len(extractions) == 1
    assert texts_of([third := document(b"text", "c.txt")]) == {third.pk: "text"}
    assert len(extractions) == 1


def test_the_ending_of_the_name_may_make_another_text(extractions):
    page, text = document(b"<p>a</p><p>b</p>", "a.html"), document(b"<p>a</p><p>b</p>", "a.txt")
    assert texts_of([page, text]) == {page.pk: "a\nb", text.pk: "<p>a</p><p>b</p>"}


def test_a_rebuild_reads_nothing_twice(extractions, bureau):
    matter = live_matter(bureau.licensing)
    attach(matter, b"text")
    matter.as_matter().attachments.update()
    keys = {key_of(matter.pk): 1}
    for _ in range(3):
        list(MatterAdapter().documents(keys))
    assert len(extractions) <= 1


def test_a_new_way_of_reading_reads_again_and_keeps_one_text(extractions, monkeypatch):
    made = document(b"text")
    prepare_texts([made])
    monkeypatch.setattr(attachment_text, "fingerprint", lambda: "another way")
    prepare_texts([made])
    assert len(extractions) == 2
    assert [row.way for row in ExtractedText.objects.all()] == ["another way"]


def test_a_replaced_files_text_is_forgotten(extractions):
    made = document(b"old")
    prepare_texts([made])
    replace_file(made, b"new", name="b.txt")
    assert texts_of([AttachedDocument.objects.get(pk=made.pk)]) == {made.pk: "new"}
    assert [row.text for row in ExtractedText.objects.all()] == ["new"]


def test_a_text_goes_with_the_last_file_that_has_it():
    first, second = document(b"text"), document(b"text")
    prepare_texts([first, second])
    first.delete()
    assert ExtractedText.objects.count() == 1
    second.delete()
    assert ExtractedText.objects.count() == 0


def test_the_text_is_that_of_what_readers_get(extractions):
    made = document(traced.word(), "a.docx")
    prepare_texts([made])
    copy = PublicCopy.objects.get(document=made)
    assert copy.text.content_hash == copy.content_hash
    assert extractions == [Path(copy.file.name).name]


def test_a_withheld_file_has_no_text():
    made = document(b"text")
    prepare_texts([made])
    PublicCopy.objects.update(verdict="failed")
    assert texts_of([made]) == {}


def test_a_scan_is_read_again_once_a_program_can(monkeypatch):
    answers = [
        Extraction.failed(Reason.SCANNED),
        Extraction(Status.READ, "recognised", pages=1, is_recognised=True),
    ]
    asked = []

    def extract_many(paths, *, recogniser, **options):
        if not paths:
            return []
        asked.append(recogniser)
        return [(next(iter(paths)), answers[len(asked) - 1])]

    monkeypatch.setattr(attachment_text, "extract_many", extract_many)
    monkeypatch.setattr(attachment_text, "find_recogniser", lambda program: None)
    made = document(documents.scanned_pdf(), "scan.pdf")
    prepare_texts([made])
    prepare_texts([made])
    assert len(asked) == 1
    program = Recogniser("/usr/bin/tesseract", "chi_sim+eng")
    monkeypatch.setattr(attachment_text, "find_recogniser", lambda name: program)
    assert texts_of([made]) == {made.pk: "recognised"}
    assert PublicCopy.objects.get(document=made).text.is_recognised
    prepare_texts([made])
    assert asked == [None, program]


@override_settings(READING_AT_UPLOAD_SECONDS=8)
def test_an_upload_is_tried_at_once_so_that_its_editor_knows_early():
    made = document(documents.encrypted_pdf(documents.pdf(["text"])), "a.pdf")
    assert PublicCopy.objects.get(document=made).text.reason == Reason.PROTECTED


@override_settings(READING_AT_UPLOAD_SECONDS=8)
def test_what_takes_too_long_at_the_upload_is_left_to_the_worker(monkeypatch):
    monkeypatch.setattr(
        attachment_text,
        "extract_many",
        lambda paths, **options: [(next(iter(paths)), Extraction.failed(Reason.TOO_SLOW))],
    )
    made = document(b"text")
    assert PublicCopy.objects.get(document=made).text is None
