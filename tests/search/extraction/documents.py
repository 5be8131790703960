"""Makes real documents with the libraries that people's programs are built on."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import docx
import openpyxl
import pptx
import pypdf
import xlwt
from lxml import etree
from msoffcrypto.format.ooxml import OOXMLFile
from odf import draw, style, table
from odf import text as odf_text
from odf.opendocument import (
    OpenDocument,
    OpenDocumentPresentation,
    OpenDocumentSpreadsheet,
    OpenDocumentText,
)
from pptx.util import Cm
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SENTENCE = "各县区安全生产监督管理局应当建立安全生产隐患排查治理制度。"
TIBETAN = "བདེ་འཇགས་ཐོན་སྐྱེད་ལྟ་སྐུལ་དོ་དམ་ཅུའུ།"
PASSWORD = "secret"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
    "0def46b80000000049454e44ae426082"
)


def pdf(*pages: Sequence[str]) -> bytes:
    """A PDF with a text layer: each page a sequence of printed lines."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas, stream = _canvas()
    for lines in pages:
        block = canvas.beginText(72, 760)
        for line in lines:
            block.setFont("Helvetica" if line.isascii() else "STSong-Light", 12)
            block.textLine(line)
        canvas.drawText(block)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def scanned_pdf(page_number: str = "") -> bytes:
    """A PDF of a picture, at most with a page number as text."""
    canvas, stream = _canvas()
    canvas.rect(72, 72, 400, 600, fill=1)
    canvas.drawString(300, 30, page_number)
    canvas.save()
    return stream.getvalue()


