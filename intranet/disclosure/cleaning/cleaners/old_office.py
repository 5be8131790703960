"""Files of Office 97 to 2003: their summary, overwritten in its place by one that says nothing.

Source: [MS-OLEPS] 2.20 and 2.21 (property sets), [MS-OSHARED] 2.3.3.2 (the two of Office).
"""

import io
import struct
import uuid

import olefile  # type: ignore[import-untyped]

from intranet.disclosure.cleaning.outcome import Findings, SignedError, Trace

_SUMMARIES = {
    "\x05SummaryInformation": uuid.UUID("f29f85e0-4ff9-1068-ab91-08002b27b3d9"),
    "\x05DocumentSummaryInformation": uuid.UUID("d5cdd502-2e9c-101b-9397-08002b2cf9ae"),
}
_SIGNATURES = ("_signatures", "_xmlsignatures", "\x05DigitalSignature")
_CODE_PAGE, _SHORT, _UTF16 = 1, 2, 1200


def cleaned(content: bytes, findings: Findings) -> bytes:
    """Without author, editor, company, dates and thumbnail.

    Names that the programs keep beside the text (of changes, remarks, the last user) stay: nothing that is kept
    can tell them from the text, so the editor is warned of every such file.
    """
    stream = io.BytesIO(content)
    with olefile.OleFileIO(stream, write_mode=True) as ole:
        if any(ole.exists(name) for name in _SIGNATURES):
            raise SignedError
        for name, identifier in _SUMMARIES.items():
            if not ole.exists(name):
                continue
            size = ole.get_size(name)
            said = ole.openstream(name).read()
            nothing = _empty_property_set(identifier)
            if size >= len(nothing) and said.rstrip(b"\0") != nothing.rstrip(b"\0"):
                ole.write_stream(name, nothing.ljust(size, b"\0"))
                findings.remove(Trace.PROPERTIES)
        findings.leave(Trace.EDITING)
        ole.fp.seek(0)
        return bytes(ole.fp.read())


def _empty_property_set(identifier: uuid.UUID) -> bytes:
    """A property set that says its encoding alone, which the programs want to know."""
    properties = struct.pack("<IIIIHHHH", 24, 1, _CODE_PAGE, 16, _SHORT, 0, _UTF16, 0)
    return struct.pack("<HHI16xI16sI", 0xFFFE, 0, 0x0002_0006, 1, identifier.bytes_le, 48) + properties
