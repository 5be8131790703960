"""What came of looking for traces in a file."""

from dataclasses import dataclass
from enum import StrEnum


class Trace(StrEnum):
    """What a file tells besides its content. The values are stored: never rename one."""

    PROPERTIES = "properties"
    EDITING = "editing"
    PATHS = "paths"
    THUMBNAIL = "thumbnail"
    LOCATION = "location"
    CAMERA = "camera"
    EARLIER_VERSIONS = "earlier_versions"
    COMMENTS = "comments"
    TRACKED_CHANGES = "tracked_changes"
    HIDDEN_SHEETS = "hidden_sheets"
    HIDDEN_CELLS = "hidden_cells"
    HIDDEN_SLIDES = "hidden_slides"
    HIDDEN_TEXT = "hidden_text"
    HIDDEN_LAYERS = "hidden_layers"
    NOTES = "notes"
    EMBEDDED_FILES = "embedded_files"


class Verdict(StrEnum):
    """What readers get. The values are stored: never rename one."""

    CLEAN = "clean"
    """The file itself: there was nothing to remove."""
    CLEANED = "cleaned"
    """A copy."""
    SIGNED = "signed"
    """The file itself: any change would break its signature."""
    PROTECTED = "protected"
    """The file itself: it is encrypted, or protected against changes."""
    UNSUPPORTED = "unsupported"
    """The file itself: nothing is known that could clean its kind."""
    FAILED = "failed"
    """Nothing: it should have been cleaned and could not be."""


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What was found in a file, and what readers get of it."""

    verdict: Verdict
    removed: tuple[Trace, ...] = ()
    left: tuple[Trace, ...] = ()
    """Found and not removed: it is content that only an editor can decide on, or the file was left as it is."""


class SignedError(Exception):
    """The file carries a signature."""


class ProtectedError(Exception):
    """The file is encrypted, or protected against changes."""


class UnsupportedError(Exception):
    """Nothing cleans files of this kind; `left` is what was found nevertheless."""

    def __init__(self, *left: Trace) -> None:
        super().__init__()
        self.left = left


class HarmedError(Exception):
    """The copy does not say what the file says."""


class Findings:
    """What a cleaner finds on its way through one file."""

    def __init__(self) -> None:
        self._removed: dict[Trace, None] = {}
        self._left: dict[Trace, None] = {}

    def remove(self, trace: Trace) -> None:
        self._removed[trace] = None

    def leave(self, trace: Trace) -> None:
        self._left[trace] = None

    @property
    def removed(self) -> tuple[Trace, ...]:
        return tuple(self._removed)

    @property
    def left(self) -> tuple[Trace, ...]:
        return tuple(self._left)
