"""Reading files in a child process that is killed when it takes too much."""

import errno
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from search.extraction.outcome import DEFAULT_LIMITS, Extraction, Limits, Reason
from search.extraction.wire import HangUpError, await_ready, receive_answer, send_job

StrPath = str | os.PathLike[str]

_ROOT = Path(__file__).resolve().parents[2]
_BOOTSTRAP = (
    "import importlib, socket, sys; root, module, descriptor = sys.argv[1:]; sys.path.insert(0, root); "
    "importlib.import_module(module).main(socket.socket(fileno=int(descriptor)))"
)
_START_SECONDS = 60
_DEATH_SECONDS = 5
# Libraries leak a little; a fresh child now and then costs a tenth of a second.
_FILES_A_CHILD = 500


class ExtractionUnavailable(RuntimeError):
    """The child process does not start: the installation is at fault, and not a file."""


class Extractor:
    """Reads files one after another with one child, replaced when a file kills it.

    A context manager, or closed with `close`; the child starts with the first file. Not for several threads.
    """

    def __init__(self, *, limits: Limits = DEFAULT_LIMITS, worker: str = "search.extraction.worker") -> None:
        """`worker` is the module whose `main` the child runs; tests give one that misbehaves."""
        self._limits = limits
        self._worker = worker
        self._child: _Child | None = None

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
        with _opened(path) as descriptor:
            size = os.fstat(descriptor).st_size
            if size == 0:
                return Extraction.failed(Reason.EMPTY)
            if size > self._limits.file_bytes:
                return Extraction.failed(Reason.TOO_LARGE)
            name = file_name if file_name is not None else os.path.basename(path)
            return self._extract(descriptor, name)

    def _extract(self, descriptor: int, name: str) -> Extraction:
        while True:
            child = self._child = self._child or _Child(self._worker)
            may_be_worn = child.files_read > 0
            os.lseek(descriptor, 0, os.SEEK_SET)  # the position is shared with the child that read it before
            extraction = child.extract(descriptor, name, self._limits)
            fatal = extraction.reason in {Reason.TOO_SLOW, Reason.TOO_MUCH_MEMORY, Reason.CRASHED}
            if fatal or child.files_read >= _FILES_A_CHILD:
                self.close()
            if not (may_be_worn and extraction.reason in {Reason.TOO_MUCH_MEMORY, Reason.CRASHED}):
                return extraction
            # The files before this one may have worn the child out: judge this one by a child of its own.


class _Child:
    """A running child process and the socket to it."""

    def __init__(self, worker: str) -> None:
        """Start it and wait until it is ready. Raises `ExtractionUnavailable`."""
        self.files_read = 0
        try:
            self._channel, self._process = _start(worker)
        except OSError as error:
            raise ExtractionUnavailable(f"The child that reads files cannot be started: {error}") from error
        try:
            await_ready(self._channel, until=time.monotonic() + _START_SECONDS)
        except (HangUpError, TimeoutError) as error:
            self.kill()
            raise ExtractionUnavailable(
                "The child that reads files ended before it was ready; its standard error says why."
            ) from error

    def extract(self, descriptor: int, name: str, limits: Limits) -> Extraction:
        """Have it read the open file; afterwards it may be dead."""
        until = time.monotonic() + limits.seconds
        self.files_read += 1
        try:
            self._channel.settimeout(limits.seconds)
            send_job(self._channel, descriptor, file_name=name, limits=limits)
            return receive_answer(self._channel, limits=limits, until=until)
        except TimeoutError:
            return Extraction.failed(Reason.TOO_SLOW)
        except (HangUpError, OSError):
            return Extraction.failed(self._cause_of_death())

    def _cause_of_death(self) -> Reason:
        try:
            code = self._process.wait(_DEATH_SECONDS)
        except subprocess.TimeoutExpired:  # it lives and talks nonsense
            return Reason.CRASHED
        if code == -signal.SIGXCPU:
            return Reason.TOO_SLOW
        return Reason.TOO_MUCH_MEMORY if code == -signal.SIGKILL else Reason.CRASHED  # killed by the kernel

    def kill(self) -> None:
        """End it and whatever it started, at once."""
        self._channel.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _start(worker: str) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """A new child without the parent's environment and open files, in a process group of its own."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _BOOTSTRAP]
    try:
        with theirs:
            process = subprocess.Popen(  # noqa: S603
                [*command, str(_ROOT), worker, str(theirs.fileno())],
                env={},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
    except OSError:
        ours.close()
        raise
    return ours, process


@contextmanager
def _opened(path: StrPath) -> Iterator[int]:
    # Not blocking: a named pipe would be waited on forever.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Not a regular file", os.fspath(path))
        yield descriptor
    finally:
        os.close(descriptor)


def extract_text(path: StrPath, *, file_name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Extraction:
    """The text of one file, or the reason why there is none; see `Extractor.extract` for what is raised."""
    with Extractor(limits=limits) as extractor:
        return extractor.extract(path, file_name=file_name)


def extract_many(paths: Iterable[StrPath], *, limits: Limits = DEFAULT_LIMITS) -> Iterator[tuple[StrPath, Extraction]]:
    """Each path with its extraction, in order, read by one child as long as no file kills it.

    A file that cannot be opened is told as `Reason.MISSING`, so that the others are read all the same.
    Raises `ExtractionUnavailable`.
    """
    with Extractor(limits=limits) as extractor:
        for path in paths:
            try:
                extraction = extractor.extract(path)
            except OSError:
                extraction = Extraction.failed(Reason.MISSING)
            yield path, extraction
