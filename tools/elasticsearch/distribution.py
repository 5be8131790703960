"""Builds the home of a node, once, into a cache outside the work tree."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.elasticsearch.artifacts import LIBRARIES, LOCK, TRANSPORT, VERSION, check_lock, fetch_jars, write_lock
from tools.elasticsearch.failure import ElasticsearchUnavailable
from tools.elasticsearch.jdk import OLDEST, find_jdk

SOURCES = Path(__file__).with_name("java")
ANALYSIS = Path("plugins/stock-analysis")


def cache_folder() -> Path:
    """Where homes are kept; it may be deleted at any time."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / "gongkai" / "elasticsearch"


def _home() -> Path:
    """The home's place for this version, these sources and these jars: a change of any builds another."""
    digest = hashlib.sha256()
    for source in [*sorted(SOURCES.rglob("*.java")), LOCK]:
        digest.update(source.read_bytes() if source.exists() else b"")
    return cache_folder() / f"{VERSION}-{digest.hexdigest()[:12]}"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on `path`, waiting for it; the system releases it however the process ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build(*, report: Callable[[str], None] = lambda line: None, relock: bool = False) -> Path:
    """The home of a node, built if it is not there yet. Raises `ElasticsearchUnavailable`.

    Several processes may ask at once: one builds, the others wait. A build that fails leaves nothing.
    `relock` fetches the jars again and records them as the right ones.
    """
    if not relock and (home := _home()).is_dir():
        return home
    with locked(cache_folder() / "build.lock"):
        if not relock and (home := _home()).is_dir():
            return home
        jdk = find_jdk()
        with tempfile.TemporaryDirectory(prefix="building-", dir=cache_folder()) as name:
            draft = Path(name) / "home"
            draft.mkdir()
            report(f"Elasticsearch {VERSION}: fetching its jars (about 45 MB, once) …")
            fetch_jars(draft, jdk=jdk)
            if relock:
                write_lock(draft)
            check_lock(draft)
            report(f"Elasticsearch {VERSION}: compiling the launcher and the analysis plugin …")
            _compile(draft, jdk=jdk)
            home = _home()
            if home.is_dir():
                shutil.rmtree(home)
            draft.rename(home)
    return home


def _compile(home: Path, *, jdk: Path) -> None:
    classes = home / "classes"
    command = [str(jdk / "bin" / "javac"), "--release", str(OLDEST), "-encoding", "UTF-8", "-nowarn"]
    command += ["-classpath", f"{home / LIBRARIES}/*", "-d", str(classes)]
    done = subprocess.run(
        [*command, *map(str, sorted(SOURCES.rglob("*.java")))], check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise ElasticsearchUnavailable(f"The launcher does not compile:\n{done.stderr}")
    plugin = home / ANALYSIS
    plugin.mkdir(parents=True)
    (home / "config").mkdir()
    _pack(home / LIBRARIES / "gongkai-launcher.jar", classes, (classes / "gongkai").glob("*.class"))
    _pack(plugin / "stock-analysis.jar", classes, (classes / "gongkai" / "analysis").glob("*.class"))
    shutil.rmtree(classes)
    _describe(home / TRANSPORT, "org.elasticsearch.transport.netty4.Netty4Plugin")
    _describe(plugin, "gongkai.analysis.StockAnalysisPlugin")


def _pack(jar: Path, root: Path, files: Iterator[Path]) -> None:
    with zipfile.ZipFile(jar, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(files):
            archive.write(file, file.relative_to(root))


def _describe(folder: Path, classname: str) -> None:
    described = {
        "description": folder.name,
        "version": VERSION,
        "name": folder.name,
        "classname": classname,
        "java.version": OLDEST,
        "elasticsearch.version": VERSION,
    }
    lines = [f"{key}={value}\n" for key, value in described.items()]
    (folder / "plugin-descriptor.properties").write_text("".join(lines))
