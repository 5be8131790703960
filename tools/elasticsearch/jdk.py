"""Finds a Java development kit that is new enough."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.elasticsearch.failure import ElasticsearchUnavailable

OLDEST = 21


def find_jdk(candidates: Iterable[Path] | None = None) -> Path:
    """The first home among the candidates that is a JDK 21 or newer; a runtime without the compiler is none.

    Without candidates: `JAVA_HOME`, then `PATH`, then the newest in the usual folders.
    Raises `ElasticsearchUnavailable` where there is none.
    """
    for home in _usual_candidates() if candidates is None else candidates:
        if (home / "bin" / "javac").exists() and _version(home) >= OLDEST:
            return home
    raise ElasticsearchUnavailable(
        f"Elasticsearch needs a JDK {OLDEST} or newer: install one and set JAVA_HOME, "
        "or set ELASTICSEARCH_URL to a node that runs already."
    )


def _usual_candidates() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home)
    if compiler := shutil.which("javac"):
        yield Path(compiler).resolve().parent.parent
    installed = [
        *Path("/usr/lib/jvm").glob("*"),
        *Path("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home"),
    ]
    yield from sorted(installed, key=_version, reverse=True)


def _version(home: Path) -> int:
    """The feature version (21, 25 …) that the kit itself states; 0 where it states none."""
    try:
        stated = re.search(r'^JAVA_VERSION="(\d+)', (home / "release").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(stated[1]) if stated else 0
