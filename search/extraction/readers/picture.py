"""Pictures and scans (PNG, JPEG, TIFF, WebP, GIF): their text where a program recognises it."""

import time
import warnings
from collections.abc import Iterator
from typing import BinaryIO

from PIL import Image, ImageSequence, UnidentifiedImageError

from search.extraction.outcome import Limits, Reason
from search.extraction.recognition import NotRecognisedError
from search.extraction.transcript import Transcript, UnreadableError


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write what is recognised, a frame of the picture a page."""
    if transcript.recogniser is None:
        raise UnreadableError(Reason.SCANNED)
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(stream) as picture:
            transcript.pages = getattr(picture, "n_frames", 1)
            recognition = Recognition(transcript, limits=limits)
            for number, frame in enumerate(_frames(picture)):
                if number:
                    transcript.turn_page()
                recognition.write(frame)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadableError(Reason.SCANNED) from error
    if not recognition.found_letters:
        raise UnreadableError(Reason.NOT_RECOGNISED)


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    return ImageSequence.Iterator(picture)


class Recognition:
    """Recognises one page after the other, as many and as long as the limits allow."""

    def __init__(self, transcript: Transcript, *, limits: Limits) -> None:
        self._transcript = transcript
        self._limits = limits
        self._pages = 0
        self._until = time.monotonic() + limits.recognition_seconds * 0.9  # the parent's patience ends later
        self.found_letters = False

    def write(self, picture: Image.Image) -> None:
        """Write the text of one page; one that cannot be recognised is told to the owner."""
        assert self._transcript.recogniser is not None
        seconds = min(self._limits.recognition_page_seconds, self._until - time.monotonic())
        self._pages += 1
        if self._pages > self._limits.recognised_pages or seconds <= 0:
            self._transcript.shortcoming = Reason.PARTLY_SCANNED
            return
        try:
            text = self._transcript.recogniser.text_of(picture, seconds=seconds)
        except NotRecognisedError:
            self._transcript.shortcoming = Reason.PARTLY_SCANNED
            return
        self._transcript.is_recognised = True
        self.found_letters = self.found_letters or any(map(str.isalpha, text))
        self._transcript.write(text)
