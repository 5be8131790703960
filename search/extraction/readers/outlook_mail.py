"""E-mail of Outlook (MSG) with what is attached to it, by python-oxmsg."""

import codecs
from typing import BinaryIO

from oxmsg import Message

from search.extraction.outcome import Limits, Reason
from search.extraction.reading import read_enclosed, write_enclosed
from search.extraction.transcript import Transcript


def _windows_encoding(name: str) -> codecs.CodecInfo | None:
    """Python calls the encodings of Chinese Windows cp936 and cp950, python-oxmsg as the web does."""
    return codecs.lookup(f"cp{name.removeprefix('windows_')}") if name in {"windows_936", "windows_950"} else None


codecs.register(_windows_encoding)


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write what Outlook shows: subject, sender, body, and each attachment below its name.

    A body that is kept as compressed RTF alone is not read; the owner is told.
    """
    message = Message.load(stream)
    for line in (message.subject, message.sender):
        transcript.write(line or "")
        transcript.end_line()
    if body := message.body:
        transcript.write(body)
    elif html := message.html_body:
        write_enclosed(html.encode(), transcript, file_name="body.html", limits=limits)
    else:
        transcript.shortcoming = Reason.PARTLY
    for attachment in message.attachments:
        if content := attachment.file_bytes:
            name = attachment.file_name or "attachment"
            read_enclosed(content, transcript, file_name=name, limits=limits)
        else:  # a message inside the message, which is kept as a storage and not as a file
            transcript.shortcoming = Reason.PARTLY
