"""Reading files in child processes that are killed when they take too much."""

import errno
import os
import stat
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, astuple
from itertools import islice
from types import TracebackType
from typing import Any, Self

from search.extraction.child import Child, ChildUnavailable, Crashed, TookTooLong, TookTooMuchMemory
from search.extraction.outcome import DEFAULT_LIMITS, Extraction, Limits, Reason, Status
from search.extraction.recognition import Recogniser

StrPath = str | os.PathLike[str]

# Libraries leak a little; a fresh child now and then costs a tenth of a second.
_FILES_A_CHILD = 500
_NAME_CHARACTERS = 255
_UTF8_BYTES_A_CHARACTER = 4
_SCANS = {Reason.SCANNED, Reason.PARTLY_SCANNED}

ExtractionUnavailable = ChildUnavailable


class Extractor:
    """Reads files one after another with one child, replaced when a file kills it.

    A context manager, or closed with `close`; the child starts with the first file. Not for several threads.
    """

    def __init__(
        self,
        *,
        limits: Limits = DEFAULT_LIMITS,
        recogniser: Recogniser | None = None,
        worker: str = "search.extraction.worker",
    ) -> None:
        """`recogniser` reads scans; `worker` is the module whose `main` the child runs, for tests of bad ones."""
        self._limits = limits
        self._recogniser = recogniser
        self._worker = worker
        self._child: Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the child. The next file would start another."""
        if self._child:
            self._child.kill()
            self._child = None

    def extract(self, path: StrPath, *, file_name: str | None = None) -> Extraction:
        """The text of the file at `path`; `file_name` is what its owner calls it, where `path` does not tell.

        Raises `OSError` where the file cannot be opened (`FileNotFoundError`, `PermissionError`, not a
        regular file) and `ExtractionUnavailable`. What is wrong with the file itself is said in the result.
        """
        with opened(path) as descriptor:
            size = os.fstat(descriptor).st_size
            if size == 0:
                return Extraction.failed(Reason.EMPTY)
            if size > self._limits.file_bytes:
                return Extraction.failed(Reason.TOO_LARGE)
            name = file_name if file_name is not None else os.path.basename(path)
            extraction = self._extract(descriptor, name, None)
            if extraction.reason in _SCANS and self._recogniser:
                recognised = self._extract(descriptor, name, self._recogniser)
                # What was read without recognition is not lost where recognition takes too long.
                extraction = recognised if recognised.text or not extraction.text else extraction
            return extraction

    def _extract(self, descriptor: int, name: str, recogniser: Recogniser | None) -> Extraction:
        while True:
            child = self._child = self._child or Child(self._worker)
            may_be_worn = child.jobs_done > 0
            os.lseek(descriptor, 0, os.SEEK_SET)  # the position is shared with the child that read it before
            extraction = self._read_by(child, descriptor, name, recogniser)
            fatal = extraction.reason in {Reason.TOO_SLOW, Reason.TOO_MUCH_MEMORY, Reason.CRASHED}
            if fatal or child.jobs_done >= _FILES_A_CHILD:
                self.close()
            if not (may_be_worn and extraction.reason in {Reason.TOO_MUCH_MEMORY, Reason.CRASHED}):
                return extraction
            # The files before this one may have worn the child out: judge this one by a child of its own.

    def _read_by(self, child: Child, descriptor: int, name: str, recogniser: Recogniser | None) -> Extraction:
        limits = self._limits
        job = {
            "file_name": name[-_NAME_CHARACTERS:],
            "limits": asdict(limits),
            "recogniser": astuple(recogniser) if recogniser else None,
        }
        seconds = limits.recognition_seconds if recogniser else limits.seconds
        text_bytes = limits.characters * _UTF8_BYTES_A_CHARACTER
        try:
            return _extraction(*child.do(job, [descriptor], seconds=seconds, text_bytes=text_bytes))
        except TookTooLong:
            return Extraction.failed(Reason.TOO_SLOW)
        except TookTooMuchMemory:
            return Extraction.failed(Reason.TOO_MUCH_MEMORY)
        except Crashed:
            return Extraction.failed(Reason.CRASHED)


def _extraction(said: dict[str, Any], text: str) -> Extraction:
    """The extraction that the child tells of. Raises `Crashed` where it makes no sense."""
    try:
        pages = said["pages"]
        if not isinstance(pages, int | None):
            raise TypeError
        reason = Reason(said["reason"]) if said["reason"] is not None else None
        return Extraction(Status(said["status"]), text, pages, reason, is_recognised=bool(said["is_recognised"]))
    except (ValueError, TypeError, KeyError) as error:
        raise Crashed from error


@contextmanager
def opened(path: StrPath) -> Iterator[int]:
    """The descriptor of a regular file. Raises `OSError` where it is none, or cannot be opened."""
    # Not blocking: a named pipe would be waited on forever.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Not a regular file", os.fspath(path))
        yield descriptor
    finally:
        os.close(descriptor)


def extract_text(
    path: StrPath,
    *,
    file_name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    recogniser: Recogniser | None = None,
) -> Extraction:
    """The text of one file, or the reason why there is none; see `Extractor.extract` for what is raised."""
    with Extractor(limits=limits, recogniser=recogniser) as extractor:
        return extractor.extract(path, file_name=file_name)


def extract_many(
    paths: Iterable[StrPath],
    *,
    limits: Limits = DEFAULT_LIMITS,
    recogniser: Recogniser | None = None,
    processes: int = 1,
) -> Iterator[tuple[StrPath, Extraction]]:
    """Each path with its extraction, in order, read by so many children as long as no file kills them.

    A file that cannot be opened is told as `Reason.MISSING`, so that the others are read all the same.
    Raises `ExtractionUnavailable`.
    """
    extractors: list[Extractor] = []
    own = threading.local()

    def hire() -> None:
        own.extractor = Extractor(limits=limits, recogniser=recogniser)
        extractors.append(own.extractor)

    def read(path: StrPath) -> tuple[StrPath, Extraction]:
        try:
            return path, own.extractor.extract(path)
        except OSError:
            return path, Extraction.failed(Reason.MISSING)

    pool = ThreadPoolExecutor(processes, "extraction", initializer=hire)
    try:
        remaining = iter(paths)
        # Not all at once: what is read ahead of the caller is kept in memory.
        while some := list(islice(remaining, processes)):
            yield from pool.map(read, some)
    finally:
        pool.shutdown(cancel_futures=True)
        for extractor in extractors:
            extractor.close()
