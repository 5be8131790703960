"""A child process that is given files, and is killed when one of them takes too much."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from search.extraction.wire import HangUpError, await_ready, receive_answer, send_job

_ROOT = Path(__file__).resolve().parents[2]
_BOOTSTRAP = (
    "import importlib, socket, sys; root, module, descriptor = sys.argv[1:]; sys.path.insert(0, root); "
    "importlib.import_module(module).main(socket.socket(fileno=int(descriptor)))"
)
_START_SECONDS = 60
_DEATH_SECONDS = 5


class ChildUnavailable(RuntimeError):
    """The child process does not start: the installation is at fault, and not a file."""


class TookTooLong(Exception):
    """The child was not done in time, by the clock or by the processor."""


class TookTooMuchMemory(Exception):
    """The child was killed for its memory."""


class Crashed(Exception):
    """The child died, or said what made no sense."""


class Child:
    """A running child process and the socket to it."""

    def __init__(self, worker: str) -> None:
        """Start the module `worker` and wait until it is ready. Raises `ChildUnavailable`."""
        self.jobs_done = 0
        try:
            self._channel, self._process = _start(worker)
        except OSError as error:
            raise ChildUnavailable(f"The child that reads files cannot be started: {error}") from error
        try:
            await_ready(self._channel, until=time.monotonic() + _START_SECONDS)
        except (HangUpError, TimeoutError) as error:
            self.kill()
            raise ChildUnavailable(
                "The child that reads files ended before it was ready; its standard error says why."
            ) from error

    def do(
        self, job: Mapping[str, Any], descriptors: Sequence[int], *, seconds: float, text_bytes: int = 0
    ) -> tuple[dict[str, Any], str]:
        """Have it do a job with open files: what it says, believed in nothing, and its text.

        Raises `TookTooLong`, `TookTooMuchMemory` or `Crashed`; it must be killed then.
        """
        until = time.monotonic() + seconds
        self.jobs_done += 1
        try:
            self._channel.settimeout(seconds)
            send_job(self._channel, descriptors, job)
            return receive_answer(self._channel, text_bytes=text_bytes, until=until)
        except TimeoutError as error:
            raise TookTooLong from error
        except (HangUpError, OSError) as error:
            raise self._cause_of_death() from error

    def _cause_of_death(self) -> Exception:
        try:
            code = self._process.wait(_DEATH_SECONDS)
        except subprocess.TimeoutExpired:  # it lives and talks nonsense
            return Crashed()
        if code == -signal.SIGXCPU:
            return TookTooLong()
        return TookTooMuchMemory() if code == -signal.SIGKILL else Crashed()  # killed by the kernel

    def kill(self) -> None:
        """End it and whatever it started, at once."""
        self._channel.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _start(worker: str) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """A new child without the parent's environment and open files, in a process group of its own."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _BOOTSTRAP]
    try:
        with theirs:
            process = subprocess.Popen(  # noqa: S603
                [*command, str(_ROOT), worker, str(theirs.fileno())],
                env={},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
    except OSError:
        ours.close()
        raise
    return ours, process
