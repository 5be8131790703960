"""Text in pictures, by an OCR program of the system (tesseract) where it is installed with Chinese."""

import io
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

from PIL import Image

_REQUIRED = "chi_sim"
_FURTHER = ("bod", "eng")
_ENVIRONMENT = ("TESSDATA_PREFIX", "LD_LIBRARY_PATH")
_ANSWERS_WITHIN_SECONDS = 20


class NotRecognisedError(Exception):
    """The program did not do its work in time, or failed."""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """An OCR program with its languages."""

    program: str
    languages: str
    """As tesseract takes them: `chi_sim+eng`."""
    environment: tuple[tuple[str, str], ...] = ()

    def text_of(self, picture: Image.Image, *, seconds: float) -> str:
        """The text in the picture. Raises `NotRecognisedError`."""
        stream = io.BytesIO()
        picture.convert("L").save(stream, "PPM")
        try:
            done = subprocess.run(  # noqa: S603
                [self.program, "stdin", "stdout", "-l", self.languages],
                input=stream.getvalue(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=True,
                env={"OMP_THREAD_LIMIT": "1", **dict(self.environment)},
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise NotRecognisedError from error
        return done.stdout.decode("utf-8", "replace")


def find_recogniser(program: str = "tesseract") -> Recogniser | None:
    """The OCR program of this name or path, if it is on this machine and knows simplified Chinese."""
    path = shutil.which(program) if program else None
    environment = tuple((name, os.environ[name]) for name in _ENVIRONMENT if name in os.environ)
    return _recogniser_at(path, environment) if path else None


@cache
def _recogniser_at(path: str, environment: tuple[tuple[str, str], ...]) -> Recogniser | None:
    try:
        listed = subprocess.run(  # noqa: S603
            [path, "--list-langs"],
            capture_output=True,
            text=True,
            timeout=_ANSWERS_WITHIN_SECONDS,
            check=True,
            env=dict(environment),
        )
    except (OSError, subprocess.SubprocessError):
        return None
    known = set(listed.stdout.split()) | set(listed.stderr.split())
    if _REQUIRED not in known:
        return None
    return Recogniser(path, "+".join([_REQUIRED, *(name for name in _FURTHER if name in known)]), environment)
