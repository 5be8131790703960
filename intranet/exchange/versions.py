"""What the exchange format carries of one version of a matter: its draft, or what is live."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from intranet.disclosure.models import AttachedDocument, MatterPage
from intranet.disclosure.particulars.written import normal
from intranet.exchange.body_text import text_of

_NOT_IN_A_NAME = re.compile(r"[/\\\x00-\x1f]")
LONGEST_NAME = 200
"""Of a file's name, in bytes: most file systems allow 255."""


@dataclass(frozen=True, slots=True)
class AttachmentEntry:
    """An attached document under the title that this matter gives it, empty for the document's own."""

    document: int
    title: str


@dataclass(frozen=True, slots=True)
class Version:
    """The fields of one version; `body` as plain text, `formed_on` as ISO date, `particulars` as `normal` has them."""

    title: str
    summary: str
    body: str
    document_number: str
    formed_on: str | None
    visibility: str
    language: str
    attachments: tuple[AttachmentEntry, ...]
    particulars: str


def has_articles(type_code: str) -> bool:
    """Whether 第…条 begins an article in the text of this type."""
    return type_code == "regulation"


def draft_version(matter: MatterPage, *, type_code: str) -> Version:
    """The newest saved version; what is in the matter itself where none was ever saved."""
    revision = matter.latest_revision
    if revision is None:
        return live_version(matter, type_code=type_code)
    content = revision.content
    body = json.loads(content.get("body") or "[]")
    return Version(
        title=content["title"],
        summary=content.get("summary", ""),
        body=text_of(body, articles=has_articles(type_code)),
        document_number=content.get("document_number", ""),
        formed_on=content.get("formed_on"),
        visibility=content.get("visibility", ""),
        language=content.get("language", ""),
        attachments=_entries(
            ((row["document"], row.get("title", "")) for row in content.get("attachments", ())), body=body
        ),
        particulars=normal(json.loads(content.get("particulars") or "[]")),
    )


def live_version(matter: MatterPage, *, type_code: str) -> Version:
    """What the matter's own row holds: the live version of a live matter."""
    body = list(matter.body.raw_data)
    return Version(
        title=matter.title,
        summary=matter.summary,
        body=text_of(body, articles=has_articles(type_code)),
        document_number=matter.document_number,
        formed_on=_iso(matter.formed_on),
        visibility=matter.visibility,
        language=matter.language,
        attachments=_entries(((row.document_id, row.title) for row in matter.attachments.all()), body=body),
        particulars=normal(matter.particulars.raw_data),
    )


def file_title(title: str, document: AttachedDocument) -> str:
    """The attachment's title as a file's name, with the file's extension and nothing that a name may not hold."""
    extension = PurePosixPath(document.file.name).suffix
    name = _NOT_IN_A_NAME.sub("_", title or document.title).strip(" .") or "file"
    if extension and name.lower().endswith(extension.lower()):
        extension = name[-len(extension) :]
        name = name[: -len(extension)]
    room = LONGEST_NAME - len(extension.encode())
    return name.encode()[:room].decode(errors="ignore") + extension


def _entries(rows: Iterable[tuple[int, str]], *, body: list[Any]) -> tuple[AttachmentEntry, ...]:
    """The attachments, then the files that the body lists, each document once."""
    entries: dict[int, AttachmentEntry] = {}
    for document, title in (*rows, *((key, "") for key in _documents_in(body))):
        entries.setdefault(document, AttachmentEntry(document, title))
    return tuple(entries.values())


def _documents_in(body: list[Any]) -> Iterator[int]:
    for block in body:
        if block["type"] == "files":
            for item in block["value"]:
                key = item["value"] if isinstance(item, dict) else item
                if key:
                    yield key


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
