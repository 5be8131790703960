"""What the parent and its child say to each other over their socket.

Each message is four bytes with the length of what follows, big-endian, and then that much JSON. A job carries
the files that it is about, open, with its first byte. An answer's JSON tells how many bytes of UTF-8 text follow it.
"""

import json
import os
import socket
import struct
import time
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")
_READY = b"R"
_FILES = 2
_ANSWER_BYTES = 16_384
_CHUNK_BYTES = 2**18


class HangUpError(Exception):
    """The other side is gone, or says what makes no sense."""


# The parent's side.


def await_ready(channel: socket.socket, *, until: float) -> None:
    """Wait for the child to start, `until` a monotonic time. Raises `HangUpError`, `TimeoutError`."""
    if _receive(channel, len(_READY), until=until) != _READY:
        raise HangUpError


def send_job(channel: socket.socket, descriptors: Sequence[int], job: Mapping[str, Any]) -> None:
    """Give the child its job with open files. Raises `OSError` where the child is gone."""
    body = json.dumps(job).encode()
    socket.send_fds(channel, [_LENGTH.pack(len(body))], list(descriptors))
    channel.sendall(body)


def receive_answer(channel: socket.socket, *, text_bytes: int, until: float) -> tuple[dict[str, Any], str]:
    """What the child says and the text with it, of so many bytes at most. Raises `HangUpError`, `TimeoutError`."""
    (length,) = _LENGTH.unpack(_receive(channel, _LENGTH.size, until=until))
    if length > _ANSWER_BYTES:
        raise HangUpError
    body = _receive(channel, length, until=until)
    try:
        said = json.loads(body)
        size = int(said.pop("text_bytes"))
        if not 0 <= size <= text_bytes:
            raise HangUpError
        return said, _receive(channel, size, until=until).decode()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise HangUpError from error


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


def next_job(channel: socket.socket) -> tuple[list[BinaryIO], dict[str, Any]] | None:
    """The files of the next job, the first to read and the second to write, and what it says; None at the end."""
    head, descriptors, _, _ = socket.recv_fds(channel, _LENGTH.size, _FILES)
    if not head:
        return None
    head += channel.recv(_LENGTH.size - len(head), socket.MSG_WAITALL) if len(head) < _LENGTH.size else b""
    (length,) = _LENGTH.unpack(head)
    job: dict[str, Any] = json.loads(channel.recv(length, socket.MSG_WAITALL))
    modes = ("rb", "wb")
    return [os.fdopen(descriptor, mode) for descriptor, mode in zip(descriptors, modes, strict=False)], job  # type: ignore[misc]


def answer(channel: socket.socket, said: Mapping[str, Any], text: str = "") -> None:
    """Send the parent what came of the job."""
    encoded = text.encode()
    body = json.dumps({**said, "text_bytes": len(encoded)}).encode()
    channel.sendall(_LENGTH.pack(len(body)) + body)
    channel.sendall(encoded)
