from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.extraction import Extraction, Extractor

Read = Callable[..., Extraction]


@pytest.fixture(scope="session")
def extractors() -> Iterator[dict[tuple, Extractor]]:
    """One for each kind of limits, kept for all tests: a child takes longer to start than to read a file."""
    known: dict[tuple, Extractor] = {}
    yield known
    for extractor in known.values():
        extractor.close()


@pytest.fixture
def read(tmp_path: Path, extractors: dict[tuple, Extractor]) -> Read:
    """Extract from content as if it were attached under a name."""

    def read(
        content: bytes, name: str = "attachment", *, file_name: str | None = None, **options: object
    ) -> Extraction:
        path = tmp_path / name
        path.write_bytes(content)
        key = tuple(sorted(options.items()))
        if key not in extractors:
            extractors[key] = Extractor(**options)
        return extractors[key].extract(path, file_name=file_name)

    return read
