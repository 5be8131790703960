"""The demo's content as it is written: `content/organisation.toml`, `hall.toml`, and matters in the other files.

A file of matters is a list of `[[matters]]`. Of each: `id`, `type`, `department` (code), `category` (E2, N3),
`title`, `body` (plain text as in the exchange format), `visibility`, `language`, `formed_on`, `state`, and any
field of its type. Rows come as lists of tables: `materials`, `steps`, `goals`, `figures`; `relations` with `kind`
and `target` (an id); `elements` as one table of element and content; `attachments` with `kind` (pdf, docx, xlsx,
csv, txt), `title`, `paragraphs`, `rows`; `particulars` as in the exchange format; `shares` as a list of usernames;
`translation_of` an id.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
ORGANISATION = "organisation.toml"
HALL = "hall.toml"


class ContentError(Exception):
    """Something written in the demo's content is wrong; says in which file, at which id, and what."""

    def __init__(self, file: str, where: str, why: object) -> None:
        super().__init__(f"{file}: {where}: {why}" if where else f"{file}: {why}")


@dataclass(frozen=True, slots=True)
class Written:
    """A matter as it is written, and where."""

    file: str
    id: str
    fields: dict[str, Any]

    def error(self, why: object) -> ContentError:
        return ContentError(self.file, self.id, why)


def read_organisation(folder: Path = FOLDER) -> dict[str, Any]:
    """Departments, people and the bureau's facts."""
    return _read(folder / ORGANISATION)


def read_hall(folder: Path = FOLDER) -> dict[str, Any] | None:
    """Families of service items, and what the hall's year was like; None where nothing is written of a hall."""
    return _read(folder / HALL) if (folder / HALL).exists() else None


def read_matters(folder: Path = FOLDER) -> list[Written]:
    """Every matter, what others refer to before those that refer to it."""
    matters: dict[str, Written] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name == ORGANISATION:
            continue
        content = _read(path)
        for fields in content.get("matters", []):
            written = Written(path.name, str(fields.get("id", "")), fields)
            if not written.id:
                raise ContentError(path.name, fields.get("title", ""), "a matter without an id")
            if written.id in matters:
                raise written.error(f"the id is there already, in {matters[written.id].file}")
            matters[written.id] = written
    return _in_order(matters)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ContentError(path.name, "", "the file is missing") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(path.name, "", error) from error


def _references(written: Written) -> Iterator[str]:
    for relation in written.fields.get("relations", []):
        yield relation["target"]
    if target := written.fields.get("translation_of"):
        yield target


def _in_order(matters: dict[str, Written]) -> list[Written]:
    ordered: dict[str, Written] = {}
    waiting: set[str] = set()

    def place(written: Written) -> None:
        if written.id in ordered:
            return
        if written.id in waiting:
            raise written.error("its references go round in a circle")
        waiting.add(written.id)
        for target in _references(written):
            if target not in matters:
                raise written.error(f"refers to {target}, which is not there")
            place(matters[target])
        ordered[written.id] = written

    for written in matters.values():
        place(written)
    return list(ordered.values())
