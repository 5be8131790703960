"""What is searched: the demo's public matters as they are written, or a file in the import format."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from search.document import SearchDocument

TOKENS = frozenset({"public"})
TYPE_TEXTS = ("legal_basis", "conditions", "fee_text", "result_text", "place", "hours", "phone", "complaint", "party",
              "basis", "relief", "contact", "issuing_organ")  # fmt: skip
TYPE_ROWS = ("materials", "steps", "goals", "figures")
_MARKUP = re.compile(r"(?m)^(?:#+|>|§)\s+|^\|[\s|:-]+\|$|\|")


def demo() -> Iterator[SearchDocument]:
    """The demo's live public matters; a document's key is `matter:` and the id in the content."""
    from intranet.demo.content import read_matters

    for written in read_matters():
        fields = written.fields
        if fields["visibility"] == "public" and fields.get("state", "live") in ("live", "live_with_draft"):
            yield _demo_document(written.id, fields)


def _demo_document(identifier: str, fields: dict[str, Any]) -> SearchDocument:
    body = _MARKUP.sub(" ", fields["body"])
    rows = (str(value) for name in TYPE_ROWS for row in fields.get(name, ()) for value in row.values())
    form = fields.get("particulars", {}).get("rows", ())
    cells = (str(value) for row in form for value in row.values())
    texts = (str(fields[name]) for name in TYPE_TEXTS if fields.get(name))
    return SearchDocument(
        key=f"matter:{identifier}",
        version=1,
        readers=TOKENS,
        title=fields["title"],
        summary=fields["summary"],
        body="\n".join((body, *texts, *rows, *cells, *map(str, fields.get("elements", {}).values()))),
        document_number=fields.get("document_number", ""),
        keywords=tuple(part.strip() for part in re.split("[,，、]", fields.get("keywords", "")) if part.strip()),
        type=fields["type"],
        audience="external",
        department=fields["department"],
        matter=fields["category"],
        language=fields["language"],
        validity=fields.get("validity", ""),
        published_on=fields.get("published_on"),
    )


def imported(path: str) -> Iterator[SearchDocument]:
    """The lines of a file in the import format."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            day = row.get("published_on") or row.get("formed_on")
            yield SearchDocument(
                key=f"matter:{row['id']}",
                version=1,
                readers=TOKENS,
                title=row["title"],
                summary=row.get("summary", ""),
                body=row["body"],
                document_number=row.get("document_number", ""),
                type=row["type"],
                audience=row["audience"],
                department=row["department"],
                matter=f"E{row['matter']}",
                language=row["language"],
                published_on=date.fromisoformat(day) if day else None,
            )
