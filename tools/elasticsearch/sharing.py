"""One node for several processes of one test run."""

import fcntl
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tools.elasticsearch.distribution import locked
from tools.elasticsearch.node import address, is_healthy, launch, wait_until_ready


@contextmanager
def shared_node(folder: Path, heap: str = "512m") -> Iterator[str]:
    """A node that every process naming the same `folder` shares; yields its URL.

    The first user starts it and the last one stops it. The system does the counting, so that killed users count too:
    each holds the node's standard input open, a named pipe, and the node ends when nobody does.
    Raises `ElasticsearchUnavailable`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "users").open("a") as users:
        with locked(folder / "lock"):
            pipe = _pipe(folder)
            try:
                fcntl.flock(users, fcntl.LOCK_SH)
                url = address(folder)
                if not (url and is_healthy(url)):
                    url = _start(folder, heap=heap)
            except BaseException:
                os.close(pipe)
                raise
        try:
            yield url
        finally:
            with locked(folder / "lock"):
                os.close(pipe)
                if _is_last(users):
                    _stop(folder)


def _pipe(folder: Path) -> int:
    path = folder / "users.pipe"
    with suppress(FileExistsError):
        os.mkfifo(path)
    # Open for both: opening for writing alone would wait for the node to read.
    return os.open(path, os.O_RDWR)


def _start(folder: Path, *, heap: str) -> str:
    reading = os.open(folder / "users.pipe", os.O_RDONLY)
    try:
        process = launch(folder, heap=heap, stdin=reading)
    finally:
        os.close(reading)
    (folder / "pid").write_text(str(process.pid))
    return wait_until_ready(process, folder)


def _is_last(users) -> bool:  # type: ignore[no-untyped-def]
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stop(folder: Path) -> None:
    with suppress(OSError, ValueError):
        os.kill(int((folder / "pid").read_text()), signal.SIGKILL)
    for name in ("address", "pid"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "data", ignore_errors=True)
