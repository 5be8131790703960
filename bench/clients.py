"""Several clients at once: `python -m bench.clients raw|own UNTIL SECONDS` is one of them and prints its searches."""

import subprocess
import sys
import time
from itertools import cycle

from bench.timing import QUERIES

CLIENTS = 8
SECONDS = 10
STARTING = 30
"""Seconds in which all of them are ready, with two cores between them and a node that is busy too."""


def throughput(kind: str) -> float:
    """Searches a second of eight clients in processes of their own, which begin at the same moment."""
    begin = time.time() + STARTING
    command = [sys.executable, "-m", "bench.clients", kind, str(begin), str(SECONDS)]
    clients = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _client in range(CLIENTS)]
    return sum(int(client.communicate()[0].split()[-1]) for client in clients) / SECONDS


def main(kind: str, begin: float, seconds: float) -> None:
    import django

    django.setup()
    from bench.figures import raw_query
    from search.query import SearchQuery
    from search.results import find

    ask = raw_query() if kind == "raw" else lambda text: find(SearchQuery.parse({"q": text}), None)
    ask(QUERIES[0])
    if time.time() > begin:
        sys.exit("A client was not ready in time: the machine is too busy to be measured.")
    time.sleep(max(0.0, begin - time.time()))
    done = 0
    for query in cycle(QUERIES):
        if time.time() > begin + seconds:
            break
        ask(query)
        done += 1
    print(done)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
