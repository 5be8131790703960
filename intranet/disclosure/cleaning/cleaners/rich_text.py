"""Rich text (RTF). Source: Rich Text Format Specification 1.9.1, information group and revision marks."""

import re

from intranet.disclosure.cleaning.outcome import Findings, Trace

_GROUP = re.compile(rb"\{\s*(?:\\\*\s*)?\\(info|rsidtbl|userprops|xmlnstbl)\b")
_BRACE = re.compile(rb"\\[\\{}]|[{}]")
_TRACES = {b"info": Trace.PROPERTIES, b"userprops": Trace.PROPERTIES}
_REMARK = re.compile(rb"\\annotation\b")
_CHANGE = re.compile(rb"\\(?:revised|deleted)\b")
_HIDDEN = re.compile(rb"\\v\b(?!0)")


def cleaned(content: bytes, findings: Findings) -> bytes:
    """Without the groups that name its author and its editing."""
    for trace, pattern in ((Trace.COMMENTS, _REMARK), (Trace.TRACKED_CHANGES, _CHANGE), (Trace.HIDDEN_TEXT, _HIDDEN)):
        if pattern.search(content):
            findings.leave(trace)
    kept = bytearray()
    at = 0
    while found := _GROUP.search(content, at):
        kept += content[at : found.start()]
        at = _end_of_group(content, found.start())
        findings.remove(_TRACES.get(found[1], Trace.EDITING))
    return bytes(kept + content[at:])


def _end_of_group(content: bytes, at: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(content, at):
        depth += {b"{": 1, b"}": -1}.get(brace[0], 0)
        if depth == 0:
            return brace.end()
    raise ValueError("A group of the RTF is not closed")
