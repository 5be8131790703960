"""HTML pages: nothing is removed, because a page is its source; the editor is told what it says of its making."""

import re

from intranet.disclosure.cleaning.outcome import Findings, Trace

_MADE_BY = re.compile(rb"<meta[^>]+name\s*=\s*[\"']?(author|generator|originator|progid|creator)\b", re.IGNORECASE)
_OFFICE_PROPERTIES = re.compile(rb"<o:(Author|LastAuthor|Company)>", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--(?!\[if|<!\[endif)", re.IGNORECASE)


def cleaned(content: bytes, findings: Findings) -> bytes:
    """The page as it is."""
    if _MADE_BY.search(content) or _OFFICE_PROPERTIES.search(content):
        findings.leave(Trace.PROPERTIES)
    if _COMMENT.search(content):
        findings.leave(Trace.COMMENTS)
    return content
