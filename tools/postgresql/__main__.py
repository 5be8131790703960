"""Runs a command with `DATABASE_URL` naming a PostgreSQL cluster of its own."""

import os
import subprocess
import sys

from tools.postgresql.cluster import running_cluster

if __name__ == "__main__":
    command = sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]
    if not command:
        sys.exit("Usage: python -m tools.postgresql -- COMMAND [ARGUMENT ...]")
    with running_cluster() as url:
        code = subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": url}).returncode
    sys.exit(code)
