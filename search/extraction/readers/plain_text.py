"""Plain text, and tables kept as text (CSV)."""

import codecs
from typing import BinaryIO

from search.extraction.encoding import SAMPLE_BYTES, encoding_of
from search.extraction.outcome import Limits
from search.extraction.transcript import Transcript

_CHUNK_BYTES = 64 * 2**10


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write the text, whatever its encoding; bytes that mean nothing in it come out as U+FFFD."""
    encoding = encoding_of(stream.read(SAMPLE_BYTES)) or "utf-8"
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    stream.seek(0)
    while chunk := stream.read(_CHUNK_BYTES):
        transcript.write(decoder.decode(chunk))
    transcript.write(decoder.decode(b"", final=True))
