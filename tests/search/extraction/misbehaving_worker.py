"""A child that does what the file says: the worst that a file could make of a reader."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

from search.extraction import worker
from search.extraction.outcome import Extraction, Limits, Status
from search.extraction.recognition import Recogniser

_channels: list[socket.socket] = []
_read = worker._read


def main(channel: socket.socket) -> None:
    _channels.append(channel)
    worker._read = obey
    worker.main(channel)


def obey(stream: BinaryIO, *, file_name: str, limits: Limits, recogniser: Recogniser | None) -> Extraction:
    order, _, argument = stream.read().decode().partition(" ")
    return ORDERS[order](argument)


def _said(words: Any) -> Extraction:
    return Extraction(Status.READ, text=str(words))


def _sleep(_: str) -> Extraction:
    while True:
        time.sleep(1)


def _spin(_: str) -> Extraction:
    while True:
        pass


def _sleep_in_a_child(pipe: str) -> Extraction:
    """Start a process that holds a named pipe open as long as it lives."""
    subprocess.Popen([sys.executable, "-c", f"import time; pipe = open({pipe!r}, 'w'); time.sleep(3600)"])
    return _sleep("")


def _eat(_: str) -> Extraction:
    eaten = []
    while True:
        eaten.append(bytearray(2**24))


def _flood(_: str) -> Extraction:
    while True:
        _channels[0].sendall(b"\0" * 2**20)


def _promise_too_much(_: str) -> Extraction:
    body = b'{"status": "read", "reason": null, "pages": null, "text_bytes": 99999999999}'
    _channels[0].sendall(len(body).to_bytes(4, "big") + body)
    return _sleep("")


def _talk_nonsense(_: str) -> Extraction:
    body = b'{"status": "splendid"'
    _channels[0].sendall(len(body).to_bytes(4, "big") + body)
    return _sleep("")


def _open_files(_: str) -> Extraction:
    return _said(len(os.listdir("/proc/self/fd")))


ORDERS = {
    "abort": lambda _: os.abort(),
    "be-killed": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "eat": _eat,
    "exit": lambda code: os._exit(int(code)),
    "flood": _flood,
    "nonsense": _talk_nonsense,
    "promise": _promise_too_much,
    "raise": lambda _: int("no number"),
    "sleep": _sleep,
    "spin": _spin,
    "spawn": _sleep_in_a_child,
    "tell-environment": lambda _: _said(sorted(os.environ)),
    "tell-modules": lambda _: _said(sorted(sys.modules)),
    "tell-open-files": _open_files,
    "tell-pid": lambda _: _said(os.getpid()),
    "write": lambda path: _said(Path(path).write_text("x")),
}