def encrypted_pdf(content: bytes, *, to_open: str = PASSWORD) -> bytes:
    """The PDF with a password to open it, and another to change it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(to_open, owner_password="owner", algorithm="AES-256")
    return _written(writer.write)


def word(*paragraphs: str, header: str = "", footer: str = "", cells: Iterable[Sequence[str]] = ()) -> bytes:
    """A DOCX, with a table where `cells` has rows."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows := list(cells):
        grid = document.add_table(len(rows), len(rows[0]))
        for row, values in zip(grid.rows, rows, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = footer
    return _written(document.save)


def word_with_text_box(before: str, boxed: str, after: str) -> bytes:
    """A DOCX with a text box anchored inside a sentence, kept twice as Word does: for new programs and old."""
    document = docx.Document()
    paragraph = document.add_paragraph(before)
    names = " ".join(
        f'xmlns:{prefix}="{uri}"'
        for prefix, uri in {
            "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
            "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
            "v": "urn:schemas-microsoft-com:vml",
        }.items()
    )
    box = f"<w:txbxContent><w:p><w:r><w:t>{boxed}</w:t></w:r></w:p></w:txbxContent>"
    paragraph._p.append(
        etree.fromstring(
            f'<w:r {names}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx>'
            f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
    )
    paragraph.add_run(after)
    return _written(document.save)


def word_with_main_part(name: str, *paragraphs: str) -> bytes:
    """A DOCX whose main part has another name than usual, as some programs on the web write it."""
    content = word(*paragraphs)
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        members = {member: container.read(member) for member in container.namelist()}
    members[name] = members.pop("word/document.xml")
    members["_rels/.rels"] = members["_rels/.rels"].replace(b"word/document.xml", name.encode())
    return archive(members)


def other_ole() -> bytes:
    """A file in the container of Office 97 that is none of its programs': an XLS whose stream is renamed."""
    return old_workbook([SENTENCE]).replace("Workbook\0".encode("utf-16-le"), "WordText\0".encode("utf-16-le"))


def encrypted_office(content: bytes) -> bytes:
    """An office document of today with a password: wrapped in the container of Office 97."""
    return _written(lambda stream: OOXMLFile(io.BytesIO(content)).encrypt(PASSWORD, stream))


def workbook(*rows: Sequence[Any], title: str = "Sheet", hidden_rows: Iterable[Sequence[Any]] = ()) -> bytes:
    """An XLSX, with a second sheet that is hidden."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    hidden = book.create_sheet("hidden")
    hidden.sheet_state = "hidden"
    for row in hidden_rows:
        hidden.append(row)
    return _written(book.save)


def old_workbook(*rows: Sequence[Any]) -> bytes:
    """An XLS."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    as_date = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            sheet.write(y, x, value, *([as_date] if isinstance(value, date) else []))
    return _written(book.save)


def slides(*texts: str, notes: str = "") -> bytes:
    """A PPTX with a slide for each text, and notes on the last."""
    show = pptx.Presentation()
    for text in texts:
        slide = show.slides.add_slide(show.slide_layouts[6])
        slide.shapes.add_textbox(Cm(1), Cm(1), Cm(10), Cm(3)).text_frame.text = text
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    return _written(show.save)


def slides_in_another_order(*texts: str) -> bytes:
    """A PPTX whose last slide was moved to the front."""
    show = pptx.Presentation(io.BytesIO(slides(*texts)))
    order = show.slides._sldIdLst
    order.insert(0, order[-1])
    return _written(show.save)


def open_text(*paragraphs: str, footnote: str = "", footer: str = "") -> bytes:
    """An ODT; the footnote hangs on the end of the first paragraph."""
    document = OpenDocumentText()
    for paragraph in paragraphs:
        element = odf_text.P(text=paragraph)
        if footnote:
            element.addElement(_footnote(footnote))
            footnote = ""
            element.addText("完")
        document.text.addElement(element)
    if footer:
        layout = style.PageLayout(name="layout")
        document.automaticstyles.addElement(layout)
        master = style.MasterPage(name="Standard", pagelayoutname=layout)
        block = style.Footer()
        block.addElement(odf_text.P(text=footer))
        master.addElement(block)
        document.masterstyles.addElement(master)
    return _written_odf(document)


def open_sheet(*rows: Sequence[str]) -> bytes:
    """An ODS."""
    document = OpenDocumentSpreadsheet()
    grid = table.Table(name="Sheet")
    for row in rows:
        line = table.TableRow()
        for value in row:
            cell = table.TableCell(valuetype="string")
            cell.addElement(odf_text.P(text=value))
            line.addElement(cell)
        grid.addElement(line)
    document.spreadsheet.addElement(grid)
    return _written_odf(document)


def open_slides(*texts: str) -> bytes:
    """An ODP."""
    document = OpenDocumentPresentation()
    layout = style.PageLayout(name="layout")
    document.automaticstyles.addElement(layout)
    master = style.MasterPage(name="Standard", pagelayoutname=layout)
    document.masterstyles.addElement(master)
    for text in texts:
        page = draw.Page(masterpagename=master)
        frame, box = draw.Frame(width="10cm", height="3cm"), draw.TextBox()
        box.addElement(odf_text.P(text=text))
        frame.addElement(box)
        page.addElement(frame)
        document.presentation.addElement(page)
    return _written_odf(document)


def encrypted_open_text() -> bytes:
    """An ODT with a password, as far as its manifest goes."""
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
        "</manifest:manifest>"
    )
    return changed_container(
        open_text(SENTENCE), {"META-INF/manifest.xml": manifest.encode(), "content.xml": bytes(range(256))}
    )


def changed_container(content: bytes, members: dict[str, bytes]) -> bytes:
    """The zip container with some members replaced or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, member in members.items():
            new.writestr(name, member)
    return stream.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    """A plain zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, member in members.items():
            container.writestr(name, member)
    return stream.getvalue()


def _canvas() -> tuple[Canvas, io.BytesIO]:
    stream = io.BytesIO()
    return Canvas(stream, pagesize=A4), stream


def _footnote(words: str) -> odf_text.Note:
    note = odf_text.Note(noteclass="footnote")
    note.addElement(odf_text.NoteCitation(text="1"))
    body = odf_text.NoteBody()
    body.addElement(odf_text.P(text=words))
    note.addElement(body)
    return note


def _written_odf(document: OpenDocument) -> bytes:
    return _written(document.write)


def _written(write: Any) -> bytes:
    stream = io.BytesIO()
    write(stream)
    return stream.getvalue()
