"""PDF files with a text layer, by PDFium."""

import re
from typing import BinaryIO

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from search.extraction.outcome import Limits, Reason
from search.extraction.transcript import Transcript, UnreadableError

_PROTECTED = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
_END_MARK_WITHIN_BYTES = 1024
# PDFium's mark for a hyphen at the end of a line.
_SPLIT_WORD = re.compile("(?<=[^\\W\\d_])\x02(?=[^\\W\\d_])")


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
    transcript.pages = len(document)
    transcript.lines_are_wrapped = True
    has_letters = False
    try:
        for index in range(len(document)):
            if index:
                transcript.turn_page()
            text = _text_of(document, index)
            has_letters = has_letters or any(map(str.isalpha, text))
            transcript.write(text)
    finally:
        document.close()
    if not has_letters:  # a scan may still have page numbers or a stamp as text
        raise UnreadableError(Reason.SCANNED)


def _text_of(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            text = text_page.get_text_bounded()
        finally:
            text_page.close()
    finally:
        page.close()
    return _SPLIT_WORD.sub("", text).replace("\x02", "-")
