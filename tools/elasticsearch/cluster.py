"""Several nodes that form one cluster, each of which may be killed and comes back with its copies."""

import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tools.elasticsearch.failure import ElasticsearchUnavailable
from tools.elasticsearch.node import START_SECONDS, answers, end, launch


class Member:
    """One node of the cluster. Its ports and its folder are its own, whatever happens to its process."""

    def __init__(self, name: str, folder: Path, http_port: int, transport_port: int, heap: str) -> None:
        self.name, self.folder, self.heap = name, folder, heap
        self.http_port, self.transport_port = http_port, transport_port
        self.membership: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it without waiting for it."""
        if not self.is_running:
            self._process = launch(
                self.folder, heap=self.heap, stdin=subprocess.PIPE, port=self.http_port, membership=self.membership
            )

    def kill(self) -> None:
        """End it at once, as a failure of its machine would."""
        if self._process:
            end(self._process)
            self._process = None


class Cluster:
    """Members by name, and what they say of themselves."""

    def __init__(self, members: list[Member]) -> None:
        self.members = members

    @property
    def url(self) -> str:
        """All hosts, as `SEARCH_URL` lists them."""
        return "http://" + ",".join(member.url.removeprefix("http://") for member in self.members)

    def start(self) -> None:
        """Start the members that do not run, and return when all belong to it and every copy is there."""
        for member in self.members:
            member.start()
        self.wait_until(lambda health: health["status"] == "green" and health["number_of_nodes"] == len(self.members))

    def master(self) -> Member:
        """The member that the others have elected."""
        state = self._ask("/_cluster/state/master_node,nodes")
        return self._named(state["nodes"][state["master_node"]]["name"])

    def holder(self, alias: str) -> Member:
        """A member that holds a copy of the index behind the alias, and is not the master where another is."""
        shards = self._ask(f"/_cat/shards/{alias}?format=json&h=node,state")
        holders = {self._named(shard["node"]) for shard in shards if shard["state"] == "STARTED"}
        return next(iter(holders - {self.master()} or holders))

    def wait_until(self, holds: Callable[[dict], bool], *, seconds: float = START_SECONDS) -> None:
        """Return once the cluster's health is so. Raises `ElasticsearchUnavailable` with the last that it said."""
        deadline = time.monotonic() + seconds
        health: dict = {}
        while time.monotonic() < deadline:
            with suppress(ElasticsearchUnavailable):
                health = self._ask("/_cluster/health?timeout=1s&master_timeout=1s")
                if holds(health):
                    return
            time.sleep(0.1)
        raise ElasticsearchUnavailable(f"The cluster does not become what is waited for; it says {health}")

    def _named(self, name: str) -> Member:
        return next(member for member in self.members if member.name == name)

    def _ask(self, path: str) -> dict:
        for member in self.members:
            if member.is_running and answers(member.url):
                with suppress(OSError, ValueError), urllib.request.urlopen(member.url + path, timeout=10) as answer:
                    return json.load(answer)
        raise ElasticsearchUnavailable(f"No node answers {path}")


@contextmanager
def running_cluster(nodes: int = 3, *, heap: str = "512m") -> Iterator[Cluster]:
    """A cluster for the time of the block, green; its indices go when it stops, and no process stays behind.

    Each node takes some 370 MB. Raises `ElasticsearchUnavailable`.
    """
    folder = Path(tempfile.mkdtemp(prefix="gongkai-cluster-"))
    ports = _free_ports(2 * nodes)
    members = [
        Member(f"node-{number + 1}", folder / f"node-{number + 1}", ports[2 * number], ports[2 * number + 1], heap)
        for number in range(nodes)
    ]
    for member in members:
        member.membership = {
            "cluster.name": "gongkai-cluster",
            "node.name": member.name,
            "transport.port": str(member.transport_port),
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{other.transport_port}" for other in members),
            "cluster.initial_master_nodes": ",".join(other.name for other in members),
        }
    cluster = Cluster(members)
    try:
        cluster.start()
        yield cluster
    finally:
        for member in members:
            member.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _free_ports(count: int) -> list[int]:
    """Ports that nobody has now, all different."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _number in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
