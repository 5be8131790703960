"""The process that prints one book: `python -m intranet.hall.printing.child TARGET`, the HTML on its standard input.

It writes TARGET, whole or not at all, and takes away TARGET.failed then; where letters are missing, these are in it.
"""

import os
import resource
import sys
from pathlib import Path

from intranet.hall.printing.pdf import LettersMissing, pdf_of

PROCESSOR_SECONDS = 600
MEMORY_BYTES = 3 * 1024**3
"""Of addresses, among them those of the fonts' files."""


def main() -> None:
    # A book waits for visitors' pages, not they for it.
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    target = Path(sys.argv[1])
    failed = target.with_name(f"{target.name}.failed")
    html = sys.stdin.buffer.read().decode()
    try:
        _put(target, pdf_of(html, whole=True))
    except LettersMissing as missing:
        _put(failed, missing.letters.encode())
    else:
        failed.unlink(missing_ok=True)


def _put(path: Path, content: bytes) -> None:
    made = path.with_name(f"{path.name}.{os.getpid()}")
    made.write_bytes(content)
    made.replace(path)


if __name__ == "__main__":
    main()
