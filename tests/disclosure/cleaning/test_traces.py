"""What readers get tells nothing but what it says, and says all that it said."""

import io
import zipfile
from pathlib import Path

import docx
import olefile
import openpyxl
import pikepdf
import pptx
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import load as load_odf
from PIL import Image

from intranet.disclosure.cleaning import Trace, Verdict
from tests.disclosure.cleaning import traced
from tests.disclosure.cleaning.traced import COMPANY, NAME
from tests.search.extraction import documents
from tests.search.extraction.documents import SENTENCE

OLD_FILES = Path(__file__).parents[2] / "search" / "extraction" / "files"

FILES = {
    "a.pdf": traced.pdf(),
    "a.docx": traced.word(),
    "a.xlsx": traced.workbook(),
    "a.pptx": traced.slides(),
    "a.odt": traced.open_text(),
    "a.jpg": traced.xmp_in_jpeg(traced.photograph()),
    "a.png": traced.photograph("PNG"),
    "a.webp": traced.photograph("WEBP"),
    "a.rtf": traced.RICH_TEXT,
}


def everything_in(content: bytes) -> bytes:
    """All bytes of a file, those that are packed unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            return b"".join(everything_in(container.read(name)) for name in container.namelist())
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            streams = (thing.read_raw_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream))
            return b"".join([*streams, *(repr(thing).encode() for thing in pdf.objects), repr(pdf.trailer).encode()])
    return content


def tells_a_name(content: bytes) -> bool:
    return any(word in everything_in(content) for word in (NAME.encode(), COMPANY.encode(), b"CameraMaker"))


@pytest.mark.parametrize("name", FILES)
def test_names_places_and_cameras_are_gone(cleaned, name):
    assert tells_a_name(FILES[name])
    copy, outcome = cleaned(FILES[name], name)
    assert outcome.verdict is Verdict.CLEANED
    assert not tells_a_name(copy)


@pytest.mark.parametrize("name", FILES)
def test_a_copy_has_nothing_left_to_remove(cleaned, name):
    copy, _ = cleaned(FILES[name], name)
    again, outcome = cleaned(copy, name)
    assert (again, outcome.verdict, outcome.removed) == (copy, Verdict.CLEAN, ())


@pytest.mark.parametrize("name", [name for name in FILES if name not in {"a.jpg", "a.png", "a.webp"}])
def test_a_copy_has_the_same_text_and_pages(cleaned, read, name):
    copy, _ = cleaned(FILES[name], name)
    before, after = read(FILES[name], name), read(copy, name)
    assert (after.text, after.pages, after.reason) == (before.text, before.pages, before.reason)
    assert after.text


def test_a_copy_of_a_pdf_opens_and_shows_the_same_pages(cleaned):
    copy, outcome = cleaned(FILES["a.pdf"])
    assert {Trace.PROPERTIES, Trace.EDITING, Trace.LOCATION} <= set(outcome.removed)
    assert outcome.left == (Trace.COMMENTS,)
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert not list(pdf.check_pdf_syntax())
    pictures = [
        [page.render(scale=0.5).to_pil().tobytes() for page in pypdfium2.PdfDocument(content)]
        for content in (FILES["a.pdf"], copy)
    ]
    assert pictures[0] == pictures[1]


def test_a_pdf_for_the_archive_keeps_saying_so(cleaned):
    copy, _ = cleaned(traced.pdf(archival=True))
    with pikepdf.open(io.BytesIO(copy)) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "2B"
        assert "dc:creator" not in metadata


def test_an_earlier_version_inside_a_pdf_is_gone(cleaned):
    content = traced.pdf_saved_twice()
    copy, outcome = cleaned(content)
    assert Trace.EARLIER_VERSIONS in outcome.removed
    assert copy.count(b"startxref") == 1


def test_a_copy_of_a_document_opens_with_its_libraries(cleaned):
    assert docx.Document(io.BytesIO(cleaned(FILES["a.docx"])[0])).core_properties.author == ""
    assert openpyxl.load_workbook(io.BytesIO(cleaned(FILES["a.xlsx"])[0])).properties.creator != NAME
    assert pptx.Presentation(io.BytesIO(cleaned(FILES["a.pptx"])[0])).core_properties.author == ""
    copy = cleaned(FILES["a.odt"])[0]
    assert SENTENCE in str(load_odf(io.BytesIO(copy)).text)
    with zipfile.ZipFile(io.BytesIO(copy)) as container:
        assert container.infolist()[0].filename == "mimetype"
        assert container.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_every_part_of_a_document_that_tells_nothing_is_the_same_to_the_byte(cleaned):
    copy, _ = cleaned(FILES["a.docx"])
    with zipfile.ZipFile(io.BytesIO(FILES["a.docx"])) as old, zipfile.ZipFile(io.BytesIO(copy)) as new:
        changed = {name for name in new.namelist() if old.read(name) != new.read(name)}
        assert set(old.namelist()) - set(new.namelist()) == {"docProps/thumbnail.jpeg"}
    assert changed == {
        "docProps/core.xml",
        "docProps/app.xml",
        "word/document.xml",
        "word/settings.xml",
        "word/media/image1.jpg",
        "_rels/.rels",
    }


def test_editing_marks_go_and_a_text_about_them_stays(cleaned):
    copy, _ = cleaned(FILES["a.docx"])
    with zipfile.ZipFile(io.BytesIO(copy)) as container:
        xml = container.read("word/document.xml").decode()
    assert xml.count("00AB12CD") == 1
    assert 'about w:rsidR="00AB12CD" itself' in xml


def test_comments_and_changes_are_left_and_the_editor_is_told(cleaned):
    copy, outcome = cleaned(traced.word(discussed=True))
    assert set(outcome.left) == {Trace.COMMENTS, Trace.TRACKED_CHANGES}
    assert len(docx.Document(io.BytesIO(copy)).comments) == 1


def test_what_is_hidden_in_a_workbook_is_told(cleaned):
    _, outcome = cleaned(traced.workbook(hidden=True))
    assert set(outcome.left) == {Trace.HIDDEN_SHEETS, Trace.HIDDEN_CELLS, Trace.COMMENTS}


def test_notes_of_a_speaker_are_told(cleaned):
    assert cleaned(traced.slides(notes="讲稿"))[1].left == (Trace.NOTES,)


@pytest.mark.parametrize(
    "content",
    [
        traced.signed_pdf(),
        traced.signed(FILES["a.docx"], "_xmlsignatures/sig1.xml"),
        traced.signed(FILES["a.odt"], "META-INF/documentsignatures.xml"),
    ],
    ids=["pdf", "docx", "odt"],
)
def test_a_signed_file_is_never_touched(cleaned, content):
    copy, outcome = cleaned(content)
    assert (copy, outcome.verdict) == (content, Verdict.SIGNED)


@pytest.mark.parametrize(
    "content",
    [
        documents.encrypted_pdf(documents.pdf([SENTENCE])),
        documents.encrypted_pdf(documents.pdf([SENTENCE]), to_open=""),
        documents.encrypted_office(documents.word(SENTENCE)),
        documents.encrypted_open_text(),
    ],
    ids=["pdf to open", "pdf to change", "docx", "odt"],
)
def test_a_protected_file_is_left_as_it_is(cleaned, content):
    copy, outcome = cleaned(content)
    assert (copy, outcome.verdict) == (content, Verdict.PROTECTED)


@pytest.mark.parametrize("name", ["chinese.doc", "chinese.ppt"])
def test_the_summary_of_an_old_document_says_nothing_any_more(cleaned, read, name):
    content = (OLD_FILES / name).read_bytes()
    copy, outcome = cleaned(content)
    assert (outcome.removed, outcome.left) == ((Trace.PROPERTIES,), (Trace.EDITING,))
    with olefile.OleFileIO(copy) as ole:
        summary = ole.get_metadata()
    assert not any((summary.author, summary.last_saved_by, summary.company, summary.title))
    assert len(copy) == len(content)
    assert read(copy).text == read(content).text


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (b"text", Verdict.CLEAN),
        (b"<html><p>text", Verdict.CLEAN),
        (documents.archive({"a.txt": b"text"}), Verdict.UNSUPPORTED),
        (b"MIME-Version: 1.0\nSubject: x\n\ntext", Verdict.UNSUPPORTED),
        (b"%PDF-1.7\nbroken", Verdict.FAILED),
        (FILES["a.docx"][:2000], Verdict.FAILED),
        (FILES["a.jpg"][:900], Verdict.FAILED),
        (FILES["a.png"][:-20], Verdict.FAILED),
        (documents.changed_container(FILES["a.docx"], {"docProps/core.xml": b"<broken"}), Verdict.FAILED),
    ],
    ids=["text", "page", "archive", "mail", "pdf", "docx", "jpg", "png", "properties"],
)
def test_what_becomes_of(cleaned, content, verdict):
    copy, outcome = cleaned(content)
    assert (copy, outcome.verdict) == (content, verdict)


def test_a_page_that_names_its_author_is_told_of(cleaned):
    assert cleaned(b"<html><meta name='author' content='x'><p>text")[1].left == (Trace.PROPERTIES,)


def pixels(content: bytes) -> tuple:
    with Image.open(io.BytesIO(content)) as picture:
        return picture.mode, picture.size, picture.tobytes()


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_picture_keeps_its_pixels_and_the_side_that_is_up(cleaned, picture_format, orientation):
    content = traced.photograph(picture_format, orientation=orientation)
    copy, outcome = cleaned(content)
    assert Trace.LOCATION in outcome.removed
    assert pixels(copy) == pixels(content)
    with Image.open(io.BytesIO(copy)) as picture:
        exif = dict(picture.getexif())
        expected = {0x0112: orientation} if orientation != 1 and picture_format != "PNG" else {}
        assert exif == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    name=st.sampled_from(sorted(FILES)),
    at=st.floats(0, 1),
    noise=st.binary(min_size=1, max_size=12),
)
def test_a_broken_file_is_cleaned_or_withheld_and_nothing_in_between(cleaned, name, at, noise):
    content = bytearray(FILES[name])
    start = int(at * (len(content) - len(noise)))
    content[start : start + len(noise)] = noise
    copy, outcome = cleaned(bytes(content), name)
    if outcome.verdict is Verdict.CLEANED:
        assert cleaned(copy, name)[1].removed == ()
    else:
        assert copy == bytes(content)
