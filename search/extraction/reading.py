"""Reading one file by the reader of its kind, and the files that lie in it by theirs."""

import importlib
import io
import re
from typing import BinaryIO

from search.extraction.detection import Kind, kind_of
from search.extraction.outcome import Limits, Reason
from search.extraction.transcript import Transcript, TranscriptFullError, UnreadableError

_ENCLOSING = {Kind.ZIP, Kind.EML, Kind.MSG}
_PATH_SEPARATOR = re.compile(r"[\\/]")


def read_file(stream: BinaryIO, transcript: Transcript, *, file_name: str, limits: Limits) -> None:
    """Write the file's text. Raises `UnreadableError`, `TranscriptFullError` and whatever a damaged file makes."""
    kind = kind_of(stream, file_name=file_name, limits=limits)
    if kind in _ENCLOSING and transcript.depth >= limits.enclosed_depth:
        raise UnreadableError(Reason.ARCHIVE)
    stream.seek(0)
    reader = importlib.import_module(f"search.extraction.readers.{kind.value}")
    reader.read(stream, transcript, limits=limits)


def read_enclosed(content: bytes, transcript: Transcript, *, file_name: str, limits: Limits) -> None:
    """Write the last part of the name of a file that lies in another, and its text below.

    One that cannot be read keeps nothing from the others: it is found by its name, and the owner is told.
    Raises `UnreadableError` where the files in this one are too many or too large together.
    """
    transcript.allowance.take(len(content))
    transcript.end_line()
    transcript.write(_PATH_SEPARATOR.split(file_name)[-1])
    transcript.end_line()
    write_enclosed(content, transcript, file_name=file_name, limits=limits)


def write_enclosed(content: bytes, transcript: Transcript, *, file_name: str, limits: Limits) -> None:
    """Write the text of a part that has no name of its own, such as the body of an e-mail."""
    inner = transcript.of_enclosed()
    is_full = False
    try:
        read_file(io.BytesIO(content), inner, file_name=file_name, limits=limits)
    except TranscriptFullError:
        is_full = True
    except Exception:  # the library's own, too: that one file is damaged
        transcript.shortcoming = Reason.PARTLY
    if inner.shortcoming:
        transcript.shortcoming = Reason.PARTLY
    transcript.write(inner.tidied())
    transcript.end_line()
    if is_full:
        raise TranscriptFullError
