"""Printed books, each kept under what it says: a visitor who asks again gets the same file, and nothing is printed.

What a book is kept under is its HTML. So one that anything changed in is another book, at the same moment, and two
readers share one only where they may read the very same. One book is printed at a time, in a process of its own that
gives way to the portal's; who asks meanwhile comes back.
"""

import fcntl
import os
import subprocess
import sys
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from django.conf import settings

WAITED_SECONDS = 2.0
"""How long a visitor's request waits for the printing that it began: a department's book is done by then."""
KEPT_BOOKS = 60
FAILED_SECONDS = 600
"""How long a book that could not be printed is not tried again."""


class BeingPrinted(Exception):
    """It, or a book before it, is being printed: ask again in a moment."""


class CannotBePrinted(Exception):
    """It has letters that no font of this machine has, which it names; without any, the printing failed."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        super().__init__(letters)


def printed(html: str, *, wait: float | None = None) -> Path:
    """The book's file, printed now where nobody has asked for it yet.

    Raises `BeingPrinted` where that takes longer than `wait` seconds, and `CannotBePrinted`.
    """
    book = _folder() / f"{sha256(html.encode()).hexdigest()}.pdf"
    if _is_there(book):
        return book
    with (_folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BeingPrinted from None
        if _is_there(book):  # by who held the lock a moment ago
            return book
        _refuse_again(book)
        _clear()
        process = _begin(book, html, lock.fileno())
    with suppress(subprocess.TimeoutExpired):
        process.wait(WAITED_SECONDS if wait is None else wait)
    if _is_there(book):
        return book
    if process.returncode is None:
        raise BeingPrinted
    raise CannotBePrinted(_failure_of(book).read_text(encoding="utf-8"))


def _is_there(book: Path) -> bool:
    with suppress(FileNotFoundError):
        os.utime(book)
        return True
    return False


def _refuse_again(book: Path) -> None:
    """Raises `CannotBePrinted` where it could not be a short time ago."""
    failed = _failure_of(book)
    with suppress(FileNotFoundError):
        if time.time() - failed.stat().st_mtime < FAILED_SECONDS:
            raise CannotBePrinted(failed.read_text(encoding="utf-8"))


def _begin(book: Path, html: str, lock: int) -> subprocess.Popen[bytes]:
    """Print in a process that holds the lock until it ends, however the request ends.

    The printing counts as failed from the beginning, which a process that is killed leaves so.
    """
    _failure_of(book).touch()
    source = book.with_suffix(".html")
    source.write_text(html, encoding="utf-8")
    with source.open("rb") as read:
        source.unlink()
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "intranet.hall.printing.child", str(book)],
            stdin=read,
            stdout=subprocess.DEVNULL,
            pass_fds=[lock],
            cwd=settings.BASE_DIR,
            # Nothing of the portal's settings; the fonts' cache where it may write.
            env={"PATH": os.environ.get("PATH", ""), "HOME": str(_folder()), "PYTHONUTF8": "1"},
            start_new_session=True,
        )


def _failure_of(book: Path) -> Path:
    """Is there while the book could not be printed, with the letters that are missing."""
    return book.with_name(f"{book.name}.failed")


def _clear() -> None:
    """Throw away the books that nobody has asked for in the longest time, and what printing left behind."""
    files = [path for path in _folder().iterdir() if path.is_file() and path.name != "lock"]
    asked = sorted(files, key=lambda path: path.stat().st_mtime, reverse=True)
    for path in asked[KEPT_BOOKS:]:
        path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "books"
    # Books of cadres have internal guides in them.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
