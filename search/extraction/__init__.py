"""The text of attached documents, read in a child process that may be killed.

`extract_text` reads one file, `extract_many` a batch with one child. Whatever a file does to its reader,
the answer is an `Extraction` that says what was read, or why not and what its owner can do.

Nothing here or below may import Django at import time: the child imports this package and must start quickly.
"""

from search.extraction.extractor import ExtractionUnavailable, Extractor, extract_many, extract_text
from search.extraction.fingerprint import fingerprint
from search.extraction.outcome import DEFAULT_LIMITS, Extraction, Limits, Reason, Status
from search.extraction.recognition import Recogniser, find_recogniser

__all__ = [
    "DEFAULT_LIMITS",
    "Extraction",
    "ExtractionUnavailable",
    "Extractor",
    "Limits",
    "Reason",
    "Recogniser",
    "Status",
    "extract_many",
    "extract_text",
    "find_recogniser",
    "fingerprint",
]
