"""Rich text (RTF), by striprtf."""

import re
from typing import BinaryIO

from striprtf.striprtf import rtf_to_text

from search.extraction.outcome import Limits
from search.extraction.transcript import Transcript

# Programs break their lines anywhere, also between the two bytes of a Chinese character.
_BROKEN_CHARACTER = re.compile(r"(?<=\\'[0-9a-fA-F]{2})[\r\n]+(?=\\')")


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write the body. Characters are escaped, so the file itself is plain ASCII; stray bytes are GBK."""
    source = _BROKEN_CHARACTER.sub("", stream.read().decode("gb18030", "replace"))
    transcript.write(rtf_to_text(source, encoding="gb18030", errors="replace").replace("|", "\t"))
