"""What the tests of exchange share: lines, files, and a run of the commands."""

import json
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.translation import override

from intranet.organisation.models import Department
from tests.factories import DepartmentFactory


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def licensing(db: None) -> Department:
    return DepartmentFactory(code="licensing")


def line(**fields: Any) -> dict[str, Any]:
    """A good line, with these fields changed; a field given as `...` is left out."""
    good = {
        "id": "notice-1",
        "audience": "external",
        "visibility": "public",
        "matter": 2,
        "type": "notice",
        "department": "licensing",
        "title": "关于开展安全生产检查的通知",
        "summary": "全州范围。",
        "body": "各县（市）：\n\n现将有关事项通知如下。",
        "document_number": "甘安监〔2007〕138号",
        "formed_on": "2007-03-15",
        "language": "zh-hans",
    }
    return {name: value for name, value in {**good, **fields}.items() if value is not ...}


class Run:
    """One run of a command: what it wrote and its exit code."""

    def __init__(self, command: str, *arguments: str) -> None:
        out, err = StringIO(), StringIO()
        self.code = 0
        try:
            call_command(command, *arguments, stdout=out, stderr=err)
        except SystemExit as stop:
            self.code = int(stop.code or 0)
        self.out, self.err = out.getvalue(), err.getvalue()

    @property
    def counts(self) -> tuple[int, ...]:
        """Created, updated, unchanged, refused."""
        return tuple(int(word) for word in self.out.replace(",", " ").split() if word.isdigit())


@pytest.fixture
def import_lines(tmp_path: Path) -> Callable[..., Run]:
    """Write the lines to a file (a `bytes` line as it is) and import it."""

    def run(lines: list[dict[str, Any] | bytes], *arguments: str) -> Run:
        path = tmp_path / "lines.jsonl"
        path.write_bytes(
            b"\n".join(
                entry if isinstance(entry, bytes) else json.dumps(entry, ensure_ascii=False).encode() for entry in lines
            )
        )
        return Run("import_matters", str(path), *arguments)

    return run
