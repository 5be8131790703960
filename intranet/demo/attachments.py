"""Real files for the demo's matters, made when it is loaded: PDF, DOCX, XLSX, CSV and TXT."""

import csv
from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from xml.sax.saxutils import escape

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

SONG = "STSong-Light"
MADE_AT = datetime(2026, 1, 1)
_TITLE = ParagraphStyle("title", fontName=SONG, fontSize=18, leading=27, alignment=TA_CENTER, spaceAfter=8 * mm)
_TEXT = ParagraphStyle("text", fontName=SONG, fontSize=12, leading=21, wordWrap="CJK", spaceAfter=3 * mm)
_GRID = [
    ("FONT", (0, 0), (-1, -1), SONG, 11),
    ("GRID", (0, 0), (-1, -1), 0.5, "#555555"),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
]

Rows = Sequence[Sequence[object]]


def make_file(kind: str, *, title: str, paragraphs: Sequence[str] = (), rows: Rows = ()) -> bytes:
    """The content of a file of the kind (its extension) with a title, paragraphs and a table.

    Raises `ValueError` for a kind that is not made here. Tibetan belongs in DOCX, XLSX, CSV or TXT: the PDF's
    Chinese font has no Tibetan.
    """
    maker = _MAKERS.get(kind)
    if maker is None:
        raise ValueError(f"no file of kind “{kind}” is made here, only {', '.join(_MAKERS)}")
    return maker(title, paragraphs, rows)


def _pdf(title: str, paragraphs: Sequence[str], rows: Rows) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    content = BytesIO()
    story: list[Flowable] = [Paragraph(escape(title), _TITLE)]
    story += [Paragraph(escape(text).replace("\n", "<br/>"), _TEXT) for text in paragraphs]
    if rows:
        cells = [[Paragraph(escape(str(cell)), _TEXT) for cell in row] for row in rows]
        story += [Spacer(0, 4 * mm), Table(cells, style=_GRID, repeatRows=1)]
    document = SimpleDocTemplate(
        content, pagesize=A4, title=title, leftMargin=28 * mm, rightMargin=26 * mm, topMargin=30 * mm, invariant=1
    )
    document.build(story)
    return content.getvalue()


def _docx(title: str, paragraphs: Sequence[str], rows: Rows) -> bytes:
    document = Document()
    document.core_properties.title = title
    document.core_properties.created = document.core_properties.modified = MADE_AT
    document.add_heading(title, level=0)
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=max(map(len, rows)), style="Table Grid")
        for row in rows:
            cells = table.add_row().cells
            for cell, value in zip(cells, row, strict=False):
                cell.text = str(value)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _xlsx(title: str, paragraphs: Sequence[str], rows: Rows) -> bytes:
    workbook = Workbook()
    workbook.properties.title = title
    workbook.properties.created = workbook.properties.modified = MADE_AT
    sheet = workbook.active
    sheet.title = "".join(character for character in title if character not in "[]:*?/\\")[:31] or "Sheet1"
    for row in [[title], *rows, *([text] for text in paragraphs)]:
        sheet.append(list(row))
    sheet["A1"].font = Font(bold=True, size=14)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _csv(title: str, paragraphs: Sequence[str], rows: Rows) -> bytes:
    content = StringIO()
    csv.writer(content).writerows(rows or [[title], *([text] for text in paragraphs)])
    return content.getvalue().encode("utf-8-sig")


def _txt(title: str, paragraphs: Sequence[str], rows: Rows) -> bytes:
    lines = ["\t".join(map(str, row)) for row in rows]
    return "\n\n".join([title, *paragraphs, *(["\n".join(lines)] if lines else [])]).encode()


_MAKERS: dict[str, Callable[[str, Sequence[str], Rows], bytes]] = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "txt": _txt,
}
