"""What would take too much is refused or cut, and never takes it."""

import os
import struct
import zipfile

import pytest

from search.extraction import Extraction, Limits, Reason, Status, extract_text
from tests.search.extraction import documents
from tests.search.extraction.documents import SENTENCE


def refused(reason: Reason) -> Extraction:
    return Extraction(Status.REFUSED, reason=reason)


def test_a_file_of_a_gigabyte_is_refused_before_a_child_is_started(tmp_path, monkeypatch):
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(2**30)
    monkeypatch.setattr("subprocess.Popen", None)
    assert extract_text(path) == refused(Reason.TOO_LARGE)


def test_a_file_just_within_the_limit_is_read(read):
    assert read(SENTENCE.encode(), limits=Limits(file_bytes=len(SENTENCE.encode()))).status is Status.READ


def test_a_document_that_unpacks_too_far_is_refused(read):
    bomb = documents.changed_container(documents.word(), {"word/document.xml": b"\0" * 2**24})
    assert read(bomb, limits=Limits(unpacked_bytes=2**23, ratio=10**6)) == refused(Reason.UNPACKS_TOO_FAR)


def test_a_document_that_is_packed_suspiciously_well_is_refused(read):
    bomb = documents.changed_container(documents.word(), {"word/document.xml": b"\0" * 2**25})
    assert read(bomb) == refused(Reason.UNPACKS_TOO_FAR)


def test_a_document_of_too_many_parts_is_refused(read):
    bomb = documents.changed_container(documents.word(), {f"word/{n}.xml": b"" for n in range(200)})
    assert read(bomb, limits=Limits(members=100)) == refused(Reason.UNPACKS_TOO_FAR)


def test_an_archive_that_unpacks_too_far_is_refused_like_a_document(read):
    assert read(documents.archive({"0": b"\0" * 2**25})) == refused(Reason.UNPACKS_TOO_FAR)


def test_a_document_that_lies_about_its_size_gives_no_more_than_it_says(read):
    content = bytearray(documents.changed_container(documents.word(), {"word/document.xml": b" " * 2**25}))
    at = content.index(zipfile.stringCentralDir, content.rindex(b"word/document.xml") - 60)
    struct.pack_into("<L", content, at + 24, 1000)
    assert read(bytes(content)).reason is Reason.DAMAGED


def test_text_beyond_the_limit_is_cut_and_said_to_be(read):
    extraction = read((SENTENCE * 100).encode(), limits=Limits(characters=1000))
    assert (extraction.status, extraction.reason) == (Status.READ, Reason.CUT)
    assert extraction.text == (SENTENCE * 100)[:1000]


@pytest.mark.parametrize(
    "content",
    [
        documents.pdf([SENTENCE], [SENTENCE], [SENTENCE]),
        documents.word(SENTENCE, SENTENCE, SENTENCE),
        documents.workbook([SENTENCE], [SENTENCE], [SENTENCE]),
        documents.slides(SENTENCE, SENTENCE, SENTENCE),
        documents.open_text(SENTENCE, SENTENCE, SENTENCE),
        f"<html><p>{SENTENCE}<p>{SENTENCE}<p>{SENTENCE}".encode(),
    ],
    ids=["pdf", "docx", "xlsx", "pptx", "odt", "html"],
)
def test_every_kind_of_document_is_cut_at_the_limit(read, content):
    extraction = read(content, limits=Limits(characters=50))
    assert extraction.reason is Reason.CUT
    assert 40 <= len(extraction.text) <= 50


def test_reading_with_too_little_memory_is_refused_or_fails_but_never_raises(read):
    extraction = read(
        documents.workbook(*[[SENTENCE + str(n)] for n in range(2000)]), limits=Limits(memory_bytes=2**20)
    )
    assert extraction.text == ""
    assert extraction.status in {Status.REFUSED, Status.UNREADABLE}


def test_the_file_itself_is_left_as_it_was(tmp_path):
    path = tmp_path / "规定.txt"
    path.write_text(SENTENCE)
    os.chmod(path, 0o444)
    extract_text(path)
    assert path.read_text() == SENTENCE


def test_empty_blocks_of_a_page_do_not_use_up_its_text(read):
    page = b"<html>" + b"<div></div>" * 1000 + f"<p>{SENTENCE}".encode()
    assert read(page, limits=Limits(characters=100)).text == SENTENCE


def sheet_of(rows: str) -> bytes:
    xml = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>'
    return documents.changed_container(
        documents.workbook(), {"xl/worksheets/sheet1.xml": f"{xml}</worksheet>".encode()}
    )


def test_a_workbook_with_a_cell_at_the_end_of_the_world_is_given_up_in_time(read):
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
    extraction = read(sheet_of(far), limits=Limits(cpu_seconds=1))
    assert extraction.reason in {None, Reason.TOO_SLOW}


def test_a_workbook_of_a_million_cells_is_cut(read):
    row = "<row>" + '<c t="inlineStr"><is><t>底数</t></is></c>' * 100 + "</row>"
    extraction = read(sheet_of(row * 2_000), limits=Limits(characters=10_000, ratio=10**6))
    assert extraction.reason is Reason.CUT


def test_entities_in_a_workbook_do_not_grow(read):
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{lines}]><worksheet>&e11;</worksheet>'
    content = documents.changed_container(documents.workbook(), {"xl/worksheets/sheet1.xml": bomb.encode()})
    assert read(content).status is not Status.READ


@pytest.mark.parametrize(
    ("name", "opened", "closed"),
    [
        ("word/document.xml", "<w:p>", "</w:p>"),
        ("word/document.xml", "<w:txbxContent>", "</w:txbxContent>"),
    ],
)
def test_elements_nested_beyond_sense_do_no_harm(read, name, opened, closed):
    root = 'w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    nested = f"<{root}>{opened * 100_000}{closed * 100_000}</w:document>"
    assert read(documents.changed_container(documents.word(), {name: nested.encode()})).status is not Status.READ


def test_groups_of_rich_text_nested_beyond_sense_do_no_harm(read):
    assert read(b"{\\rtf1" + b"{" * 1_000_000 + b"text").status in set(Status)


def test_a_pdf_whose_pages_are_each_other_ends(read):
    content = documents.pdf([SENTENCE])
    looped = content.replace(b"/Count 1", b"/Count 999999999", 1)
    assert read(looped, limits=Limits(cpu_seconds=2)).reason in {None, Reason.DAMAGED, Reason.TOO_SLOW, Reason.CUT}


def test_a_pdf_of_very_many_pages_is_cut(read):
    extraction = read(documents.pdf(*[[SENTENCE]] * 300), limits=Limits(characters=1_000))
    assert (extraction.reason, extraction.pages) == (Reason.CUT, 300)
