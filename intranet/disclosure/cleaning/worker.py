"""The child process that cleans files: plain Python and libraries, no Django, no secrets.

It is given the file and an empty one for the copy, open, and can write no other. A copy that does not say what the
file says is thrown away.
"""

import importlib
import io
import socket
from typing import BinaryIO

from PIL import Image

from intranet.disclosure.cleaning.outcome import (
    Cleaning,
    Findings,
    HarmedError,
    ProtectedError,
    SignedError,
    UnsupportedError,
    Verdict,
)
from search.extraction.confinement import be_quiet, confine
from search.extraction.detection import Kind, kind_of
from search.extraction.outcome import Limits, Reason
from search.extraction.reading import read_file
from search.extraction.transcript import Transcript, TranscriptFullError, UnreadableError
from search.extraction.wire import answer, next_job, say_ready

_CLEANERS = {
    Kind.PDF: "pdf",
    Kind.DOCX: "office",
    Kind.PPTX: "office",
    Kind.XLSX: "office",
    Kind.ODF: "open_document",
    Kind.DOC: "old_office",
    Kind.XLS: "old_office",
    Kind.PPT: "old_office",
    Kind.RTF: "rich_text",
    Kind.PICTURE: "picture",
    Kind.HTML: "web_page",
}
_HAS_NO_TRACES = {Kind.TEXT}
_COMPARED_CHARACTERS = 300_000


def main(channel: socket.socket) -> None:
    """Clean until the parent hangs up."""
    say_ready(channel)
    be_quiet()
    while received := next_job(channel):
        (stream, copy), job = received
        with stream, copy:
            limits = job["limits"]
            confine(
                cpu_seconds=limits["cpu_seconds"],
                memory_bytes=limits["memory_bytes"],
                file_bytes=limits["file_bytes"],
            )
            result = clean(stream, copy, file_name=job["file_name"])
        answer(channel, {"verdict": result.verdict, "removed": result.removed, "left": result.left})


def clean(stream: BinaryIO, copy: BinaryIO, *, file_name: str) -> Cleaning:
    """Clean one file here and now."""
    findings = Findings()
    try:
        kind = kind_of(stream, file_name=file_name, limits=Limits())
        if kind in _HAS_NO_TRACES:
            return Cleaning(Verdict.CLEAN)
        if kind not in _CLEANERS:
            return Cleaning(Verdict.UNSUPPORTED)
        stream.seek(0)
        content = stream.read()
        cleaner = importlib.import_module(f"intranet.disclosure.cleaning.cleaners.{_CLEANERS[kind]}")
        cleaned: bytes = cleaner.cleaned(content, findings)
        if not findings.removed:
            return Cleaning(Verdict.CLEAN, left=findings.left)
        _require_unharmed(content, cleaned, kind=kind, file_name=file_name)
        copy.write(cleaned)
        copy.flush()
    except SignedError:
        return Cleaning(Verdict.SIGNED)
    except ProtectedError:
        return Cleaning(Verdict.PROTECTED)
    except UnsupportedError as error:
        return Cleaning(Verdict.UNSUPPORTED, left=error.left)
    except UnreadableError as error:
        return Cleaning(_verdict_of(error.reason))
    except Exception:  # whatever a library meets in it, readers do not get what could not be looked through
        return Cleaning(Verdict.FAILED)
    return Cleaning(Verdict.CLEANED, removed=findings.removed, left=findings.left)


def _verdict_of(reason: Reason) -> Verdict:
    """What becomes of a file whose kind has no reader: a stranger is handed out with a warning, a wreck is not."""
    match reason:
        case Reason.PROTECTED:
            return Verdict.PROTECTED
        case Reason.OLD_FORMAT | Reason.UNKNOWN_TYPE | Reason.ARCHIVE | Reason.NO_TEXT:
            return Verdict.UNSUPPORTED
    return Verdict.FAILED


def _require_unharmed(content: bytes, cleaned: bytes, *, kind: Kind, file_name: str) -> None:
    """Raise `HarmedError` unless both have the same text and pages, pictures the same pixels."""
    same = (
        _pixels(content) == _pixels(cleaned)
        if kind is Kind.PICTURE
        else (_said(content, file_name) == _said(cleaned, file_name))
    )
    if not same:
        raise HarmedError


def _pixels(content: bytes) -> tuple[str, tuple[int, int], bytes]:
    with Image.open(io.BytesIO(content)) as picture:
        return picture.mode, picture.size, picture.tobytes()


def _said(content: bytes, file_name: str) -> tuple[str, int | None, Reason | None]:
    limits = Limits(characters=_COMPARED_CHARACTERS)
    transcript = Transcript.within(limits)
    reason = None
    try:
        read_file(io.BytesIO(content), transcript, file_name=file_name, limits=limits)
    except TranscriptFullError:
        reason = Reason.CUT
    except UnreadableError as error:
        reason = error.reason
    return transcript.tidied(), transcript.pages, reason
