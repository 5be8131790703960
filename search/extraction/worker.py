"""The child process that reads files: plain Python and the readers' libraries, no Django, no secrets.

It is given open files over a socket, one at a time, and answers with their text. Whatever goes wrong in it,
the parent outlives it. What passes over the socket is described in `search.extraction.wire`.
"""

import importlib.util
import socket
import sys
from typing import BinaryIO

from search.extraction.confinement import be_quiet, confine
from search.extraction.outcome import Extraction, Limits, Reason, Status
from search.extraction.reading import read_file
from search.extraction.recognition import Recogniser
from search.extraction.transcript import Transcript, TranscriptFullError, UnreadableError
from search.extraction.wire import answer, next_job, say_ready

_LIBRARIES = ("PIL", "lxml", "olefile", "openpyxl", "oxmsg", "pypdfium2", "striprtf", "xlrd")


def main(channel: socket.socket) -> None:
    """Answer jobs until the parent hangs up."""
    if missing := [name for name in _LIBRARIES if importlib.util.find_spec(name) is None]:
        sys.exit(f"Text extraction needs these packages of requirements.txt: {', '.join(missing)}.")
    say_ready(channel)
    be_quiet()
    while received := next_job(channel):
        (stream,), job = received
        recogniser = Recogniser(*job["recogniser"]) if job["recogniser"] else None
        with stream:
            result = extract(stream, file_name=job["file_name"], limits=Limits(**job["limits"]), recogniser=recogniser)
        said = {
            "status": result.status,
            "reason": result.reason,
            "pages": result.pages,
            "is_recognised": result.is_recognised,
        }
        answer(channel, said, result.text)


def extract(stream: BinaryIO, *, file_name: str, limits: Limits, recogniser: Recogniser | None = None) -> Extraction:
    """Read one file here and now, under limits on the process's CPU time and memory."""
    confine(cpu_seconds=limits.cpu_seconds, memory_bytes=limits.memory_bytes)
    try:
        return _read(stream, file_name=file_name, limits=limits, recogniser=recogniser)
    except UnreadableError as error:
        return Extraction.failed(error.reason)
    except MemoryError:
        return Extraction.failed(Reason.TOO_MUCH_MEMORY)
    except Exception:
        # A reader's library met what it did not expect: the file is not as its format says.
        return Extraction.failed(Reason.DAMAGED)


def _read(stream: BinaryIO, *, file_name: str, limits: Limits, recogniser: Recogniser | None) -> Extraction:
    transcript = Transcript.within(limits, recogniser=recogniser)
    try:
        read_file(stream, transcript, file_name=file_name, limits=limits)
    except TranscriptFullError:
        transcript.shortcoming = Reason.CUT
    text = transcript.tidied()
    if not text.strip():
        return Extraction.failed(Reason.NO_TEXT)
    return Extraction(
        Status.READ,
        text=text,
        pages=transcript.pages,
        reason=transcript.shortcoming,
        is_recognised=transcript.is_recognised,
    )
