"""The texts of what readers get of attached files, each content read once and kept."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from django.conf import settings

from intranet.disclosure.models import AttachedDocument, ExtractedText, PublicCopy
from intranet.disclosure.public_copies import ensure_copy
from search.extraction import (
    DEFAULT_LIMITS,
    Extraction,
    ExtractionUnavailable,
    Limits,
    Reason,
    Recogniser,
    extract_many,
    find_recogniser,
    fingerprint,
)

logger = logging.getLogger("gongkai.disclosure")

_WAITS_FOR_RECOGNITION = {Reason.SCANNED, Reason.PARTLY_SCANNED, Reason.NOT_RECOGNISED}
_DEPENDS_ON_THE_HOUR = {Reason.TOO_SLOW, Reason.TOO_MUCH_MEMORY, Reason.CRASHED}


def texts_of(documents: Sequence[AttachedDocument]) -> dict[int, str]:
    """The text of what readers get of each file, by the document's primary key.

    Empty for one that cannot be read, and for one that readers do not get. Raises what `prepare_texts` does.
    """
    if not documents:
        return {}
    prepare_texts(documents)
    copies = PublicCopy.objects.handed_out().filter(document__in=[document.pk for document in documents])
    return {pk: text or "" for pk, text in copies.values_list("document_id", "text__text")}


def prepare_texts(documents: Sequence[AttachedDocument]) -> None:
    """Read what is not kept, many files by the same child processes, and keep it.

    Raises `search.extraction.ExtractionUnavailable` when nothing can be read at all; the caller tries again later.
    """
    known = PublicCopy.objects.filter(document__in=[document.pk for document in documents])
    kept = {copy.document_id: copy for copy in known.select_related("text").defer("text__text")}
    copies = []
    for document in documents:
        copy = kept.get(document.pk)
        copy = copy if copy is not None and copy.is_of(document) else ensure_copy(document)
        if copy is not None:
            copy.document = document
            copies.append(copy)
    keep_texts(copies, recogniser=find_recogniser(settings.OCR_PROGRAM))


def keep_texts(copies: Iterable[PublicCopy], *, recogniser: Recogniser | None, limits: Limits = DEFAULT_LIMITS) -> None:
    """Give each copy its text: the kept one of its content, else by reading it. Raises `ExtractionUnavailable`."""
    waiting: dict[tuple[str, str], list[PublicCopy]] = {}
    for copy in copies:
        if not (copy.text and _is_fresh(copy.text, recogniser)):
            waiting.setdefault((copy.content_hash, suffix_of(copy)), []).append(copy)
    kept = {
        (row.content_hash, row.suffix): row
        for row in ExtractedText.objects.defer("text").filter(content_hash__in={key[0] for key in waiting})
        if _is_fresh(row, recogniser)
    }
    unread = {some[0].served.path: key for key, some in waiting.items() if key not in kept}
    processes = settings.EXTRACTION_PROCESSES
    for path, extraction in extract_many(unread, limits=limits, recogniser=recogniser, processes=processes):
        if limits == DEFAULT_LIMITS or extraction.reason not in _DEPENDS_ON_THE_HOUR:
            key = unread[str(path)]
            kept[key] = _keep(*key, extraction, recogniser)
    for key, some in waiting.items():
        for copy in some if key in kept else ():
            copy.text = kept[key]
            copy.save(update_fields=["text"])


def read_at_upload(document: AttachedDocument) -> None:
    """Tell the editor early whether the file can be read; who uploads waits only so long, and not for recognition."""
    seconds = settings.READING_AT_UPLOAD_SECONDS
    copy = ensure_copy(document) if seconds else None
    if copy is None:
        return
    limits = replace(DEFAULT_LIMITS, seconds=seconds, cpu_seconds=int(seconds) + 1)
    try:
        keep_texts([copy], recogniser=None, limits=limits)
    except ExtractionUnavailable:
        logger.exception("No file can be read: the child process does not start")


def suffix_of(copy: PublicCopy) -> str:
    """The ending of the file's name."""
    return PurePath(copy.source_name).suffix.lower()[:20]


def _is_fresh(row: ExtractedText, recogniser: Recogniser | None) -> bool:
    """Whether reading again would give nothing else: a scan is read again once a program can."""
    if row.way != fingerprint():
        return False
    can_more = recogniser is not None and row.recogniser != recogniser.languages
    return not (can_more and row.reason in _WAITS_FOR_RECOGNITION)


def _keep(content_hash: str, suffix: str, extraction: Extraction, recogniser: Recogniser | None) -> ExtractedText:
    row, _is_new = ExtractedText.objects.update_or_create(
        content_hash=content_hash,
        suffix=suffix,
        defaults={
            "way": fingerprint(),
            "recogniser": recogniser.languages if recogniser else "",
            "text": extraction.text,
            "status": str(extraction.status),
            "reason": str(extraction.reason or ""),
            "pages": extraction.pages,
            "is_recognised": extraction.is_recognised,
        },
    )
    return row
