import io
from collections.abc import Callable

import pytest

from intranet.disclosure.cleaning import Cleaning
from intranet.disclosure.cleaning.worker import clean
from tests.search.extraction.conftest import extractors, read

__all__ = ["cleaned", "extractors", "read"]

Clean = Callable[..., tuple[bytes, Cleaning]]


@pytest.fixture
def cleaned() -> Clean:
    """What readers would get of a file with this content and name, and what was found in it."""

    def cleaned(content: bytes, name: str = "file") -> tuple[bytes, Cleaning]:
        copy = io.BytesIO()
        outcome = clean(io.BytesIO(content), copy, file_name=name)
        return copy.getvalue() or content, outcome

    return cleaned
