"""HTML laid out as a PDF with its fonts in it. The only place that knows the program that does so; needs no Django."""

import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_PAGE = re.compile(r"Creating layout - Page (\d+)")

Progress = Callable[[int], None]
"""Is told the number of each page that is laid out; contents make some of them be laid out twice."""


class LettersMissing(Exception):
    """No font of this machine has these letters: in their place there would be empty boxes."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        super().__init__(letters)


def pdf_of(html: str, *, whole: bool = False, progress: Progress | None = None) -> bytes:
    """The page as a PDF. Whatever text it holds, nothing is fetched for it: all that it shows must be in it.

    Raises `LettersMissing` where it must be `whole` and the fonts lack some of its letters.
    """
    # Pango is loaded here and not with the portal: who never prints needs none.
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    with _listening(progress) as missing:
        made = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"])).write_pdf()
    if whole and missing:
        raise LettersMissing("".join(sorted(missing)))
    return made


@contextmanager
def _listening(progress: Progress | None) -> Iterator[set[str]]:
    """Collect the letters that the layout says it has no font for, and pass the pages on."""
    ear = _Ear(progress)
    said, steps = logging.getLogger("weasyprint"), logging.getLogger("weasyprint.progress")
    level, steps.propagate = steps.level, False
    steps.setLevel(logging.INFO if progress else logging.WARNING)
    for logger in (said, steps):
        logger.addHandler(ear)
    try:
        yield ear.missing
    finally:
        steps.setLevel(level)
        for logger in (said, steps):
            logger.removeHandler(ear)


class _Ear(logging.Handler):
    """Hears what the layout says in the thread that made it."""

    def __init__(self, progress: Progress | None) -> None:
        super().__init__()
        self.progress = progress
        self.missing: set[str] = set()
        self.owner = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread != self.owner:
            return
        if record.msg.startswith(".notdef") and isinstance(record.args, tuple):
            self.missing.add(str(record.args[0]))
        elif self.progress and (page := _PAGE.search(record.getMessage())):
            self.progress(int(page[1]))
