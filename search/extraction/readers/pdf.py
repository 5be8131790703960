"""PDF files: their text layer by PDFium, and the text of pages that are pictures where a program recognises it."""

import re
from typing import BinaryIO

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from PIL import Image

from search.extraction.outcome import Limits, Reason
from search.extraction.readers.picture import Recognition
from search.extraction.transcript import Transcript, UnreadableError

_PROTECTED = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
_END_MARK_WITHIN_BYTES = 1024
# PDFium's mark for a hyphen at the end of a line.
_SPLIT_WORD = re.compile("(?<=[^\\W\\d_])\x02(?=[^\\W\\d_])")
# What OCR programs are made for; a page of A0 gets fewer, so that it stays below the limit of pixels.
_DOTS_PER_POINT = 300 / 72
_PIXELS = 16_000_000


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write the text layer, page by page.

    A file without its end mark was cut off in transfer: it counts as damaged even where some of its pages
    could be saved, because its owner should know. Readers look for the mark in the last 1,024 bytes.
    """
    content = stream.read()
    if b"%%EOF" not in content.rstrip(b"\0\r\n ")[-_END_MARK_WITHIN_BYTES:]:
        raise UnreadableError(Reason.DAMAGED)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        reason = Reason.PROTECTED if getattr(error, "err_code", None) in _PROTECTED else Reason.DAMAGED
        raise UnreadableError(reason) from error
    try:
        _write_pages(document, transcript, limits=limits)
    finally:
        document.close()


def _write_pages(document: pypdfium2.PdfDocument, transcript: Transcript, *, limits: Limits) -> None:
    transcript.pages = len(document)
    transcript.lines_are_wrapped = True
    recognition = Recognition(transcript, limits=limits) if transcript.recogniser else None
    has_letters = has_pictures = False
    for index in range(len(document)):
        if index:
            transcript.turn_page()
        page = document[index]
        try:
            text = _text_of(page)
            if any(map(str.isalpha, text)):  # a scan may still have a page number or a stamp as text
                has_letters = True
            elif recognition and _shows(page, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH):
                recognition.write(_picture_of(page))
            elif _shows(page, pdfium.FPDF_PAGEOBJ_IMAGE):
                has_pictures = True
            transcript.write(text)
        finally:
            page.close()
    has_letters = has_letters or bool(recognition and recognition.found_letters)
    if not has_letters:
        raise UnreadableError(Reason.NOT_RECOGNISED if recognition else Reason.SCANNED)
    if has_pictures:
        transcript.shortcoming = Reason.PARTLY_SCANNED


def _shows(page: pypdfium2.PdfPage, *kinds: int) -> bool:
    return next(page.get_objects(filter=kinds), None) is not None


def _picture_of(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    scale = min(_DOTS_PER_POINT, (_PIXELS / max(1.0, width * height)) ** 0.5)
    return page.render(scale=scale, grayscale=True).to_pil()


def _text_of(page: pypdfium2.PdfPage) -> str:
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_bounded()
    finally:
        text_page.close()
    return _SPLIT_WORD.sub("", text).replace("\x02", "-")
