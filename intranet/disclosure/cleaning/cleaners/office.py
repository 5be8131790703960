"""Office Open XML documents (DOCX, XLSX, PPTX): their properties, and what the programs note about editing.

Sources: ECMA-376 part 2, 8 (core properties) and 10 (signatures); part 1, 15.2 (shared parts), 17.15.1.70 (rsid);
[MS-XLSX] 2.4.5 (absPath).
"""

import re
from functools import partial

from intranet.disclosure.cleaning.cleaners.parts import (
    emptied,
    names_in,
    parsed,
    picture_without_traces,
    rewritten,
    serialised,
    without_in_tags,
)
from intranet.disclosure.cleaning.outcome import Findings, SignedError, Trace

_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_THUMBNAIL = "docProps/thumbnail."
_SIGNATURES = "_xmlsignatures/"
_PEOPLE = re.compile(r"word/people\.xml|ppt/(commentAuthors|authors)\.xml|xl/persons/[^/]+\.xml")
_COMMENTS = re.compile(r"(word|ppt|xl)/(.*/)?(comments?|threadedComments?)[^/]*\.xml|xl/(comments|threadedComments)/.*")
_COMMENT = re.compile(rb"<(?:\w+:)?(?:comment|cm|threadedComment)\b")
_EMBEDDED = re.compile(r"(word|ppt|xl)/embeddings/")
_REVISIONS = "xl/revisions/"

_RSID = re.compile(rb'\s+w:rsid\w*="[0-9A-Fa-f]*"')
_RSIDS = re.compile(rb"<w:rsids>.*?</w:rsids>|<w:rsids/>", re.DOTALL)
_PATH = re.compile(rb'(?<=\burl=")[^"]+(?=")')
_ABSOLUTE_PATH = re.compile(rb"<x15ac:absPath\b[^>]*>")
_USER_NAME = re.compile(rb'\s+userName="[^"]*"')
_FILE_SHARING = re.compile(rb"<fileSharing\b[^>]*>")
_TEMPLATE = re.compile(rb'(<Relationship\b[^>]*attachedTemplate"[^>]*\bTarget=")[^"]*(")')
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|\w+PrChange|cellIns|cellDel|numberingChange)\b[^>]*w:author=")
_HIDDEN_WORDS = re.compile(rb'<w:vanish(?:/>|\s+w:val="(?:1|true|on)")')
_HIDDEN_SHEET = re.compile(rb'<sheet\b[^>]*\bstate="(?:hidden|veryHidden)"')
_HIDDEN_CELLS = re.compile(rb'<(?:row|col)\b[^>]*\bhidden="(?:1|true)"')
_HIDDEN_SLIDE = re.compile(rb'<p:sld\b[^>]*\bshow="(?:0|false)"')
_NOTE_WORDS = re.compile(rb"<a:t>")


def cleaned(content: bytes, findings: Findings) -> bytes:
    """Without author, editors, company, dates, thumbnail, editing marks and paths; comments and changes are left."""
    if any(name.startswith(_SIGNATURES) for name in names_in(content)):
        raise SignedError
    look = partial(_look, findings=findings)
    rewritten(content, look)  # first what is left, because it decides whether the people's names go
    is_discussed = {Trace.COMMENTS, Trace.TRACKED_CHANGES} & set(findings.left)
    return rewritten(content, partial(_part, findings=findings, keep_people=bool(is_discussed)))


def _look(name: str, part: bytes, *, findings: Findings) -> bytes:
    for trace, is_there in (
        (Trace.COMMENTS, bool(_COMMENTS.fullmatch(name)) and bool(_COMMENT.search(part))),
        (Trace.EMBEDDED_FILES, bool(_EMBEDDED.match(name))),
        (Trace.TRACKED_CHANGES, name.startswith(_REVISIONS) or _in("word/", name, part, _TRACKED)),
        (Trace.HIDDEN_TEXT, _in("word/", name, part, _HIDDEN_WORDS) and name != "word/styles.xml"),
        (Trace.HIDDEN_SHEETS, _in("xl/workbook", name, part, _HIDDEN_SHEET)),
        (Trace.HIDDEN_CELLS, _in("xl/worksheets/", name, part, _HIDDEN_CELLS)),
        (Trace.HIDDEN_SLIDES, _in("ppt/slides/", name, part, _HIDDEN_SLIDE)),
        (Trace.NOTES, _in("ppt/notesSlides/", name, part, _NOTE_WORDS)),
    ):
        if is_there:
            findings.leave(trace)
    return part


def _in(folder: str, name: str, part: bytes, pattern: re.Pattern[bytes]) -> bool:
    return name.startswith(folder) and name.endswith(".xml") and pattern.search(part) is not None


def _part(name: str, part: bytes, *, findings: Findings, keep_people: bool) -> bytes | None:
    if name in _PROPERTIES:
        return emptied(part, findings, Trace.PROPERTIES)
    if name.startswith(_THUMBNAIL):
        findings.remove(Trace.THUMBNAIL)
        return None
    if name in {"_rels/.rels", "[Content_Types].xml"}:
        return _without_thumbnail(part)
    if _PEOPLE.fullmatch(name) and not keep_people:
        return emptied(part, findings, Trace.PROPERTIES)
    if name == "word/_rels/settings.xml.rels":
        return _replaced(part, _TEMPLATE, rb"\g<1>Normal.dotm\g<2>", findings)
    if name.startswith("word/") and name.endswith(".xml"):
        part = without_in_tags(part, _RSID, findings, Trace.EDITING)
        plain = _RSIDS.sub(b"", part) if name == "word/settings.xml" else part
        if plain != part:
            findings.remove(Trace.EDITING)
        return plain
    if name == "xl/workbook.xml":
        part = _within(part, _ABSOLUTE_PATH, _PATH, findings, Trace.PATHS)
        return _within(part, _FILE_SHARING, _USER_NAME, findings, Trace.PROPERTIES)
    return picture_without_traces(name, part, findings)


def _replaced(part: bytes, pattern: re.Pattern[bytes], by: bytes, findings: Findings) -> bytes:
    plain = pattern.sub(by, part)
    if plain != part:
        findings.remove(Trace.PATHS)
    return plain


def _within(part: bytes, tag: re.Pattern[bytes], what: re.Pattern[bytes], findings: Findings, trace: Trace) -> bytes:
    plain = tag.sub(lambda found: what.sub(b"", found[0]), part)
    if plain != part:
        findings.remove(trace)
    return plain


def _without_thumbnail(part: bytes) -> bytes:
    if b"thumbnail" not in part:
        return part
    root = parsed(part)
    for element in list(root):
        if _THUMBNAIL in (element.get("Target") or element.get("PartName") or ""):
            root.remove(element)
    return serialised(root)
