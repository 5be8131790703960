"""One node for several processes of one test run."""

import errno
import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tools.elasticsearch.distribution import locked
from tools.elasticsearch.node import address, answers, launch, wait_until_ready

END_SECONDS = 10


@contextmanager
def shared_node(folder: Path, heap: str = "512m") -> Iterator[str]:
    """A node that every process naming the same `folder` shares; yields its URL.

    The first user starts it, and it ends with the last. The system does the counting, so that killed users count too:
    each holds the node's standard input open, a named pipe, and the node ends when nobody does any more.
    Raises `ElasticsearchUnavailable`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    process = None
    with (folder / "users").open("a") as users:
        with locked(folder / "lock"):
            pipe = _pipe(folder)
            try:
                fcntl.flock(users, fcntl.LOCK_SH)
                url = address(folder)
                if not (url and answers(url)):
                    process = _launch(folder, heap=heap)
                    url = wait_until_ready(process, folder)
            except BaseException:
                os.close(pipe)
                raise
        try:
            yield url
        finally:
            with locked(folder / "lock"):
                os.close(pipe)
                if _is_last(users):
                    _clear(folder, process)


def _pipe(folder: Path) -> int:
    path = folder / "pipe"
    with suppress(FileExistsError):
        os.mkfifo(path)
    # Open for both: opening for writing alone would wait for the node to read.
    return os.open(path, os.O_RDWR)


def _launch(folder: Path, *, heap: str) -> subprocess.Popen[bytes]:
    with (folder / "pipe").open("rb", buffering=0) as reading:
        return launch(folder, heap=heap, stdin=reading)


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _clear(folder: Path, process: subprocess.Popen[bytes] | None) -> None:
    """Wait until the node has ended, so that another may start in its place, and remove its indices."""
    deadline = time.monotonic() + END_SECONDS
    while _is_read(folder / "pipe") and time.monotonic() < deadline:
        time.sleep(0.02)
    if process:
        process.wait()
    (folder / "address").unlink(missing_ok=True)
    shutil.rmtree(folder / "data", ignore_errors=True)


def _is_read(pipe: Path) -> bool:
    """Whether the node still lives: it alone reads the pipe."""
    try:
        os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
    except OSError as failure:
        if failure.errno == errno.ENXIO:
            return False
        raise
    return True
