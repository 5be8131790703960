"""Starts and ends a node."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tools.elasticsearch.artifacts import LIBRARIES
from tools.elasticsearch.distribution import build
from tools.elasticsearch.failure import ElasticsearchUnavailable
from tools.elasticsearch.jdk import find_jdk

LAUNCHER = "gongkai.NodeProcess"
START_SECONDS = 120
ALONE = {
    "cluster.name": "gongkai-development",
    "node.name": "gongkai-development",
    "discovery.type": "single-node",
    "transport.port": "0",
}


@contextmanager
def running_node(heap: str = "512m") -> Iterator[str]:
    """A node of its own for the time of the block; yields its URL. Its indices go when it stops.

    `heap` is the largest Java heap ("256m", "1g"); the process takes some 200 MB more. The system chooses the ports.
    The node ends with this process too, even if that is killed. Raises `ElasticsearchUnavailable`.
    """
    folder = Path(tempfile.mkdtemp(prefix="gongkai-elasticsearch-"))
    process = None
    try:
        process = launch(folder, heap=heap, stdin=subprocess.PIPE)
        yield wait_until_ready(process, folder)
    finally:
        if process:
            end(process)
        shutil.rmtree(folder, ignore_errors=True)


def launch(
    folder: Path,
    *,
    heap: str,
    stdin: int | IO[bytes] | None,
    port: int = 0,
    detached: bool = False,
    membership: Mapping[str, str] = ALONE,
) -> subprocess.Popen[bytes]:
    """Start a node that keeps everything below `folder` and return without waiting for it.

    An attached node ends at the end of `stdin`; a detached one outlives this process. `port` 0 lets the system choose.
    `membership` are the settings that say to which cluster it belongs.
    """
    home = build()
    for name in ("data", "temporary"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "address").unlink(missing_ok=True)
    settings = {
        "path.home": home,
        "path.data": folder / "data",
        "path.logs": folder,
        **membership,
        "network.host": "127.0.0.1",
        "http.port": port,
        # A developer's disk that is nearly full would make every index read-only.
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    command = [
        str(find_jdk() / "bin" / "java"),
        f"-Xmx{heap}",
        "-XX:+UseSerialGC",
        f"-Djava.io.tmpdir={folder / 'temporary'}",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "-classpath",
        f"{home / LIBRARIES}/*",
        LAUNCHER,
        "detached" if detached else "attached",
        str(folder / "address"),
        *(f"{key}={value}" for key, value in settings.items()),
    ]
    with (folder / "log").open("wb") as log:
        # A group of its own: an interrupt from the keyboard is for the parent, which then ends the node in order.
        return subprocess.Popen(
            command, stdin=stdin, stdout=log, stderr=subprocess.STDOUT, cwd=folder, start_new_session=True
        )


def wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> str:
    """The URL of the node, once it is healthy. Raises `ElasticsearchUnavailable` with the log's last lines."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if (url := address(folder)) and health(url) in {"green", "yellow"}:
            return url
        time.sleep(0.1)
    tail = "\n".join((folder / "log").read_text(errors="replace").splitlines()[-15:])
    raise ElasticsearchUnavailable(f"Elasticsearch did not become ready; the last lines of its log:\n{tail}")


def address(folder: Path) -> str | None:
    """The URL that the node of `folder` announced, or None while it starts."""
    with suppress(OSError):
        return (folder / "address").read_text()
    return None


def answers(url: str) -> bool:
    """Whether a node answers at `url`, healthy or not."""
    return health(url) is not None


def health(url: str) -> str | None:
    """The health of the node at `url`, "green", "yellow" or "red"; None where none answers."""
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=10) as response:
            return json.load(response)["status"]
    except (OSError, ValueError, KeyError):
        return None


def end(process: subprocess.Popen[bytes]) -> None:
    """End a node whose indices nobody wants, and wait until it is gone."""
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin:
        process.stdin.close()
