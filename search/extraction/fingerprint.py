"""What a kept text depends on besides the file itself."""

import hashlib
import json
from dataclasses import asdict
from pathlib import PurePath

from search.extraction.outcome import DEFAULT_LIMITS, Limits

VERSION = 1
"""Raised with every change that makes another text of the same file: all texts are read again then."""


def fingerprint(file_name: str, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """Names the way in which a file of this name is read: the readers' version, the limits, the name's ending.

    Two files of the same content and fingerprint have the same text.
    """
    way = {"version": VERSION, "limits": asdict(limits), "suffix": PurePath(file_name).suffix.lower()}
    return hashlib.sha256(json.dumps(way, sort_keys=True).encode()).hexdigest()[:16]
