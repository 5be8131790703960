"""The parent's part: one child process that cleans, kept for the next file and replaced when one kills it."""

import os
import threading
from dataclasses import asdict, dataclass
from typing import IO

from intranet.disclosure.cleaning.outcome import Cleaning, Trace, Verdict
from search.extraction.child import Child, ChildUnavailable, Crashed, TookTooLong, TookTooMuchMemory
from search.extraction.extractor import StrPath, opened

VERSION = 1
"""Raised with every change after which files should be cleaned again."""

CleaningUnavailable = ChildUnavailable

_WORKER = "intranet.disclosure.cleaning.worker"
_FILES_A_CHILD = 500


@dataclass(frozen=True, slots=True)
class CleaningLimits:
    """How much cleaning one file may cost. Who uploads it waits for it."""

    seconds: float = 15.0
    cpu_seconds: int = 15
    memory_bytes: int = 2**30
    file_bytes: int = 128 * 2**20
    """Of the file, and of its copy."""


class _Shared:
    """The child of this process, for one thread at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.child: Child | None = None

    def close(self) -> None:
        if self.child:
            self.child.kill()
            self.child = None


_shared = _Shared()


def clean(path: StrPath, copy: IO[bytes], *, file_name: str, limits: CleaningLimits, worker: str = _WORKER) -> Cleaning:
    """Write the copy of the file at `path` that readers get into `copy`, an open, empty file of the system.

    Nothing is written unless the verdict is `CLEANED`. Raises `OSError` where the file cannot be opened, and
    `CleaningUnavailable`; whatever is wrong with the file itself is the verdict `FAILED`.
    """
    with _shared.lock, opened(path) as descriptor:
        if os.fstat(descriptor).st_size > limits.file_bytes:
            return Cleaning(Verdict.FAILED)
        _shared.child = _shared.child or Child(worker)
        job = {"file_name": file_name[-255:], "limits": asdict(limits)}
        try:
            said, _text = _shared.child.do(job, [descriptor, copy.fileno()], seconds=limits.seconds)
            return Cleaning(
                Verdict(said["verdict"]),
                removed=tuple(map(Trace, said["removed"])),
                left=tuple(map(Trace, said["left"])),
            )
        except (TookTooLong, TookTooMuchMemory, Crashed, KeyError, TypeError, ValueError):
            _shared.close()
            return Cleaning(Verdict.FAILED)
        finally:
            if _shared.child and _shared.child.jobs_done >= _FILES_A_CHILD:
                _shared.close()
