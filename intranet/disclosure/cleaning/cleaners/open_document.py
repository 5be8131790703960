"""OpenDocument files. Source: OASIS OpenDocument 1.3 part 2, 3.7 (meta.xml), 3.8 (thumbnail), 3.5 (signatures)."""

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

_META, _MANIFEST, _THUMBNAILS = "meta.xml", "META-INF/manifest.xml", "Thumbnails/"
_RSID = re.compile(rb'\s+officeooo:(?:paragraph-)?rsid="[0-9A-Fa-f]*"')
_TRACKED, _ANNOTATION = re.compile(rb"<text:changed-region\b"), re.compile(rb"<office:annotation\b")
_HIDDEN_TABLE = re.compile(rb'\btable:display="false"')
_HIDDEN_ROWS = re.compile(rb'<table:table-(?:row|column)\b[^>]*table:visibility="(?:collapse|filter)"')
_HIDDEN_WORDS = re.compile(rb'text:display="none"|<text:hidden-')
_EMBEDDED = re.compile(r"Object \d+|ObjectReplacements/")


def cleaned(content: bytes, findings: Findings) -> bytes:
    """Without its meta data, thumbnail and editing marks; comments and changes are left."""
    names = names_in(content)
    if "META-INF/documentsignatures.xml" in names:
        raise SignedError
    if any(_EMBEDDED.fullmatch(name.split("/")[0]) for name in names):
        findings.leave(Trace.EMBEDDED_FILES)
    return rewritten(content, partial(_part, findings=findings))


def _part(name: str, part: bytes, *, findings: Findings) -> bytes | None:
    if name.startswith(_THUMBNAILS):
        if not name.endswith("/"):
            findings.remove(Trace.THUMBNAIL)
        return None
    if name == _META:
        return emptied(part, findings, Trace.PROPERTIES)
    if name == _MANIFEST:
        return _without_thumbnail(part)
    if name in {"content.xml", "styles.xml"}:
        for trace, pattern in (
            (Trace.TRACKED_CHANGES, _TRACKED),
            (Trace.COMMENTS, _ANNOTATION),
            (Trace.HIDDEN_SHEETS, _HIDDEN_TABLE),
            (Trace.HIDDEN_CELLS, _HIDDEN_ROWS),
            (Trace.HIDDEN_TEXT, _HIDDEN_WORDS),
        ):
            if pattern.search(part):
                findings.leave(trace)
        return without_in_tags(part, _RSID, findings, Trace.EDITING)
    return picture_without_traces(name, part, findings)


def _without_thumbnail(part: bytes) -> bytes:
    if _THUMBNAILS.encode() not in part:
        return part
    root = parsed(part)
    for element in list(root):
        if any(str(value).startswith(_THUMBNAILS) for value in element.attrib.values()):
            root.remove(element)
    return serialised(root)
