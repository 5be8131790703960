"""The limits that a child process puts on itself, so that a file cannot make it harm the machine."""

import math
import os
import resource
import sys


def be_quiet() -> None:
    """Keep what libraries print, which may quote the document, out of the parent's log; write no file."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)
    _limit(resource.RLIMIT_CORE, 0)
    confine(file_bytes=0)


def confine(*, cpu_seconds: int | None = None, memory_bytes: int | None = None, file_bytes: int | None = None) -> None:
    """From now on take no more processor time than so much more, no more memory, and write no longer file."""
    if cpu_seconds is not None:
        _limit(resource.RLIMIT_CPU, _cpu_seconds_used() + cpu_seconds)
    if memory_bytes is not None:
        _limit(resource.RLIMIT_AS, memory_bytes)
    if file_bytes is not None:
        _limit(resource.RLIMIT_FSIZE, file_bytes)


def _cpu_seconds_used() -> int:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return math.ceil(used.ru_utime + used.ru_stime)


def _limit(kind: int, amount: int) -> None:
    _, ceiling = resource.getrlimit(kind)
    if ceiling != resource.RLIM_INFINITY:
        amount = min(amount, ceiling)
    if sys.platform == "linux":  # elsewhere, as in development, the kernel refuses some of these
        resource.setrlimit(kind, (amount, ceiling))
