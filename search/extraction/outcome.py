"""What came of reading a file, and how much reading it may cost."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Status(StrEnum):
    """Whether a file's text is known."""

    READ = "read"
    UNREADABLE = "unreadable"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a file's text is not known, or not all of it. The values are stored: never rename one."""

    EMPTY = "empty"
    PROTECTED = "protected"
    SCANNED = "scanned"
    NOT_RECOGNISED = "not_recognised"
    NO_TEXT = "no_text"
    DAMAGED = "damaged"
    OLD_FORMAT = "old_format"
    ARCHIVE = "archive"
    UNKNOWN_TYPE = "unknown_type"
    CRASHED = "crashed"
    MISSING = "missing"

    TOO_LARGE = "too_large"
    UNPACKS_TOO_FAR = "unpacks_too_far"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"

    CUT = "cut"
    PARTLY = "partly"
    PARTLY_SCANNED = "partly_scanned"

    @property
    def status(self) -> Status:
        """The status that this reason goes with."""
        if self in _SHORTCOMINGS:
            return Status.READ
        return Status.REFUSED if self in _REFUSALS else Status.UNREADABLE

    @property
    def advice(self) -> str:
        """What is wrong and what to do, for the file's owner, in the active language."""
        from search.extraction.advice import ADVICE  # Django is for the parent alone

        return str(ADVICE[self])


_SHORTCOMINGS = {Reason.CUT, Reason.PARTLY, Reason.PARTLY_SCANNED}
_REFUSALS = {Reason.TOO_LARGE, Reason.UNPACKS_TOO_FAR, Reason.TOO_SLOW, Reason.TOO_MUCH_MEMORY}


@dataclass(frozen=True, slots=True)
class Extraction:
    """What reading a file gave.

    `text` is tidied, and empty unless `status` is `READ`. Pages of a PDF and slides of a presentation are
    divided by form feeds in it and counted in `pages`; for what has no pages of its own `pages` is None.
    `reason` is None only where the whole text was read; a text that was cut at the limit is `READ` with
    `Reason.CUT`, and then has fewer form feeds than pages. What is `is_recognised` was read in a picture.
    """

    status: Status
    text: str = ""
    pages: int | None = None
    reason: Reason | None = None
    is_recognised: bool = False

    @classmethod
    def failed(cls, reason: Reason) -> Self:
        """An extraction without text, for `reason`."""
        return cls(status=reason.status, reason=reason)

    @property
    def advice(self) -> str:
        """The sentence for the file's owner; empty where there is nothing to do."""
        return self.reason.advice if self.reason else ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost; beyond that it is refused, or its text cut.

    Generous for a bureau's documents: a 2,000-page report has about a million characters.
    """

    file_bytes: int = 100 * 2**20
    seconds: float = 60.0
    cpu_seconds: int = 30
    """A Chinese page of a PDF takes about 6 milliseconds."""
    memory_bytes: int = 2**30
    """Address space of the child, of which Python and the libraries take about 200 MiB."""
    characters: int = 2_000_000
    """Length of the text before it is tidied; what comes after is cut off."""
    members: int = 10_000
    """Number of files inside a zip container."""
    unpacked_bytes: int = 400 * 2**20
    """Sum of the sizes of all files inside a zip container."""
    enclosed_files: int = 1_000
    """Number of files in an archive or e-mail, those in archives inside it counted in."""
    enclosed_depth: int = 2
    """How deep archives and e-mails may lie in each other."""
    recognition_seconds: float = 600.0
    """For recognising all pictures of one file, beside the seconds for reading it."""
    recognition_page_seconds: float = 30.0
    """For one page; a dense page of Chinese takes about 5 seconds."""
    recognised_pages: int = 200
    ratio: int = 200
    """Unpacked to packed size of a zip container of more than a few megabytes; documents stay below 100."""


DEFAULT_LIMITS = Limits()
