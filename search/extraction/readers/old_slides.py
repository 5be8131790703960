"""Presentations of PowerPoint 97 to 2003 (PPT).

No well-kept library reads them; this reads the text of the slides as they were last saved, and nothing that an
earlier saving left behind. Source: [MS-PPT] 2.1.2 (which records are current), 2.4.14.3 (SlideListWithText),
2.9.41 (TextCharsAtom).
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import olefile  # type: ignore[import-untyped]

from search.extraction.outcome import Limits, Reason
from search.extraction.transcript import Transcript, UnreadableError

_ENCRYPTED_TOKEN = 0xF3D1C4DF
_DEPTH = 30

_DOCUMENT, _SLIDE_ATOM, _SLIDE_PERSIST, _SLIDE_LIST = 0x03E8, 0x03EF, 0x03F3, 0x0FF0
_TEXT_CHARS, _TEXT_BYTES, _USER_EDIT, _DIRECTORY = 0x0FA0, 0x0FA8, 0x0FF5, 0x1772
_SLIDES, _NOTES = 0, 2
_CONTAINER = 0xF


class _Record(NamedTuple):
    kind: int
    instance: int
    is_container: bool
    content: memoryview


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write the slides in their order, each a page with its notes."""
    with olefile.OleFileIO(stream) as ole:
        user = ole.openstream("Current User").read()
        content = memoryview(ole.openstream("PowerPoint Document").read())
    _size, token, edit = struct.unpack_from("<III", user, 8)
    if token == _ENCRYPTED_TOKEN:
        raise UnreadableError(Reason.PROTECTED)
    document, places = _current(content, edit)
    lists = [record for record in _children(document.content) if record.kind == _SLIDE_LIST]
    notes = {entry.identifier: entry for some in lists if some.instance == _NOTES for entry in _entries(some)}
    slides = [entry for some in lists if some.instance == _SLIDES for entry in _entries(some)]
    transcript.pages = len(slides)
    for number, slide in enumerate(slides):
        if number:
            transcript.turn_page()
        own = _record_at(content, places[slide.persist])
        atom = next(record for record in _children(own.content) if record.kind == _SLIDE_ATOM)
        note = notes.get(struct.unpack_from("<I", atom.content, 16)[0])
        for text in (*slide.texts, *_texts(own), *(_note_texts(note, content, places) if note else ())):
            transcript.write(text)
            transcript.end_line()


class _Entry(NamedTuple):
    """A line of a list of slides or notes."""

    persist: int
    identifier: int
    texts: list[str]


def _entries(slide_list: _Record) -> list[_Entry]:
    found: list[_Entry] = []
    for record in _children(slide_list.content):
        if record.kind == _SLIDE_PERSIST:
            persist, _flags, _count, identifier = struct.unpack_from("<IIiI", record.content)
            found.append(_Entry(persist, identifier, []))
        elif found:
            found[-1].texts.extend(_texts(record))
    return found


def _note_texts(note: _Entry, content: memoryview, places: dict[int, int]) -> Iterator[str]:
    yield from note.texts
    yield from _texts(_record_at(content, places[note.persist]))


def _current(content: memoryview, edit: int) -> tuple[_Record, dict[int, int]]:
    """The document as last saved, and where each of its parts lies: a later saving overrules earlier ones."""
    places: dict[int, int] = {}
    document = None
    seen: set[int] = set()
    while edit and edit not in seen:
        seen.add(edit)
        record = _record_at(content, edit)
        if record.kind != _USER_EDIT:
            raise UnreadableError(Reason.DAMAGED)
        edit, directory, document_id = struct.unpack_from("<III", record.content, 8)
        document = document_id if document is None else document
        for identifier, place in _directory(_record_at(content, directory)):
            places.setdefault(identifier, place)
    if document is None:
        raise UnreadableError(Reason.DAMAGED)
    return _record_at(content, places[document]), places


def _directory(record: _Record) -> Iterator[tuple[int, int]]:
    words = struct.unpack(f"<{len(record.content) // 4}I", record.content[: len(record.content) // 4 * 4])
    at = 0
    while at < len(words) and record.kind == _DIRECTORY:
        first, count = words[at] & 0xFFFFF, words[at] >> 20
        yield from enumerate(words[at + 1 : at + 1 + count], first)
        at += 1 + count


def _record_at(content: memoryview, at: int) -> _Record:
    head, kind, size = struct.unpack_from("<HHI", content, at)
    return _Record(kind, head >> 4, head & 0xF == _CONTAINER, content[at + 8 : at + 8 + size])


def _children(content: memoryview) -> Iterator[_Record]:
    at = 0
    while at + 8 <= len(content):
        record = _record_at(content, at)
        yield record
        at += 8 + struct.unpack_from("<I", content, at + 4)[0]


def _texts(record: _Record, depth: int = 0) -> Iterator[str]:
    if record.kind == _TEXT_CHARS:
        yield bytes(record.content).decode("utf-16-le", "replace").replace("\r", "\n")
    elif record.kind == _TEXT_BYTES:
        yield bytes(record.content).decode("latin-1").replace("\r", "\n")
    elif record.is_container and depth < _DEPTH:
        for child in _children(record.content):
            yield from _texts(child, depth + 1)
