"""What a kept text depends on besides the file itself."""

import hashlib
import json
from dataclasses import asdict

from search.extraction.outcome import DEFAULT_LIMITS, Limits

VERSION = 1
"""Raised with every change that makes another text of the same file: all texts are read again then."""


def fingerprint(limits: Limits = DEFAULT_LIMITS) -> str:
    """Names the way in which files are read: the readers' version and the limits.

    The same content under a name of the same ending, read in the same way, has the same text.
    """
    way = {"version": VERSION, "limits": asdict(limits)}
    return hashlib.sha256(json.dumps(way, sort_keys=True).encode()).hexdigest()[:16]
