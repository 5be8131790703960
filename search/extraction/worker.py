"""The child process that reads files: plain Python and the readers' libraries, no Django, no secrets.

It is given open files over a socket, one at a time, and answers with their text. Whatever goes wrong in it,
the parent outlives it. What passes over the socket is described in `search.extraction.wire`.
"""

import importlib
import importlib.util
import math
import os
import resource
import socket
import sys
from typing import BinaryIO

from search.extraction.detection import Kind, kind_of
from search.extraction.outcome import Extraction, Limits, Reason, Status
from search.extraction.tidying import tidy
from search.extraction.transcript import Transcript, TranscriptFullError, UnreadableError
from search.extraction.wire import answer, next_job, say_ready

_LIBRARIES = ("lxml", "olefile", "openpyxl", "pypdfium2", "xlrd")


def main(channel: socket.socket) -> None:
    """Answer jobs until the parent hangs up."""
    if missing := [name for name in _LIBRARIES if importlib.util.find_spec(name) is None]:
        sys.exit(f"Text extraction needs these packages of requirements.txt: {', '.join(missing)}.")
    say_ready(channel)
    _be_quiet()
    while job := next_job(channel):
        stream, file_name, limits = job
        with stream:
            result = extract(stream, file_name=file_name, limits=limits)
        answer(channel, result)


def extract(stream: BinaryIO, *, file_name: str, limits: Limits) -> Extraction:
    """Read one file here and now, under limits on the process's CPU time and memory."""
    _limit(resource.RLIMIT_CPU, _cpu_seconds_used() + limits.cpu_seconds)
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    try:
        return _read(stream, file_name=file_name, limits=limits)
    except UnreadableError as error:
        return Extraction.failed(error.reason)
    except MemoryError:
        return Extraction.failed(Reason.TOO_MUCH_MEMORY)
    except Exception:
        # A reader's library met what it did not expect: the file is not as its format says.
        return Extraction.failed(Reason.DAMAGED)


def _read(stream: BinaryIO, *, file_name: str, limits: Limits) -> Extraction:
    kind = kind_of(stream, file_name=file_name, limits=limits)
    transcript = Transcript(characters=limits.characters)
    reason = None
    stream.seek(0)
    try:
        _reader_of(kind).read(stream, transcript, limits=limits)
    except TranscriptFullError:
        reason = Reason.CUT
    text = tidy(str(transcript), lines_are_wrapped=transcript.lines_are_wrapped)
    if not text.strip():
        return Extraction.failed(Reason.NO_TEXT)
    return Extraction(Status.READ, text=text, pages=transcript.pages, reason=reason)


def _reader_of(kind: Kind):
    return importlib.import_module(f"search.extraction.readers.{kind.value}")


def _be_quiet() -> None:
    """Keep what libraries print, which may quote the document, out of the parent's log; write no file."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)


def _cpu_seconds_used() -> int:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return math.ceil(used.ru_utime + used.ru_stime)


def _limit(kind: int, amount: int) -> None:
    _, ceiling = resource.getrlimit(kind)
    if ceiling != resource.RLIM_INFINITY:
        amount = min(amount, ceiling)
    if sys.platform == "linux":  # elsewhere, as in development, the kernel refuses some of these
        resource.setrlimit(kind, (amount, ceiling))
