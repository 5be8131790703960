"""A node for development that keeps running when the command has returned."""

import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tools.elasticsearch.distribution import locked
from tools.elasticsearch.failure import ElasticsearchUnavailable
from tools.elasticsearch.node import LAUNCHER, address, answers, end, launch, wait_until_ready

USUAL_PORT = 9200
STOP_SECONDS = 30


def folder() -> Path:
    """Where the node keeps its indices and its log: below `VAR_DIR`, or `var/` in the work tree."""
    root = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parents[2] / "var")
    return root.resolve() / "elasticsearch"


def start(*, heap: str) -> str:
    """The URL of the running node, started if it does not run. Raises `ElasticsearchUnavailable`."""
    place = folder()
    with locked(place / "lock"):
        if _pid(place) and (url := address(place)) and answers(url):
            return url
        _stop(place)
        process = launch(place, heap=heap, stdin=subprocess.DEVNULL, port=_port(), detached=True)
        (place / "pid").write_text(str(process.pid))
        try:
            return wait_until_ready(process, place)
        except BaseException:
            end(process)
            raise


def stop() -> bool:
    """Stop the node in order; whether one ran. Its indices stay."""
    place = folder()
    with locked(place / "lock"):
        return _stop(place)


def running() -> str | None:
    """The URL of the node, or None where none runs."""
    place = folder()
    url = address(place)
    return url if url and _pid(place) and answers(url) else None


def _stop(place: Path) -> bool:
    pid = _pid(place)
    if pid:
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while _pid(place):
            if time.monotonic() > deadline:
                raise ElasticsearchUnavailable(f"Elasticsearch (process {pid}) does not stop; its log: {place / 'log'}")
            time.sleep(0.1)
    for name in ("pid", "address"):
        (place / name).unlink(missing_ok=True)
    return bool(pid)


def _pid(place: Path) -> int | None:
    """The node's process; None where it is gone, even if its number now belongs to another program."""
    with suppress(OSError, ValueError):
        pid = int((place / "pid").read_text())
        shown = subprocess.run(
            ["ps", "-ww", "-o", "command=", "-p", str(pid)], check=False, capture_output=True, text=True
        ).stdout
        if LAUNCHER in shown and str(place / "address") in shown:
            return pid
    return None


def _port() -> int:
    """The usual port, or 0 (any free one) where another program has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", USUAL_PORT))
        except OSError:
            return 0
    return USUAL_PORT
