"""`make bench`: speed as ratios against the engine itself, in one run, with the growth from 1,000 to 100,000 matters.

`python -m bench [--sizes 1000,10000,100000]`. Prints the table and keeps it in bench/README.md.
"""

import argparse
import os
import platform
import re
import tempfile
from datetime import date
from pathlib import Path

README = Path(__file__).parent / "README.md"


def run(sizes: list[int]) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from tqdm import tqdm

    call_command("migrate", verbosity=0)
    from bench.figures import LIMITS, figures
    from bench.matters import fill
    from bench.report import keep, table

    columns, have = [], 0
    for size in tqdm(sizes, unit=" sizes"):
        fill(size - have, seed=7 + have)
        have = size
        columns.append(figures(size))
    machine = (
        f"{date.today():%Y-%m-%d}. {platform.machine()}, {os.cpu_count()} cores, {_memory()}; "
        f"Python {platform.python_version()}; client, server and node on one machine."
    )
    text = f"{machine}\n\n{table(sizes, columns, LIMITS)}"
    print(text)
    keep(README, "make bench", text)


def _memory() -> str:
    try:
        total = int(re.findall(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[0])
    except (OSError, IndexError):
        return "memory unknown"
    return f"{total / 1024 / 1024:.0f} GiB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000")
    options = parser.parse_args()
    from tools.elasticsearch import running_node

    with tempfile.TemporaryDirectory() as folder, running_node(heap="2g") as node:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "intranet.settings.development",
            "DEBUG": "0",
            "VAR_DIR": folder,
            "SEARCH_URL": f"{node}/bench",
            "SEARCH_FALLBACK_URL": "",
            "SEARCH_DRAIN_AT_COMMIT": "0",
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "PYTHONWARNINGS": "ignore",
        }
        run([int(size) for size in options.sizes.split(",")])


if __name__ == "__main__":
    main()
