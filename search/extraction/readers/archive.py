"""ZIP archives of documents, and such archives inside them."""

import zipfile
from typing import BinaryIO

from search.extraction.container import open_container
from search.extraction.outcome import Limits, Reason
from search.extraction.reading import read_enclosed
from search.extraction.transcript import Transcript

_NAME_IS_UTF8 = 0x800
_LEFT_BY_PROGRAMS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write each file's name and text, in the archive's order. Nothing is ever written by a name in it."""
    with open_container(stream, limits=limits) as container:
        for member in container.infolist():
            name = name_of(member)
            if member.is_dir() or name.startswith(_LEFT_BY_PROGRAMS) or name.endswith(_LEFT_BY_PROGRAMS):
                continue
            if member.file_size > limits.file_bytes:
                transcript.shortcoming = Reason.PARTLY
                continue
            try:
                content = container.read(member)
            except (zipfile.BadZipFile, NotImplementedError, EOFError):
                transcript.shortcoming = Reason.PARTLY
                continue
            read_enclosed(content, transcript, file_name=name, limits=limits)


def name_of(member: zipfile.ZipInfo) -> str:
    """The member's name: UTF-8 where it says or shows so, else GBK, which Chinese Windows writes without saying."""
    if member.flag_bits & _NAME_IS_UTF8:
        return member.filename
    raw = member.filename.encode("cp437", "replace")  # as what `zipfile` has read it
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
