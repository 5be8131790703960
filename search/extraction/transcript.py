"""Where a reader writes what it reads."""

from dataclasses import dataclass, field

from search.extraction.outcome import Limits, Reason
from search.extraction.recognition import Recogniser
from search.extraction.tidying import tidy


class UnreadableError(Exception):
    """A file that cannot be read, for a `reason` that its owner can understand."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class TranscriptFullError(Exception):
    """The text has reached its limit; reading on is of no use."""


@dataclass(slots=True)
class Allowance:
    """What all files that lie in one file may cost together."""

    files: int
    unpacked_bytes: int

    def take(self, size: int) -> None:
        """Count one more file of this size. Raises `UnreadableError` where it is one too many."""
        self.files -= 1
        self.unpacked_bytes -= size
        if self.files < 0 or self.unpacked_bytes < 0:
            raise UnreadableError(Reason.UNPACKS_TOO_FAR)


@dataclass(slots=True)
class Transcript:
    """The text read so far, before it is tidied."""

    room: int
    """Characters that still fit."""
    allowance: Allowance
    recogniser: Recogniser | None = None
    """What reads pictures; None where they are not to be read."""
    depth: int = 0
    """How many files the one that is read lies in."""
    pages: int | None = None
    lines_are_wrapped: bool = False
    """Whether a line may end anywhere, as on a printed page, and not only where its paragraph does."""
    shortcoming: Reason | None = None
    """What the file's owner should know although text was read."""
    is_recognised: bool = False
    """Whether any of it was recognised in a picture, and may be wrong."""
    _pieces: list[str] = field(default_factory=list)

    @classmethod
    def within(cls, limits: Limits, *, recogniser: Recogniser | None = None) -> "Transcript":
        """An empty one for a file that lies in none."""
        return cls(limits.characters, Allowance(limits.enclosed_files, limits.unpacked_bytes), recogniser)

    def of_enclosed(self) -> "Transcript":
        """An empty one for a file that lies in this one."""
        return Transcript(self.room, self.allowance, depth=self.depth + 1)

    def write(self, text: str) -> None:
        """Add text. Raises `TranscriptFullError` when there is no room for all of it; what fits is kept."""
        self._add(text.replace("\f", "\n"))

    def end_line(self) -> None:
        """End the line, if there is anything on it. Raises `TranscriptFullError`."""
        if self._pieces and not self._pieces[-1].endswith(("\n", "\f")):
            self._add("\n")

    def turn_page(self) -> None:
        """Begin the next page. Raises `TranscriptFullError`."""
        self._add("\f")

    def _add(self, text: str) -> None:
        if not text:
            return
        self._pieces.append(text[: max(0, self.room)])
        self.room -= len(text)
        if self.room < 0:
            raise TranscriptFullError

    def tidied(self) -> str:
        """The text, fit to be searched and shown."""
        return tidy("".join(self._pieces), lines_are_wrapped=self.lines_are_wrapped)
