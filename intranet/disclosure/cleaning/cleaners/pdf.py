"""PDF files, by pikepdf.

Source of the names: ISO 32000-1, 14.3 (metadata), 14.5 (page-piece dictionaries), 12.7.4.5 and 12.8 (signatures).
"""

import io
from typing import Any

import pikepdf
from pikepdf import Name

from intranet.disclosure.cleaning.cleaners.picture import without_traces
from intranet.disclosure.cleaning.outcome import Findings, ProtectedError, SignedError, Trace

_SIGNATURES_EXIST = 1
_LEFT_BY_PROGRAMS = ("/PieceInfo", "/LastModified")
# What says that a file is fit for the archive, or for a screen reader; it names nobody.
_KEPT = ("{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}")
_SHOWN_ALWAYS = {"/Link", "/Widget", "/PrinterMark", "/TrapNet", "/Watermark"}


def cleaned(content: bytes, findings: Findings) -> bytes:
    """Without document information, XMP, thumbnails, what editing programs leave, and earlier versions."""
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise ProtectedError from error
    with pdf:
        if pdf.is_encrypted:
            raise ProtectedError
        if _is_signed(pdf):
            raise SignedError
        if content.count(b"startxref") > (2 if pdf.is_linearized else 1):
            findings.remove(Trace.EARLIER_VERSIONS)
        _clean_document(pdf, findings)
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                _clean_object(thing, findings)
        _note_what_is_left(pdf, findings)
        stream = io.BytesIO()
        pdf.save(stream, deterministic_id=True)
    return stream.getvalue()


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    form = pdf.Root.get("/AcroForm")
    if form is not None and int(form.get("/SigFlags", 0)) & _SIGNATURES_EXIST:
        return True
    return "/Perms" in pdf.Root or any(
        isinstance(thing, pikepdf.Dictionary) and thing.get("/FT") == Name.Sig and "/V" in thing
        for thing in pdf.objects
    )


def _clean_document(pdf: pikepdf.Pdf, findings: Findings) -> None:
    if "/Info" in pdf.trailer:
        if len(pdf.trailer.Info.keys()):
            findings.remove(Trace.PROPERTIES)
        del pdf.trailer["/Info"]
    if "/Metadata" in pdf.Root:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            kept = {name: metadata[name] for name in metadata if name.startswith(_KEPT)}
            others = len(list(metadata)) - len(kept)
        if others:
            findings.remove(Trace.PROPERTIES)
            del pdf.Root["/Metadata"]
            if kept:
                with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
                    for name, value in kept.items():
                        metadata[name] = value
    main = pdf.Root.get("/Metadata")
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) or "/Metadata" not in thing:
            continue
        if main is None or thing.Metadata.objgen != main.objgen:
            findings.remove(Trace.PROPERTIES)
            del thing["/Metadata"]


def _clean_object(thing: Any, findings: Findings) -> None:
    if "/Thumb" in thing:
        findings.remove(Trace.THUMBNAIL)
        del thing["/Thumb"]
    for name in _LEFT_BY_PROGRAMS:
        if name in thing:
            findings.remove(Trace.EDITING)
            del thing[name]
    if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == Name.DCTDecode:
        picture = thing.read_raw_bytes()
        plain = without_traces(picture, findings)
        if plain != picture:
            parameters: Any = thing.get("/DecodeParms")
            thing.write(plain, filter=Name.DCTDecode, decode_parms=parameters)


def _note_what_is_left(pdf: pikepdf.Pdf, findings: Findings) -> None:
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            if str(annotation.get("/Subtype")) not in _SHOWN_ALWAYS:
                findings.leave(Trace.COMMENTS)
    if len(pdf.attachments):
        findings.leave(Trace.EMBEDDED_FILES)
    layers: Any = pdf.Root.get("/OCProperties")
    if layers is not None and "/D" in layers and len(layers.D.get("/OFF", [])):
        findings.leave(Trace.HIDDEN_LAYERS)
