"""Makes real files that tell more than they say: author, editors, place, comments, what is hidden."""

import io
import struct
import zipfile

import docx
import openpyxl
import pikepdf
import pptx
from lxml import etree
from odf import dc, meta
from odf import text as odf_text
from odf.opendocument import OpenDocumentText
from openpyxl.comments import Comment
from PIL import Image, PngImagePlugin
from pptx.util import Cm

from tests.search.extraction import documents
from tests.search.extraction.documents import SENTENCE

NAME = "ZhangSan"
COMPANY = "HiddenCompany"
TITLE = "draft of ZhangSan"


def photograph(picture_format: str = "JPEG", *, orientation: int = 1, text: bool = True) -> bytes:
    """A picture with a place, a camera, a name and a preview."""
    picture = Image.effect_noise((48, 32), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CameraMaker"
    exif[0x013B] = NAME
    exif.get_ifd(0x8769)[0x9003] = "2026:01:05 09:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 59.0, 0.0), 3: "E", 4: (102.0, 54.0, 0.0)})
    stream = io.BytesIO()
    further = {}
    if picture_format == "PNG":
        further["pnginfo"] = PngImagePlugin.PngInfo()
        further["pnginfo"].add_text("Author", NAME)
        further["pnginfo"].add_itxt("XML:com.adobe.xmp", f"<x>{NAME}</x>")
    if picture_format == "JPEG":
        further.update(comment=NAME.encode(), progressive=orientation % 2 == 0)
    if picture_format == "WEBP":
        further["xmp"] = f"<x:xmpmeta>{NAME}</x:xmpmeta>".encode()
    picture.save(stream, picture_format, exif=exif, **further)
    return stream.getvalue()


def xmp_in_jpeg(picture: bytes) -> bytes:
    """The JPEG with XMP and a Photoshop block that name somebody."""
    segments = b""
    for marker, body in (
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>%s</x>" % NAME.encode()),
        (0xED, b"Photoshop 3.0\x00" + NAME.encode()),
    ):
        segments += b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body
    return picture[:2] + segments + picture[2:]


def pdf(*, pages: int = 2, archival: bool = False) -> bytes:
    """A PDF with information, XMP, editing data, a photograph, and a comment."""
    with pikepdf.open(io.BytesIO(documents.pdf(*[[SENTENCE]] * pages))) as made:
        made.docinfo["/Author"], made.docinfo["/Title"] = NAME, TITLE
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = [NAME]
            if archival:
                metadata["pdfaid:part"], metadata["pdfaid:conformance"] = "2", "B"
        page = made.pages[0]
        page.PieceInfo = pikepdf.Dictionary(Program=pikepdf.Dictionary(Private=NAME))
        picture = pikepdf.Stream(made, photograph())
        picture.Type, picture.Subtype, picture.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
        picture.Width, picture.Height, picture.BitsPerComponent = 48, 32, 8
        picture.ColorSpace = pikepdf.Name.DeviceRGB
        picture.Metadata = pikepdf.Stream(made, NAME.encode())
        page.Resources.XObject = pikepdf.Dictionary(Photo=made.make_indirect(picture))
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="a remark"
        )
        page.Annots = made.make_indirect([made.make_indirect(note)])
        return _written(made.save)


def pdf_saved_twice() -> bytes:
    """A PDF whose first version is still in it."""
    content = documents.pdf([SENTENCE])
    start = content.rindex(b"startxref")
    trailer = content[content.rindex(b"trailer") : start].replace(b">>", b"/Prev %d >>" % _cross_references(content))
    at = len(content) + 1
    return content + b"\nxref\n0 0\n" + trailer + b"startxref\n%d\n%%%%EOF\n" % at


def _cross_references(content: bytes) -> int:
    return int(content[content.rindex(b"startxref") + 9 :].split()[0])


def signed_pdf() -> bytes:
    """A PDF with a signature field that is filled, as far as its structure goes."""
    with pikepdf.open(io.BytesIO(documents.pdf([SENTENCE]))) as made:
        field = made.make_indirect(
            pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Signature", V=pikepdf.Dictionary(Type=pikepdf.Name.Sig))
        )
        made.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
        return _written(made.save)


def word(*, discussed: bool = False, pictures: bool = True) -> bytes:
    """A DOCX with properties, editing marks and a photograph; with `discussed` also a comment and a change."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.last_modified_by = NAME
    document.core_properties.title = TITLE
    paragraph = document.add_paragraph(SENTENCE)
    paragraph._p.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rsidR", "00AB12CD")
    document.add_paragraph('A paragraph about w:rsidR="00AB12CD" itself')
    if pictures:
        document.add_picture(io.BytesIO(photograph()))
    if discussed:
        document.add_comment(paragraph.runs, text="a remark", author=NAME, initials="Z")
        change = etree.SubElement(paragraph._p, "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}ins")
        change.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}author", NAME)
    content = _written(document.save)
    app = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Company>{COMPANY}</Company></Properties>"
    )
    return documents.changed_container(content, {"docProps/app.xml": app.encode()})


def workbook(*, hidden: bool = False) -> bytes:
    """An XLSX with properties, and the path where its author keeps it."""
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = NAME
    book.active.append([SENTENCE, 12.5])
    if hidden:
        sheet = book.create_sheet("底数")
        sheet.sheet_state = "hidden"
        sheet["A1"].comment = Comment("a remark", NAME)
        book.active.row_dimensions[1].hidden = True
    content = _written(book.save)
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        xml = container.read("xl/workbook.xml")
    path = (
        b'<x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" '
        b'url="C:\\Users\\%s\\"/>' % NAME.encode()
    )
    at = xml.index(b"<sheets")
    return documents.changed_container(content, {"xl/workbook.xml": xml[:at] + path + xml[at:]})


def slides(*, notes: str = "") -> bytes:
    """A PPTX with properties and a photograph."""
    show = pptx.Presentation()
    show.core_properties.author = show.core_properties.last_modified_by = NAME
    slide = show.slides.add_slide(show.slide_layouts[6])
    slide.shapes.add_textbox(Cm(1), Cm(1), Cm(10), Cm(3)).text_frame.text = SENTENCE
    slide.shapes.add_picture(io.BytesIO(photograph()), 0, 0)
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    return _written(show.save)


def open_text() -> bytes:
    """An ODT with an author, a thumbnail and a photograph."""
    document = OpenDocumentText()
    document.meta.addElement(dc.Creator(text=NAME))
    document.meta.addElement(meta.InitialCreator(text=NAME))
    document.text.addElement(odf_text.P(text=SENTENCE))
    document.addThumbnail(photograph("PNG"))
    document.addPictureFromString(photograph(), "image/jpeg")
    return _written(document.write)


RICH_TEXT = (
    rb"{\rtf1\ansi{\info{\author NAME}{\company {nested} COMPANY}}{\*\rsidtbl \rsid1}\pard text \{info\} \par}".replace(
        b"NAME", NAME.encode()
    ).replace(b"COMPANY", COMPANY.encode())
)


def signed(content: bytes, member: str) -> bytes:
    """The container with a signature, as far as its parts go."""
    return documents.changed_container(content, {member: b"<signature/>"})


def _written(write) -> bytes:
    stream = io.BytesIO()
    write(stream)
    return stream.getvalue()
