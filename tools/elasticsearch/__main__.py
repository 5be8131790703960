"""The command line: `python -m tools.elasticsearch build | start | stop | status | run | cluster`."""

import argparse
import os
import subprocess
import sys
import time
from contextlib import suppress

from tools.elasticsearch import background
from tools.elasticsearch.cluster import Cluster, running_cluster
from tools.elasticsearch.distribution import build
from tools.elasticsearch.failure import ElasticsearchUnavailable
from tools.elasticsearch.node import running_node

RESTART_SECONDS = 10


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.elasticsearch", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="build the node, or do nothing where it is built")
    building.add_argument("--relock", action="store_true", help="record the fetched jars as the right ones")
    starting = commands.add_parser("start", help="start a node that keeps running, and print its URL")
    starting.add_argument("--heap", default="512m", help="largest Java heap (512m)")
    commands.add_parser("stop", help="stop that node; its indices stay")
    commands.add_parser("status", help="print that node's URL; exit code 1 where it does not run")
    running = commands.add_parser("run", help="run a command with ELASTICSEARCH_URL naming a node of its own")
    running.add_argument("--heap", default="512m", help="largest Java heap (512m)")
    running.add_argument("arguments", nargs=argparse.REMAINDER, metavar="-- COMMAND [ARGUMENT ...]")
    several = commands.add_parser("cluster", help="run a cluster of nodes until interrupted; kill them as you like")
    several.add_argument("--nodes", type=int, default=3, help="how many nodes (3)")
    several.add_argument("--heap", default="512m", help="largest Java heap of each (512m)")
    return parser


def _run(arguments: list[str], *, heap: str) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        raise ElasticsearchUnavailable("Which command? python -m tools.elasticsearch run -- COMMAND [ARGUMENT ...]")
    build(report=_say)
    with running_node(heap) as url:
        return subprocess.run(command, check=False, env={**os.environ, "ELASTICSEARCH_URL": url}).returncode


def _cluster(cluster: Cluster) -> None:
    """Say where the nodes are, and start each again some seconds after it was killed."""
    print(f"SEARCH_URL={cluster.url}/gongkai SEARCH_REPLICAS=1", flush=True)
    for member in cluster.members:
        _say(f"{member.name}: {member.url}, process {member.pid}")
    while True:
        time.sleep(1)
        for member in cluster.members:
            if not member.is_running:
                _say(f"{member.name} is gone; it starts again in {RESTART_SECONDS} s.")
                time.sleep(RESTART_SECONDS)
                member.start()
                _say(f"{member.name}: {member.url}, process {member.pid}")


def main() -> int:
    options = _parser().parse_args()
    if options.command == "build":
        _say(f"Elasticsearch is built: {build(report=_say, relock=options.relock)}")
    elif options.command == "start":
        build(report=_say)
        print(background.start(heap=options.heap))
    elif options.command == "stop":
        _say("Elasticsearch has stopped." if background.stop() else "Elasticsearch was not running.")
    elif options.command == "status":
        url = background.running()
        print(url or "Elasticsearch is not running.")
        return 0 if url else 1
    elif options.command == "cluster":
        build(report=_say)
        with suppress(KeyboardInterrupt), running_cluster(options.nodes, heap=options.heap) as cluster:
            _cluster(cluster)
    else:
        return _run(options.arguments, heap=options.heap)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ElasticsearchUnavailable as failure:
        sys.exit(str(failure))
