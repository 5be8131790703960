"""Rewriting a zip container entry by entry: what no rule speaks of comes out byte by byte as it was."""

import io
import re
import zipfile
from collections.abc import Callable

from lxml import etree  # type: ignore[import-untyped]

from intranet.disclosure.cleaning.cleaners.picture import without_traces
from intranet.disclosure.cleaning.outcome import Findings, Trace
from search.extraction.container import open_container
from search.extraction.outcome import Limits

Rewrite = Callable[[str, bytes], bytes | None]

_TAG = re.compile(rb"<[^<>]+>")
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")


def rewritten(content: bytes, rewrite: Rewrite) -> bytes:
    """The container with each entry as `rewrite(name, content)` has it, in order; None takes it out."""
    stream = io.BytesIO()
    with (
        open_container(io.BytesIO(content), limits=Limits()) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            part = rewrite(member.filename, old.read(member))
            if part is None:
                continue
            entry = zipfile.ZipInfo(member.filename, member.date_time)
            entry.compress_type = (
                zipfile.ZIP_STORED if member.compress_type == zipfile.ZIP_STORED else (zipfile.ZIP_DEFLATED)
            )
            entry.external_attr = member.external_attr
            new.writestr(entry, part)
    return stream.getvalue()


def names_in(content: bytes) -> list[str]:
    """The names of all entries. Raises `UnreadableError` as `open_container` does."""
    with open_container(io.BytesIO(content), limits=Limits()) as container:
        return container.namelist()


def picture_without_traces(name: str, part: bytes, findings: Findings) -> bytes:
    """A picture inside a document; anything else, and a picture that cannot be followed, as it is."""
    return without_traces(part, findings) if name.lower().endswith(_PICTURES) else part


def without_in_tags(part: bytes, attribute: re.Pattern[bytes], findings: Findings, trace: Trace) -> bytes:
    """The XML without the attribute in any of its tags; its text is never touched."""
    if not attribute.search(part):
        return part
    plain = _TAG.sub(lambda tag: attribute.sub(b"", tag[0]), part)
    if plain != part:
        findings.remove(trace)
    return plain


def emptied(part: bytes, findings: Findings, trace: Trace) -> bytes:
    """The XML with nothing in its root element, which keeps its name."""
    root = parsed(part)
    if not len(root) and not (root.text or "").strip():
        return part
    findings.remove(trace)
    bare = etree.Element(root.tag, nsmap=root.nsmap, attrib=dict(root.attrib))
    return serialised(bare)


def parsed(part: bytes) -> etree._Element:
    """The root of an XML part, without following anything outside it."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def serialised(root: etree._Element) -> bytes:
    """The XML part as office programs write it."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
