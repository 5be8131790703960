"""The texts of attached files, read once and kept."""

import logging
from collections.abc import Sequence
from pathlib import Path

from intranet.disclosure.models import AttachedDocument, FileText
from search.extraction import Extraction, extract_many

logger = logging.getLogger("gongkai.disclosure")


def texts_of(documents: Sequence[AttachedDocument]) -> dict[int, str]:
    """The text of each file by the document's primary key; empty for one that cannot be read.

    A file is read when it is first asked for and again when it was replaced. Raises
    `search.extraction.ExtractionUnavailable` when nothing can be read at all; the caller tries again later.
    """
    if not documents:
        return {}
    kept = {row.document_id: row for row in FileText.objects.filter(document__in=[d.pk for d in documents])}
    texts: dict[int, str] = {}
    unread: list[AttachedDocument] = []
    for document in documents:
        row = kept.get(document.pk)
        if row is not None and row.file_hash == document.get_file_hash():
            texts[document.pk] = row.text
        else:
            unread.append(document)
    texts.update(_read(unread))
    return texts


def _read(documents: Sequence[AttachedDocument]) -> dict[int, str]:
    by_path = {Path(document.file.path): document for document in documents}
    texts: dict[int, str] = {}
    for path, extraction in extract_many(list(by_path)):
        document = by_path[Path(path)]
        _keep(document, extraction)
        texts[document.pk] = extraction.text
    return texts


def _keep(document: AttachedDocument, extraction: Extraction) -> None:
    FileText.objects.update_or_create(
        document=document,
        defaults={
            "file_hash": document.get_file_hash(),
            "text": extraction.text,
            "status": str(extraction.status),
            "reason": str(extraction.reason or ""),
            "pages": extraction.pages,
        },
    )
