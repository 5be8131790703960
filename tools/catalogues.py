"""Message catalogues as files: read, write, compile, and what a complete message is."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po


def read(path: Path, *, language: str) -> Catalog:
    """The catalogue at `path`; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue sorted and without line numbers, so that it changes only where its messages do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, omit_header=False, include_lineno=False)


def compile_file(path: Path, *, language: str) -> None:
    """Write the binary catalogue that Django reads beside `path`, where it is older than its source."""
    target = path.with_suffix(".mo")
    if not path.exists() or (target.exists() and target.stat().st_mtime >= path.stat().st_mtime):
        return
    catalogue = read(path, language=language)
    with target.open("wb") as file:
        write_mo(file, catalogue)


def first_form(message_id: str | tuple[str, ...] | list[str]) -> str:
    """The singular of a message that has a plural; any other message itself."""
    return message_id if isinstance(message_id, str) else message_id[0]


def is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether every plural form is there."""
    return all(string) if isinstance(string, tuple | list) and string else bool(string)
