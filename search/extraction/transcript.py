"""Where a reader writes what it reads."""

from search.extraction.outcome import Reason


class UnreadableError(Exception):
    """A file that cannot be read, for a `reason` that its owner can understand."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class TranscriptFullError(Exception):
    """The text has reached its limit; reading on is of no use."""


class Transcript:
    """The text read so far, before it is tidied."""

    def __init__(self, *, characters: int) -> None:
        self.pages: int | None = None
        self.lines_are_wrapped = False
        """Whether a line may end anywhere, as on a printed page, and not only where its paragraph does."""
        self._room = characters
        self._pieces: list[str] = []

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
        self._pieces.append(text[: self._room])
        self._room -= len(text)
        if self._room < 0:
            raise TranscriptFullError

    def __str__(self) -> str:
        return "".join(self._pieces)
