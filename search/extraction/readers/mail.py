"""E-mail (EML) with what is attached to it, and web pages saved as one file (MHT)."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from typing import BinaryIO, cast

from search.extraction.outcome import Limits, Reason
from search.extraction.reading import read_enclosed, write_enclosed
from search.extraction.transcript import Transcript, UnreadableError

_SHOWN_HEADERS = ("Subject", "From", "To", "Cc", "Date")
_SUFFIXES = {"text/html": ".html", "text/plain": ".txt", "message/rfc822": ".eml"}


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write what a mail program shows: head, body, and each attachment below its name."""
    message = email.message_from_binary_file(stream, policy=email.policy.default)
    if not message.keys():
        raise UnreadableError(Reason.DAMAGED)
    for name in _SHOWN_HEADERS:
        if value := message.get(name):
            transcript.write(str(value))
            transcript.end_line()
    body = message.get_body(("plain", "html"))
    if body is not None:
        part = cast(EmailMessage, body)
        write_enclosed(_content(part), transcript, file_name=f"body{_suffix(part)}", limits=limits)
    for attachment in _attachments(message):
        name = attachment.get_filename() or f"attachment{_suffix(attachment)}"
        read_enclosed(_content(attachment), transcript, file_name=name, limits=limits)


def _attachments(message: EmailMessage) -> Iterator[EmailMessage]:
    if message.is_multipart() and message.get_content_subtype() != "related":  # there, they are a page's pictures
        yield from message.iter_attachments()


def _content(part: EmailMessage) -> bytes:
    """The part's bytes; text in UTF-8 where it is in the encoding that it declares."""
    if part.get_content_type() == "message/rfc822":
        return bytes(cast(list[EmailMessage], part.get_payload())[0])
    content = cast(bytes, part.get_payload(decode=True) or b"")
    if part.get_content_maintype() == "text" and (declared := part.get_content_charset()):
        try:
            return content.decode("gb18030" if declared in {"gb2312", "gbk"} else declared).encode()
        except (LookupError, UnicodeError):
            return content
    return content


def _suffix(part: EmailMessage) -> str:
    return _SUFFIXES.get(part.get_content_type(), "")
