from collections.abc import Callable
from pathlib import Path

import pytest

from search.extraction import Extraction, extract_text

Read = Callable[..., Extraction]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Extract from content as if it were attached under a name."""

    def read(content: bytes, name: str = "attachment", **options: object) -> Extraction:
        path = tmp_path / name
        path.write_bytes(content)
        return extract_text(path, **options)

    return read
