"""Exporting matters in the format that import reads, ordered by id, a batch at a time."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, reset_queries
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Collate
from django.utils.translation import gettext as _

from intranet.disclosure.models import AttachedDocument, MatterPage
from intranet.disclosure.particulars.written import written_from
from intranet.disclosure.public_copies import copy_of, ensure_copy
from intranet.disclosure.querysets import MatterQuerySet
from intranet.exchange.versions import Version, draft_version, file_title, live_version

BATCH = 200


@dataclass(slots=True)
class Export:
    """What is exported and where its files go; `problems` names what could not be written, in words.

    `side` is external, internal, or None for both. Live matters come in their live version; with `drafts`, those
    that wait to become live come too, in their newest. What was withdrawn or has expired stays where it is.
    `folder` receives the attachments: what readers get of them, or with `originals` what was uploaded.
    """

    side: str | None = None
    drafts: bool = False
    folder: Path | None = None
    originals: bool = False
    problems: list[str] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """A JSON object for each matter, without line ends."""
        last = ""
        while batch := list(self._matters().filter(place__gt=last).order_by("place")[:BATCH]):
            yield from self._lines_of(batch)
            last = batch[-1].identifier
            reset_queries()

    def count(self) -> int:
        """How many lines there will be."""
        return self._matters().count()

    def _matters(self) -> MatterQuerySet:
        matters = MatterPage.objects.disclosed()
        if self.drafts:
            matters = matters | MatterPage.objects.filter(live=False, withdrawn_at=None, expired=False)
        if self.side is not None:
            matters = matters.filter(category__side=self.side)
        # The same order on every database, whatever its language.
        place = Collate("identifier", "C" if connection.vendor == "postgresql" else "BINARY")
        return (
            matters.annotate(place=place)
            .select_related("content_type", "category", "department", "latest_revision")
            .prefetch_related("attachments")
        )

    def _lines_of(self, batch: list[MatterPage]) -> Iterator[str]:
        versions = []
        for matter in batch:
            model = matter.content_type.model_class()
            type_code = model.type_code if model else ""
            version_of = live_version if matter.live else draft_version
            versions.append((matter, type_code, version_of(matter, type_code=type_code)))
        keys = {entry.document for _matter, _type, version in versions for entry in version.attachments}
        documents = AttachedDocument.objects.select_related("public_copy").in_bulk(keys)
        for matter, type_code, version in versions:
            line = self._line(matter, type_code, version, documents)
            yield json.dumps(line, ensure_ascii=False)

    def _line(
        self, matter: MatterPage, type_code: str, version: Version, documents: dict[int, AttachedDocument]
    ) -> dict[str, Any]:
        line = {
            "id": matter.identifier,
            "audience": matter.category.side,
            "visibility": version.visibility,
            "matter": matter.category.ordinal,
            "type": type_code,
            "department": matter.department.code,
            "title": version.title,
            "summary": version.summary,
            "body": version.body,
            "document_number": version.document_number,
            "formed_on": version.formed_on,
            "language": version.language,
        }
        if matter.published_on and matter.live:
            line["published_on"] = matter.published_on.isoformat()
        if particulars := written_from(version.particulars):
            line["particulars"] = particulars
        attached = [(documents[entry.document], entry) for entry in version.attachments if entry.document in documents]
        if attached:
            line["attachments"] = [
                self._attachment(document, file_title(entry.title, document), matter=matter, position=position)
                for position, (document, entry) in enumerate(attached, start=1)
            ]
        return line

    def _attachment(self, document: AttachedDocument, title: str, *, matter: MatterPage, position: int) -> str:
        """The name under which the file is exported: its title where that is not taken by another content."""
        content_hash = document.file_hash or f"document {document.pk}"
        name = next(
            name
            for name in (title, f"{matter.identifier}/{title}", f"{matter.identifier}/{position}/{title}")
            if self._names.setdefault(name.casefold(), content_hash) == content_hash
        )
        if self.folder is not None:
            try:
                file = self._file_of(document)
                if file is None:
                    self.problems.append(
                        _("The attachment %(name)s of %(id)s is withheld from readers, so it is not exported.")
                        % {"name": name, "id": matter.identifier}
                    )
                else:
                    _copy(file, self.folder / name)
            except OSError as error:
                self.problems.append(
                    _("The attachment %(name)s of %(id)s cannot be written: %(error)s")
                    % {"name": name, "id": matter.identifier, "error": error}
                )
        return name

    def _file_of(self, document: AttachedDocument) -> FieldFile | None:
        """What is exported of the document, None where readers get nothing of it; `OSError` if it is not there."""
        if self.originals:
            return document.file
        if ensure_copy(document) is None:
            raise FileNotFoundError(_("The file is not in the store."))
        copy = copy_of(document)
        return copy.served if copy else None


def _copy(file: FieldFile, target: Path) -> None:
    """Write the file's content; a file cut short never stands under the name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name[:40]}.part")
    with file.open("rb") as content, beside.open("wb") as copy:
        shutil.copyfileobj(content, copy)
    os.replace(beside, target)
