"""What the parent and its child say to each other over their socket.

Each message is four bytes with the length of what follows, big-endian, and then that much JSON. A job carries
one open file with its first byte. An answer's JSON tells how many bytes of UTF-8 text follow it.
"""

import json
import os
import socket
import struct
import time
from dataclasses import asdict
from typing import Any, BinaryIO

from search.extraction.outcome import Extraction, Limits, Reason, Status

_LENGTH = struct.Struct(">I")
_READY = b"R"
_NAME_CHARACTERS = 255
_ANSWER_BYTES = 4096
_CHUNK_BYTES = 2**18
_UTF8_BYTES_A_CHARACTER = 4


class HangUpError(Exception):
    """The other side is gone, or says what makes no sense."""


# The parent's side.


def await_ready(channel: socket.socket, *, until: float) -> None:
    """Wait for the child to start, `until` a monotonic time. Raises `HangUpError`, `TimeoutError`."""
    if _receive(channel, len(_READY), until=until) != _READY:
        raise HangUpError


def send_job(channel: socket.socket, descriptor: int, *, file_name: str, limits: Limits) -> None:
    """Give the child an open file to read. Raises `OSError` where the child is gone."""
    job = {"file_name": file_name[-_NAME_CHARACTERS:], "limits": asdict(limits)}
    body = json.dumps(job).encode()
    socket.send_fds(channel, [_LENGTH.pack(len(body))], [descriptor])
    channel.sendall(body)


def receive_answer(channel: socket.socket, *, limits: Limits, until: float) -> Extraction:
    """The child's answer, believed in nothing. Raises `HangUpError`, `TimeoutError`."""
    (length,) = _LENGTH.unpack(_receive(channel, _LENGTH.size, until=until))
    if length > _ANSWER_BYTES:
        raise HangUpError
    body = _receive(channel, length, until=until)
    try:
        said = json.loads(body)
        text_bytes, pages = int(said["text_bytes"]), said["pages"]
        status = Status(said["status"])
        reason = Reason(said["reason"]) if said["reason"] is not None else None
        fits = 0 <= text_bytes <= limits.characters * _UTF8_BYTES_A_CHARACTER
        if not fits or not isinstance(pages, int | None):
            raise HangUpError
        text = _receive(channel, text_bytes, until=until).decode()
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise HangUpError from error
    return Extraction(status, text=text, pages=pages, reason=reason)


def _receive(channel: socket.socket, size: int, *, until: float) -> bytes:
    received = bytearray()
    while len(received) < size:
        remaining = until - time.monotonic()
        if remaining <= 0:
            raise TimeoutError
        channel.settimeout(remaining)
        try:
            piece = channel.recv(min(size - len(received), _CHUNK_BYTES))
        except ConnectionError as error:
            raise HangUpError from error
        if not piece:
            raise HangUpError
        received += piece
    return bytes(received)


# The child's side: it waits as long as it must, and the parent's going ends it.


def say_ready(channel: socket.socket) -> None:
    """Tell the parent that jobs may come."""
    channel.sendall(_READY)


def next_job(channel: socket.socket) -> tuple[BinaryIO, str, Limits] | None:
    """The next file to read, its name and limits; None when the parent has hung up."""
    head, descriptors, _, _ = socket.recv_fds(channel, _LENGTH.size, 1)
    if not head:
        return None
    head += channel.recv(_LENGTH.size - len(head), socket.MSG_WAITALL) if len(head) < _LENGTH.size else b""
    (length,) = _LENGTH.unpack(head)
    job: dict[str, Any] = json.loads(channel.recv(length, socket.MSG_WAITALL))
    return os.fdopen(descriptors[0], "rb"), job["file_name"], Limits(**job["limits"])


def answer(channel: socket.socket, extraction: Extraction) -> None:
    """Send the parent what came of the job."""
    text = extraction.text.encode()
    said = {
        "status": extraction.status,
        "reason": extraction.reason,
        "pages": extraction.pages,
        "text_bytes": len(text),
    }
    body = json.dumps(said).encode()
    channel.sendall(_LENGTH.pack(len(body)) + body)
    channel.sendall(text)
