"""What kind of file it is, told by its content; the name only breaks ties between kinds of plain text."""

import re
import zipfile
from enum import Enum
from pathlib import PurePath
from typing import BinaryIO

import olefile  # type: ignore[import-untyped]

from search.extraction.container import open_container, relations_of
from search.extraction.encoding import SAMPLE_BYTES, encoding_of
from search.extraction.outcome import Limits, Reason
from search.extraction.transcript import UnreadableError


class Kind(Enum):
    """A kind of file that can be read; the value is the module of `search.extraction.readers` that does."""

    PDF = "pdf"
    DOCX = "word"
    PPTX = "slides"
    XLSX = "workbook"
    XLS = "old_workbook"
    ODF = "open_document"
    DOC = "old_word"
    PPT = "old_slides"
    RTF = "rich_text"
    EML = "mail"
    MSG = "outlook_mail"
    ZIP = "archive"
    PICTURE = "picture"
    HTML = "web_page"
    TEXT = "plain_text"


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_FTYP_PICTURES = (b"ftypmif", b"ftyphei", b"ftypavi")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0")
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = {
    "WordDocument": Kind.DOC,
    "PowerPoint Document": Kind.PPT,
    "__properties_version1.0": Kind.MSG,
}
_OFFICE_FOLDERS = {"word": Kind.DOCX, "ppt": Kind.PPTX, "xl": Kind.XLSX}
_OPEN_DOCUMENT = re.compile(r"application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation|graphics)\b")

_HTML_START = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--((?!-->).)*-->\s*)*<(!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_START = re.compile(r"\s*<\?(xml|mso-application)\b")
_HTML_TAG = re.compile(r"<(p|div|span|table|br|h[1-6]|a|ul|ol|font|b|meta|title)\b[^>]*>", re.IGNORECASE)
_HTML_NAMES = {".html", ".htm", ".xhtml", ".shtml"}
_MAIL_START = re.compile(r"(?:[\w-]+:.*\n|[ \t].*\n)*MIME-Version:", re.IGNORECASE)
_HEADER = re.compile(r"[\w-]+:")
# Servers and mail programs leave lines of their own before the header.
_PDF_HEADER = re.compile(rb"(?:\A(?:\xef\xbb\xbf)?|[\r\n])%PDF-\d")
_PDF_HEADER_WITHIN_BYTES = 1024


def kind_of(stream: BinaryIO, *, file_name: str, limits: Limits) -> Kind:
    """The kind of the file, whatever its name says.

    Raises `UnreadableError` with the best reason for the owner where no reader is kept for it.
    The stream's position is undefined afterwards.
    """
    stream.seek(0)
    sample = stream.read(SAMPLE_BYTES)
    if _PDF_HEADER.search(sample[:_PDF_HEADER_WITHIN_BYTES]):
        return Kind.PDF
    if sample.startswith(b"PK\x03\x04"):
        with open_container(stream, limits=limits) as container:
            return _kind_of_container(container)
    if sample.startswith(_OLE):
        return _kind_of_ole(stream)
    if sample.startswith(b"{\\rtf"):
        return Kind.RTF
    if sample.startswith(_PICTURES) or sample[8:12] == b"WEBP" or sample[4:11] in _FTYP_PICTURES:
        return Kind.PICTURE
    if sample.startswith(_EMPTY_ZIP):
        raise UnreadableError(Reason.NO_TEXT)
    if sample.startswith(_ARCHIVES):
        raise UnreadableError(Reason.ARCHIVE)
    return _kind_of_text(sample, file_name=file_name)


def _kind_of_container(container: zipfile.ZipFile) -> Kind:
    names = container.NameToInfo
    if "mimetype" in names:
        if not _OPEN_DOCUMENT.match(container.read("mimetype").decode("ascii", "replace")):
            raise UnreadableError(Reason.UNKNOWN_TYPE)
        if "META-INF/manifest.xml" in names and b"encryption-data" in container.read("META-INF/manifest.xml"):
            raise UnreadableError(Reason.PROTECTED)
        return Kind.ODF
    for relation in relations_of(container, ""):
        folder = relation.target.partition("/")[0]
        if relation.kind == "officeDocument" and folder in _OFFICE_FOLDERS:
            if not relation.target.endswith(".xml"):  # the binary form of a workbook
                raise UnreadableError(Reason.OLD_FORMAT)
            return _OFFICE_FOLDERS[folder]
    if "[Content_Types].xml" in names or "OFD.xml" in names:
        raise UnreadableError(Reason.UNKNOWN_TYPE)
    return Kind.ZIP


def _kind_of_ole(stream: BinaryIO) -> Kind:
    """The kind of a file in the container of Office 97, which also wraps encrypted files of today."""
    stream.seek(0)
    try:
        with olefile.OleFileIO(stream) as ole:
            if ole.exists("EncryptedPackage"):
                raise UnreadableError(Reason.PROTECTED)
            if ole.exists("Workbook") or ole.exists("Book"):
                return Kind.XLS
            for stream_name, kind in _OLE_STREAMS.items():
                if ole.exists(stream_name):
                    return kind
    except OSError as error:
        raise UnreadableError(Reason.DAMAGED) from error
    raise UnreadableError(Reason.OLD_FORMAT)


def _kind_of_text(sample: bytes, *, file_name: str) -> Kind:
    encoding = encoding_of(sample)
    if encoding is None:
        raise UnreadableError(Reason.UNKNOWN_TYPE)
    start = sample.decode(encoding, "replace")[:4096].lstrip("\ufeff")
    if _HTML_START.match(start):
        return Kind.HTML
    if _XML_START.match(start):
        is_office = "mso-application" in start or "opendocument" in start
        raise UnreadableError(Reason.OLD_FORMAT if is_office else Reason.UNKNOWN_TYPE)
    suffix = PurePath(file_name).suffix.lower()
    if _MAIL_START.match(start) or (suffix == ".eml" and _HEADER.match(start)):
        return Kind.EML
    if suffix in _HTML_NAMES and _HTML_TAG.search(start):
        return Kind.HTML
    return Kind.TEXT
