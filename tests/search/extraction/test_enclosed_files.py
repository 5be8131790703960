"""Archives and e-mails are read with what lies in them, two levels deep and no more than is bearable."""

import io
import zipfile
from email.message import EmailMessage

import pytest

from search.extraction import Limits, Reason, Status
from tests.search.extraction import documents
from tests.search.extraction.documents import SENTENCE


def mail(body: str = SENTENCE, *, html: str = "", **attachments: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "关于报送材料的通知", "a@example.org", "b@example.org"
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def gbk_named(name: str, content: bytes) -> bytes:
    """A ZIP as Chinese Windows makes it: the name in GBK, without saying so."""
    placeholder = "x" * len(name.encode("gbk"))
    return documents.archive({placeholder: content}).replace(placeholder.encode(), name.encode("gbk"))


def test_an_archive_gives_the_names_and_texts_of_its_documents(read):
    archive = documents.archive({"规定.docx": documents.word(SENTENCE), "附表.xlsx": documents.workbook(["底数"])})
    extraction = read(archive)
    assert (extraction.status, extraction.reason) == (Status.READ, None)
    assert extraction.text == f"规定.docx\n{SENTENCE}\n附表.xlsx\nSheet\n底数"


@pytest.mark.parametrize(
    "archive",
    [documents.archive({"规定.txt": SENTENCE.encode()}), gbk_named("规定.txt", SENTENCE.encode("gbk"))],
    ids=["UTF-8", "GBK"],
)
def test_chinese_names_come_through(read, archive):
    assert read(archive).text == f"规定.txt\n{SENTENCE}"


@pytest.mark.parametrize("name", ["../../etc/规定.txt", "/etc/规定.txt", "..\\规定.txt", "folder/规定.txt"])
def test_of_a_path_only_the_name_is_read(read, name):
    assert read(documents.archive({name: SENTENCE.encode()})).text == f"规定.txt\n{SENTENCE}"


def test_what_programs_leave_in_archives_is_no_text(read):
    archive = documents.archive({"__MACOSX/._a.txt": b"resource", "a/.DS_Store": b"store", "a.txt": b"text"})
    assert read(archive).text == "a.txt\ntext"


def test_an_archive_in_an_archive_is_read(read):
    assert SENTENCE in read(documents.archive({"b.zip": documents.archive({"规定.txt": SENTENCE.encode()})})).text


def test_an_archive_three_deep_is_not_opened_and_the_owner_is_told(read):
    archive = SENTENCE.encode()
    for name in ("规定.txt", "c.zip", "b.zip"):
        archive = documents.archive({name: archive})
    extraction = read(archive)
    assert (extraction.text, extraction.reason) == ("b.zip\nc.zip", Reason.PARTLY)


def test_one_bad_document_keeps_nothing_from_the_others(read):
    extraction = read(documents.archive({"a.pdf": b"%PDF-1.7 broken", "b.txt": b"text"}))
    assert (extraction.text, extraction.reason) == ("a.pdf\nb.txt\ntext", Reason.PARTLY)


def test_an_archive_of_too_many_files_is_cut_off(read):
    archive = documents.archive({f"{n}.txt": b"text" for n in range(20)})
    assert read(archive, limits=Limits(enclosed_files=10)).reason is Reason.UNPACKS_TOO_FAR


def test_archives_in_an_archive_share_what_they_may_unpack(read):
    inner = documents.archive({"zeros": b"\0" * 2**19})
    archive = documents.archive({f"{n}.zip": inner for n in range(8)})
    extraction = read(archive, limits=Limits(unpacked_bytes=2**21))
    assert extraction.reason in {Reason.PARTLY, Reason.UNPACKS_TOO_FAR}


def test_an_archive_that_contains_itself_in_effect_ends(read):
    archive = b"text"
    for depth in range(50):
        archive = documents.archive({f"{depth}.zip": archive})
    assert read(archive).reason is Reason.PARTLY


def test_a_member_packed_in_an_unknown_way_is_skipped(read):
    content = bytearray(documents.archive({"a.txt": b"text" * 100, "b.txt": b"other"}))
    for signature, offset in ((zipfile.stringFileHeader, 8), (zipfile.stringCentralDir, 10)):
        content[content.index(signature) + offset] = 97
    extraction = read(bytes(content))
    assert (extraction.text, extraction.reason) == ("b.txt\nother", Reason.PARTLY)


def test_an_e_mail_gives_head_body_and_attachments(read):
    text = read(mail(**{"规定.docx": documents.word(SENTENCE)})).text
    assert text.startswith("关于报送材料的通知\na@example.org\nb@example.org\n")
    assert text.count(SENTENCE) == 2
    assert "规定.docx" in text


def test_an_e_mail_is_read_once_and_not_in_each_of_its_forms(read):
    assert read(mail(html=f"<p>{SENTENCE}</p>")).text.count(SENTENCE) == 1


def test_an_e_mail_in_an_e_mail_is_read(read):
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.set_content("see below")
    inner = EmailMessage()
    inner["Subject"] = "内层"
    inner.set_content(SENTENCE)
    outer.add_attachment(inner)
    text = read(bytes(outer)).text
    assert "内层" in text
    assert SENTENCE in text


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "gb18030", "x-unheard-of", "us-ascii"])
def test_an_e_mail_in_gbk_is_read_whatever_it_declares(read, declared):
    head = f"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset={declared}\n"
    content = (head + "Content-Transfer-Encoding: 8bit\n\n").encode() + SENTENCE.encode("gb18030")
    assert SENTENCE in read(content).text


def test_an_old_e_mail_without_mime_is_told_by_its_name(read):
    assert read(b"From: a@example.org\nSubject: hello\n\nbody", "a.eml").text == "hello\na@example.org\nbody"


def test_a_web_page_saved_as_one_file_is_read(read):
    message = EmailMessage()
    message.set_content(f"<html><p>{SENTENCE}</p></html>", subtype="html")
    message.add_related(documents.PIXEL, "image", "png", cid="<a>")
    assert SENTENCE in read(bytes(message), "page.mht").text


def test_parts_nested_beyond_sense_do_no_harm(read):
    content = io.BytesIO(b"MIME-Version: 1.0\n")
    content.seek(0, io.SEEK_END)
    for depth in range(2000):
        content.write(f'Content-Type: multipart/mixed; boundary="{depth}"\n\n--{depth}\n'.encode())
    assert read(content.getvalue()).reason is not None
