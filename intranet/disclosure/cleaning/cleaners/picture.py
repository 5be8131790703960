"""Photographs and drawings, without touching a pixel: what describes them lies in parts of its own.

Sources: JPEG ISO 10918-1 annex B and Exif 2.32, 4.5; PNG (third edition) 11.3; WebP container specification (Google).
"""

import io
import struct
from collections.abc import Iterator

from PIL import Image

from intranet.disclosure.cleaning.outcome import Findings, Trace, UnsupportedError

_ORIENTATION, _GPS, _UPRIGHT = 0x0112, 0x8825, 1
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_TRACES = {b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"}
_SOS, _EOI, _COMMENT, _APP0, _APP2, _APP14, _APP15 = 0xDA, 0xD9, 0xFE, 0xE0, 0xE2, 0xEE, 0xEF
_COLOUR_PROFILE = b"ICC_PROFILE\0"
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04


def cleaned(content: bytes, findings: Findings) -> bytes:
    """Without Exif, place, XMP, captions and previews; the side that is up is kept. Only JPEG, PNG and WebP."""
    if not content.startswith((b"\xff\xd8", _PNG_SIGNATURE)) and content[8:12] != b"WEBP":
        with Image.open(io.BytesIO(content)) as picture:
            raise UnsupportedError(*_traces_in(picture.getexif()))
    return without_traces(content, findings)


def without_traces(content: bytes, findings: Findings) -> bytes:
    """The picture without its traces; as it is where it is none of the three kinds. Raises where it is broken."""
    if content.startswith(b"\xff\xd8"):
        parts = _jpeg(content, findings)
    elif content.startswith(_PNG_SIGNATURE):
        parts = _png(content, findings)
    elif content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _webp(content, findings)
    else:
        return content
    return b"".join(parts)


def _traces_in(exif: Image.Exif) -> Iterator[Trace]:
    if exif.get_ifd(_GPS):
        yield Trace.LOCATION
    if set(exif) - {_ORIENTATION, _GPS}:
        yield Trace.CAMERA


def _note(raw_exif: bytes, findings: Findings) -> int:
    """Tell what this Exif block holds; return the side that is up."""
    exif = Image.Exif()
    exif.load(raw_exif)
    orientation = exif.get(_ORIENTATION, _UPRIGHT)
    for trace in _traces_in(exif):
        findings.remove(trace)
    if exif.get_ifd(0x8769):
        findings.remove(Trace.CAMERA)
    if not isinstance(orientation, int) or not 1 <= orientation <= 8:
        return _UPRIGHT
    return orientation


def _orientation_alone(orientation: int) -> bytes:
    """An Exif block that says which side is up and nothing else."""
    return b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, orientation, 0, 0)


def _jpeg(content: bytes, findings: Findings) -> Iterator[bytes]:
    yield content[:2]
    at = 2
    while True:
        while content[at] == 0xFF and content[at + 1] == 0xFF:  # fill
            at += 1
        if content[at] != 0xFF:
            raise ValueError("A segment of the JPEG does not begin where it should")
        marker = content[at + 1]
        if marker == _EOI:
            yield content[at : at + 2]
            if content[at + 2 :].strip(b"\0"):
                findings.remove(Trace.EDITING)  # programs of telephones add films and second pictures
            return
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if end > len(content):
            raise ValueError("The JPEG was cut off")
        segment, body = content[at:end], content[at + 4 : end]
        if marker == _SOS:
            end = _end_of_scan(content, end)
            yield content[at:end]
        elif _is_trace(marker, body):
            yield from _replaced(body, findings)
        else:
            yield segment
        at = end


def _is_trace(marker: int, body: bytes) -> bool:
    if marker == _COMMENT:
        return True
    keeps_colours = marker in {_APP0, _APP14} or (marker == _APP2 and body.startswith(_COLOUR_PROFILE))
    return _APP0 <= marker <= _APP15 and not keeps_colours


def _replaced(body: bytes, findings: Findings) -> Iterator[bytes]:
    if not body.startswith(b"Exif\0\0"):
        findings.remove(Trace.PROPERTIES)
        return
    before = findings.removed
    orientation = _note(body, findings)
    alone = _orientation_alone(orientation)
    if orientation != _UPRIGHT:
        yield b"\xff\xe1" + struct.pack(">H", len(alone) + 2) + alone
    if findings.removed == before and body != alone:
        findings.remove(Trace.CAMERA)


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the compressed data ends: at the next marker that is no restart and no stuffing."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] and not 0xD0 <= content[at + 1] <= 0xD7 and content[at + 1] != 0xFF:
            return at
        at += 1 if content[at + 1] == 0xFF else 2


def _png(content: bytes, findings: Findings) -> Iterator[bytes]:
    yield _PNG_SIGNATURE
    at = len(_PNG_SIGNATURE)
    while True:
        size, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + size
        if end > len(content):
            raise ValueError("The PNG was cut off")
        if kind == b"eXIf":
            _note(b"Exif\0\0" + content[at + 8 : end - 4], findings)
            findings.remove(Trace.CAMERA)
        elif kind in _PNG_TRACES:
            findings.remove(Trace.PROPERTIES)
        else:
            yield content[at:end]
        if kind == b"IEND":
            if content[end:].strip(b"\0"):
                findings.remove(Trace.EDITING)
            return
        at = end


def _webp(content: bytes, findings: Findings) -> bytes:
    orientation = _UPRIGHT
    chunks: list[tuple[bytes, bytes]] = []
    at, whole = 12, 8 + struct.unpack_from("<I", content, 4)[0]
    if whole > len(content) + 1:
        raise ValueError("The WebP was cut off")
    while at + 8 <= whole:
        kind, size = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
        if kind == b"EXIF":
            raw = body if body.startswith(b"Exif\0\0") else b"Exif\0\0" + body
            orientation = _note(raw, findings)
            if raw != _orientation_alone(orientation):
                findings.remove(Trace.CAMERA)
        elif kind == b"XMP ":
            findings.remove(Trace.PROPERTIES)
        else:
            chunks.append((kind, body))
    if orientation != _UPRIGHT:
        chunks.append((b"EXIF", _orientation_alone(orientation)[6:]))
    flags = _WEBP_EXIF if orientation != _UPRIGHT else 0
    body = b"".join(_webp_chunk(kind, _with_flags(kind, part, flags)) for kind, part in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _with_flags(kind: bytes, body: bytes, flags: int) -> bytes:
    return bytes([body[0] & ~(_WEBP_EXIF | _WEBP_XMP) | flags]) + body[1:] if kind == b"VP8X" else body


def _webp_chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
