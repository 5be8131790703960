"""Starts a throw-away PostgreSQL cluster on a free port and stops it again."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUPERUSER = "gongkai"


def _binaries() -> Path:
    """The folder of `initdb` and `pg_ctl`; installs the server where that is allowed, else says what to install."""
    for _attempt in range(2):
        if found := shutil.which("initdb"):
            return Path(found).resolve().parent
        versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
        if versions:
            return versions[-1].parent
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            break
        for command in (["apt-get", "update", "--quiet"], ["apt-get", "install", "--yes", "--quiet", "postgresql"]):
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, timeout=900)
    raise SystemExit("These tests need PostgreSQL: install its server (initdb and pg_ctl), then run them again.")


def _account() -> str | None:
    """PostgreSQL refuses to run as root: the account that runs it then."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise SystemExit("PostgreSQL does not run as root and there is no other account; run the tests as a user.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_cluster() -> Iterator[str]:
    """A cluster for the time of the block; yields its database URL. Its data goes when it stops."""
    binaries, account, port = _binaries(), _account(), _free_port()
    folder = Path(tempfile.mkdtemp(prefix="gongkai-postgresql-"))
    if account:
        shutil.chown(folder, account)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [binaries / program, *arguments], check=True, user=account, cwd=folder, stdout=subprocess.DEVNULL, env={}
        )

    data = str(folder / "data")
    try:
        run("initdb", "--pgdata", data, "--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--no-sync")  # fmt: skip
        options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c full_page_writes=off -c max_connections=60"
        run("pg_ctl", "--pgdata", data, "--wait", "--log", str(folder / "log"), "--options", options, "start")
        try:
            yield f"postgresql://{SUPERUSER}@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "--pgdata", data, "--wait", "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
