"""A file that cannot be read says why, and what its owner can do."""

import os

import pytest

from search.extraction import Extraction, Reason, Status, extract_many, extract_text
from tests.search.extraction import documents
from tests.search.extraction.documents import SENTENCE

ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>
<w:t>&b;</w:t></w:r></w:p></w:body></w:document>"""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (documents.encrypted_pdf(documents.pdf([SENTENCE])), Reason.PROTECTED),
        (documents.encrypted_office(documents.word(SENTENCE)), Reason.PROTECTED),
        (documents.encrypted_open_text(), Reason.PROTECTED),
        (documents.scanned_pdf(), Reason.SCANNED),
        (documents.scanned_pdf("- 1 -"), Reason.SCANNED),
        (documents.PIXEL, Reason.SCANNED),
        (documents.word(), Reason.NO_TEXT),
        (documents.workbook(), Reason.NO_TEXT),
        (b" \r\n\t", Reason.NO_TEXT),
        (b"", Reason.EMPTY),
        (documents.other_ole(), Reason.OLD_FORMAT),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><x/>', Reason.OLD_FORMAT),
        (documents.archive({}), Reason.NO_TEXT),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 100, Reason.ARCHIVE),
        (documents.archive({"mimetype": b"application/epub+zip"}), Reason.UNKNOWN_TYPE),
        (b'<?xml version="1.0"?><x>text</x>', Reason.UNKNOWN_TYPE),
        (b"\x7fELF" + bytes(range(256)) * 20, Reason.UNKNOWN_TYPE),
        (b"\0" * 1000, Reason.UNKNOWN_TYPE),
    ],
    ids=[
        "encrypted pdf",
        "encrypted office",
        "encrypted odt",
        "scanned pdf",
        "scanned pdf with page numbers",
        "pixel",
        "empty docx",
        "empty xlsx",
        "spaces",
        "nothing",
        "other ole",
        "word 2003 xml",
        "empty zip",
        "7z",
        "epub",
        "xml",
        "program",
        "zeros",
    ],
)
def test_it_says_why(read, content, reason):
    assert read(content) == Extraction(reason.status, reason=reason)


@pytest.mark.parametrize(
    "content",
    [
        documents.pdf([SENTENCE] * 40, [SENTENCE] * 40),
        documents.word(SENTENCE),
        documents.workbook([SENTENCE]),
        documents.slides(SENTENCE),
        documents.open_text(SENTENCE),
        documents.old_workbook([SENTENCE] * 5),
        documents.encrypted_office(documents.word(SENTENCE)),
    ],
    ids=["pdf", "docx", "xlsx", "pptx", "odt", "xls", "ole"],
)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_file_is_damaged(read, content, share):
    assert read(content[: int(len(content) * share)]).status is Status.UNREADABLE


@pytest.mark.parametrize("start", [b"%PDF-1.7\n%%EOF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_file_that_only_begins_like_a_document_is_damaged(read, start):
    assert read(start).reason is Reason.DAMAGED


@pytest.mark.parametrize(
    ("content", "member"),
    [
        (documents.word(SENTENCE), "word/document.xml"),
        (documents.workbook([SENTENCE]), "xl/worksheets/sheet1.xml"),
        (documents.slides(SENTENCE), "ppt/slides/slide1.xml"),
        (documents.open_text(SENTENCE), "content.xml"),
    ],
    ids=["docx", "xlsx", "pptx", "odt"],
)
@pytest.mark.parametrize("nonsense", [b"", b"<a><b>", b"\0\0\0", bytes(range(256))])
def test_a_document_with_nonsense_inside_is_damaged(read, content, member, nonsense):
    assert read(documents.changed_container(content, {member: nonsense})).status is Status.UNREADABLE


def test_a_document_with_declared_entities_is_damaged(read):
    content = documents.changed_container(documents.word(), {"word/document.xml": ENTITIES})
    assert read(content).reason is Reason.DAMAGED


def test_an_encrypted_zip_member_is_protected(read):
    content = bytearray(documents.word(SENTENCE))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert read(bytes(content)).reason is Reason.PROTECTED


def test_a_missing_file_is_the_callers_to_deal_with(tmp_path):
    with pytest.raises(FileNotFoundError):
        extract_text(tmp_path / "absent.pdf")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(OSError, match="Not a regular file"):
        extract_text(tmp_path)


def test_a_named_pipe_is_not_waited_on(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="Not a regular file"):
        extract_text(tmp_path / "pipe")


def test_a_missing_file_does_not_keep_the_others_of_its_batch_from_being_read(tmp_path):
    present = tmp_path / "规定.txt"
    present.write_text(SENTENCE)
    results = dict(extract_many([tmp_path / "absent.txt", present]))
    assert results[tmp_path / "absent.txt"].reason is Reason.MISSING
    assert results[present].text == SENTENCE


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_for_the_owner(reason):
    assert reason.advice.endswith(".")


def test_the_sentence_says_what_to_do():
    advice = Extraction.failed(Reason.PROTECTED).advice
    assert advice == "The file is protected by a password. Attach a copy without one."


def test_a_file_that_was_read_whole_needs_no_advice():
    assert Extraction(Status.READ, text=SENTENCE).advice == ""
