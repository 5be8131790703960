"""Text in scans is recognised where the system has a program for it; else the owner is told.

The program here is one of the test's own that is called as tesseract is and answers as it does, after a file that
the test writes. Where the real one is installed with Chinese, it reads a real picture as well.
"""

import io
import os
import stat
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from search.extraction import Limits, Reason, Status, find_recogniser
from tests.search.extraction import documents
from tests.search.extraction.documents import SENTENCE

PROGRAM = """#!/bin/sh
[ "$1" = --list-langs ] && {{ printf 'List of available languages (2):\\n{languages}\\n'; exit 0; }}
[ "$1 $2 $3 $4" = "stdin stdout -l chi_sim+eng" ] || exit 2
cat > /dev/null
{work}
"""
HAN_FONTS = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Install a program of this name in the PATH that does some work in place of tesseract's."""

    def install(work: str, *, languages: str = "chi_sim\\neng") -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        path = folder / "tesseract"
        path.write_text(PROGRAM.format(work=work, languages=languages))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    return install


def scan(*pages: str) -> bytes:
    """A PDF of pictures alone, but for the pages that have words."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream)
    for words in pages:
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 128)), 0, 0, 300, 400)
        canvas.drawString(300, 700, words)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_without_a_program_a_scan_is_an_image_only(read):
    extraction = read(scan(""), recogniser=None)
    assert extraction.reason is Reason.SCANNED
    assert "pictures" in extraction.advice


def test_a_machine_without_the_program_has_no_recogniser(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_recogniser() is None


def test_a_program_without_chinese_is_of_no_use(program):
    program("echo", languages="eng")
    assert find_recogniser() is None


def test_the_text_of_a_scan_is_recognised_page_by_page_and_marked(read, program):
    program(f"echo {SENTENCE}")
    extraction = read(scan("", ""), recogniser=find_recogniser())
    assert (extraction.status, extraction.reason, extraction.is_recognised) == (Status.READ, None, True)
    assert extraction.text == f"{SENTENCE}\f{SENTENCE}"


def test_a_page_with_words_of_its_own_is_not_recognised(read, program):
    program(f"echo {SENTENCE}")
    assert read(scan("Words", ""), recogniser=find_recogniser()).text == f"Words\f{SENTENCE}"


def test_a_document_with_words_alone_is_not_marked(read, program):
    program(f"echo {SENTENCE}")
    assert not read(documents.pdf([SENTENCE]), recogniser=find_recogniser()).is_recognised


def test_the_owner_is_told_of_pages_that_are_pictures_among_pages_with_words(read):
    extraction = read(scan("Words", ""))
    assert (extraction.status, extraction.reason) == (Status.READ, Reason.PARTLY_SCANNED)


@pytest.mark.parametrize("picture_format", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_picture_is_recognised(read, program, picture_format):
    program(f"echo {SENTENCE}")
    stream = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(stream, picture_format)
    assert read(stream.getvalue(), recogniser=find_recogniser()).text == SENTENCE


def test_every_page_of_a_fax_is_recognised(read, program):
    program(f"echo {SENTENCE}")
    stream = io.BytesIO()
    pages = [Image.new("L", (40, 40), shade) for shade in (10, 200, 30)]
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:])
    assert read(stream.getvalue(), recogniser=find_recogniser()).pages == 3


def test_a_picture_without_words_is_told_to_the_owner(read, program):
    program("true")
    assert read(scan(""), recogniser=find_recogniser()).reason is Reason.NOT_RECOGNISED


@pytest.mark.parametrize("work", ["sleep 60", "exit 3"], ids=["hangs", "fails"])
def test_a_page_on_which_the_program(read, program, work):
    program(work)
    limits = Limits(recognition_page_seconds=0.3)
    assert read(scan("Words", ""), recogniser=find_recogniser(), limits=limits).reason is Reason.PARTLY_SCANNED


def test_no_more_pages_are_recognised_than_the_limit(read, program):
    program(f"echo {SENTENCE}")
    extraction = read(scan("", "", ""), recogniser=find_recogniser(), limits=Limits(recognised_pages=2))
    assert (extraction.text, extraction.reason) == (f"{SENTENCE}\f{SENTENCE}\f", Reason.PARTLY_SCANNED)


def test_a_picture_of_too_many_pixels_is_not_opened(read, program):
    program(f"echo {SENTENCE}")
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, "PNG")
    assert read(stream.getvalue(), recogniser=find_recogniser()).status is Status.UNREADABLE


@pytest.mark.skipif(find_recogniser() is None, reason="tesseract with chi_sim is not installed")
def test_the_real_program_reads_a_real_picture(read):
    font = next((path for path in HAN_FONTS if Path(path).exists()), None)
    words = "安全生产管理办法" if font else "Work Safety Regulations"
    picture = Image.new("L", (1200, 200), "white")
    drawn_in = ImageFont.truetype(font, 72) if font else ImageFont.load_default(72)
    ImageDraw.Draw(picture).text((40, 50), words, font=drawn_in, fill="black")
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    assert words in read(stream.getvalue(), recogniser=find_recogniser()).text
