"""Documents of Word 97 to 2003 (DOC).

No well-kept library reads them; this reads their text and nothing else. Deleted and hidden passages cannot be told
apart. Source: [MS-DOC] 2.5.1 (Fib), 2.8.35 (PlcPcd), 2.9.73 (FcCompressed), 2.4.1 (retrieving text).
"""

import re
import struct
from collections.abc import Iterator
from typing import BinaryIO

import olefile  # type: ignore[import-untyped]

from search.extraction.outcome import Limits, Reason
from search.extraction.transcript import Transcript, UnreadableError

_IDENTITY = 0xA5EC
_OLDEST_VERSION = 0xC1  # Word 97; before, text was kept in another way
_ENCRYPTED = 0x0100
_SECOND_TABLE = 0x0200
_COMPRESSED = 1 << 30
_PIECES, _PROPERTIES = 2, 1

_FIELD_INSTRUCTION = re.compile("\x13[^\x13\x14\x15]*\x14?")
_LAST_CELL = "\x07\x07"
_MARKS = str.maketrans({"\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\r": "\n", "\x1e": "-", "\x15": "", "\x14": ""})


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write the body, footnotes, headers, endnotes and text boxes; remarks of reviewers are left out."""
    with olefile.OleFileIO(stream) as ole:
        main = ole.openstream("WordDocument").read()
        identity, version = struct.unpack_from("<HH", main)
        (flags,) = struct.unpack_from("<H", main, 0x0A)
        if identity != _IDENTITY or version < _OLDEST_VERSION:
            raise UnreadableError(Reason.OLD_FORMAT)
        if flags & _ENCRYPTED:
            raise UnreadableError(Reason.PROTECTED)
        table = ole.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
    body, notes, headers, _macros, remarks, *further = struct.unpack_from("<8i", main, 0x4C)
    text = "".join(_pieces(main, table, characters=transcript.room))
    before_remarks = body + notes + headers
    shown = text[:before_remarks] + text[before_remarks + remarks :][: sum(further)]
    while (stripped := _FIELD_INSTRUCTION.sub("", shown)) != shown:
        shown = stripped
    transcript.write(shown.replace(_LAST_CELL, "\n").translate(_MARKS))


def _pieces(main: bytes, table: bytes, *, characters: int) -> Iterator[str]:
    """The pieces of text in their order, never much more than asked for."""
    positions, descriptors = _piece_table(main, table)
    for start, end, descriptor in zip(positions, positions[1:], descriptors, strict=False):
        length = min(end - start, characters)
        if length < 0:
            raise UnreadableError(Reason.DAMAGED)
        at = descriptor & (_COMPRESSED - 1)
        if descriptor & _COMPRESSED:
            yield main[at // 2 : at // 2 + length].decode("cp1252", "replace")
        else:
            yield main[at : at + 2 * length].decode("utf-16-le", "replace")
        characters -= length


def _piece_table(main: bytes, table: bytes) -> tuple[tuple[int, ...], list[int]]:
    """Where in the text each piece begins and the last ends, and where in the stream each lies."""
    at, size = struct.unpack_from("<II", main, 0x1A2)
    complex_part = table[at : at + size]
    offset = 0
    while complex_part[offset] == _PROPERTIES:
        offset += 3 + struct.unpack_from("<H", complex_part, offset + 1)[0]
    if complex_part[offset] != _PIECES:
        raise UnreadableError(Reason.DAMAGED)
    (size,) = struct.unpack_from("<I", complex_part, offset + 1)
    pieces = complex_part[offset + 5 : offset + 5 + size]
    count = (len(pieces) - 4) // 12
    positions = struct.unpack_from(f"<{count + 1}I", pieces)
    starts = [struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * n + 2)[0] for n in range(count)]
    return positions, starts
