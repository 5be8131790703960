"""Importing matters: what a line means for this portal, and carrying it out.

Lines go in by batches, each in one transaction. Every line is judged before anything of its batch is written,
and written inside a savepoint of its own, so one bad line costs nothing but itself. A matter goes live through
the gate alone, with a recorded release. Existing matters are changed as drafts, and only where nobody's work
would be lost or pass unreviewed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, reset_queries, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Collection, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from intranet.access.audience import Audience, is_within
from intranet.disclosure.going_live import PublicationRefused
from intranet.disclosure.models import (
    MATTER_TYPES,
    AttachedDocument,
    Category,
    CategorySection,
    CategoryTerms,
    MatterAttachment,
    MatterPage,
)
from intranet.disclosure.plausible_days import is_plausible
from intranet.disclosure.sections import collection_of, section_for
from intranet.exchange.body_text import body_from_text, text_of
from intranet.exchange.files import FoundFile, document_of, find_file
from intranet.exchange.lines import MEBIBYTE, LineRefused, MatterLine, numbered_lines, parse_line
from intranet.exchange.named_deciders import NamedDeciders
from intranet.exchange.versions import Version, draft_version, file_title, has_articles
from intranet.organisation.models import Department, User
from intranet.publication.authorship import authors_since_live
from intranet.publication.release import release_imported

BATCH_LINES = 200
BATCH_BYTES = 8 * MEBIBYTE


class Result(StrEnum):
    """What became of a line."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the line of this number; `reasons` where it was refused."""

    number: int
    result: Result
    id: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intent:
    """A line that may go in: what is to be done, and to which matter if there is one."""

    number: int
    line: MatterLine
    result: Result
    body: list[dict[str, Any]] = field(default_factory=list)
    files: tuple[FoundFile, ...] = ()
    matter: MatterPage | None = None
    changes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How an import runs. `source` is named as the reason of each release.

    `by` is who approved what is published, or the author of drafts; `reviewed_by` who concluded the secrecy review.
    """

    folder: Path | None = None
    publish: bool = False
    dry_run: bool = False
    create_departments: bool = False
    source: str = ""
    by: User | None = None
    reviewed_by: User | None = None


def import_matters(stream: BinaryIO, *, options: ImportOptions) -> Iterator[Outcome]:
    """Import the stream's lines; an outcome for each, in order, as soon as its batch is committed.

    Holds one batch in memory, whatever the stream's length. A dry run judges every line and writes nothing.
    """
    importer = _Importer(options)
    batch: list[tuple[int, MatterLine | Outcome]] = []
    size = 0
    for number, raw in numbered_lines(stream):
        entry = importer.read(number, raw)
        batch.append((number, entry))
        size += entry.size if isinstance(entry, MatterLine) else 0
        if len(batch) >= BATCH_LINES or size >= BATCH_BYTES:
            yield from importer.take(batch)
            batch, size = [], 0
    yield from importer.take(batch)


class _Importer:
    """What one import remembers: the ids seen, and the catalogue and departments, read once."""

    def __init__(self, options: ImportOptions) -> None:
        self.options = options
        self.seen: dict[str, int] = {}
        self.departments = {department.code: department for department in Department.objects.select_related("parent")}
        self.announced: set[str] = set()
        self.categories = {category.code: category for category in Category.objects.all()}
        terms = CategoryTerms.objects.in_force().values_list("category__code", "widest_audience")
        self.ceilings = dict(terms)
        self.named = NamedDeciders(reviewed_by=options.reviewed_by, approved_by=options.by)
        self.sections: dict[tuple[str, str], CategorySection] = {}
        self.collections: dict[str, Collection] = {}

    @property
    def author(self) -> User | None:
        """Whose draft it is; nobody's here where it is published: who approves it did not write it."""
        return None if self.options.publish else self.options.by

    def read(self, number: int, raw: bytes | LineRefused) -> MatterLine | Outcome:
        """The line, parsed; an outcome where it is refused as it stands or its id came before."""
        try:
            if isinstance(raw, LineRefused):
                raise raw
            line = parse_line(raw, draft=not self.options.publish)
            first = self.seen.setdefault(line.id, number)
            if first != number:
                raise LineRefused(_("Line %(first)s has the same id.") % {"first": first})
        except LineRefused as refusal:
            return Outcome(number, Result.REFUSED, reasons=tuple(refusal.reasons))
        return line

    def take(self, batch: list[tuple[int, MatterLine | Outcome]]) -> Iterator[Outcome]:
        """Judge the batch, then write it in one transaction."""
        existing = self._existing([entry.id for _number, entry in batch if isinstance(entry, MatterLine)])
        documents = _documents_of(existing.values())
        judged = [
            entry if isinstance(entry, Outcome) else self._judge(number, entry, existing, documents)
            for number, entry in batch
        ]
        if self.options.dry_run:
            outcomes = [entry if isinstance(entry, Outcome) else _done(entry) for entry in judged]
        else:
            with transaction.atomic():
                outcomes = [entry if isinstance(entry, Outcome) else self._carry_out(entry) for entry in judged]
        # With DEBUG on Django keeps the last queries, each with its text.
        reset_queries()
        yield from outcomes

    # Judging

    def _existing(self, ids: list[str]) -> dict[str, tuple[MatterPage, Version]]:
        matters = MatterPage.objects.filter(identifier__in=ids).select_related(
            "content_type", "latest_revision", "department", "category"
        )
        return {matter.identifier: (matter, draft_version(matter, type_code=_type_of(matter))) for matter in matters}

    def _judge(
        self,
        number: int,
        line: MatterLine,
        existing: dict[str, tuple[MatterPage, Version]],
        documents: dict[int, AttachedDocument],
    ) -> Intent | Outcome:
        reasons = [*self._against_place(line), *self._against_days(line), *self._against_names(line)]
        files: list[FoundFile] = []
        for name in line.attachments:
            try:
                files.append(find_file(name, folder=self.options.folder))
            except LineRefused as refusal:
                reasons += refusal.reasons
        body = body_from_text(line.body, articles=has_articles(line.type))
        intent = Intent(number, line, Result.CREATED, body, tuple(files))
        if line.id in existing:
            matter, version = existing[line.id]
            changes = _changes(intent, version, documents)
            intent = Intent(
                number,
                line,
                Result.UPDATED if changes or self._awaits_publication(line, matter) else Result.UNCHANGED,
                body,
                tuple(files),
                matter,
                changes,
            )
            reasons += self._against_update(intent, matter)
        if reasons:
            return Outcome(number, Result.REFUSED, line.id, tuple(reasons))
        return intent

    def _against_place(self, line: MatterLine) -> Iterator[str]:
        if line.department not in self.departments and line.department not in self.announced:
            if self.options.create_departments:
                self.announced.add(line.department)
            else:
                yield _("There is no department “%(code)s”; create it, or let --create-departments do it.") % {
                    "code": line.department
                }
        ceiling = self.ceilings.get(line.category_code)
        if ceiling is None:
            yield _("No terms are in force for category %(code)s.") % {"code": line.category_code}
        elif line.visibility and not is_within(line.visibility, ceiling):
            yield _("“visibility”: category %(code)s allows no wider audience than “%(widest)s”.") % {
                "code": line.category_code,
                "widest": Audience(ceiling).value,
            }

    def _against_days(self, line: MatterLine) -> Iterator[str]:
        if self.options.publish and line.published_on and line.published_on > timezone.localdate():
            yield _("“published_on”: %(day)s has not come yet.") % {"day": line.published_on.isoformat()}
        for name, day in (("formed_on", line.formed_on), ("published_on", line.published_on)):
            if day is not None and not is_plausible(day):
                yield _("“%(field)s”: %(day)s is no day that anybody means.") % {"field": name, "day": day.isoformat()}

    def _against_names(self, line: MatterLine) -> Iterator[str]:
        department = self.departments.get(line.department)
        if self.options.publish and department is not None:
            yield from self.named.reasons_against(department)

    def _awaits_publication(self, line: MatterLine, matter: MatterPage) -> bool:
        if not self.options.publish:
            return False
        moved = line.published_on is not None and line.published_on != matter.published_on
        return not matter.live or matter.has_unpublished_changes or moved

    def _against_update(self, intent: Intent, matter: MatterPage) -> Iterator[str]:
        line = intent.line
        place = (_type_of(matter), matter.department.code, matter.category.code)
        if place != (line.type, line.department, line.category_code):
            yield _(
                "The id belongs to a matter of type %(type)s, department %(department)s, category %(category)s."
            ) % {
                "type": place[0],
                "department": place[1],
                "category": place[2],
            }
        if intent.result == Result.UNCHANGED:
            return
        if matter.workflow_in_progress:
            yield _("The matter is under review; it can be changed when the review is over.")
        if self.options.publish and matter.withdrawn_at and not matter.live:
            yield _("The matter was withdrawn; an import does not bring it back.")
        if self.options.publish and matter.expired:
            yield _("The matter has expired; an import does not bring it back.")
        # Theirs who approve it, too: nobody approves their own draft.
        if self.options.publish and (names := ", ".join(map(str, authors_since_live(matter)))):
            yield _("Its draft holds work that was not reviewed yet, by %(people)s.") % {"people": names}

    # Writing

    def _carry_out(self, intent: Intent) -> Outcome:
        if intent.result == Result.UNCHANGED:
            return _done(intent)
        try:
            with transaction.atomic():
                self._write(intent)
        except PublicationRefused as refusal:
            reasons = refusal.reasons
        except ValidationError as error:
            reasons = error.messages
        except (IntegrityError, DataError) as error:
            reasons = [_("The database refuses it: %(error)s") % {"error": error}]
        except OSError as error:
            reasons = [_("An attachment could not be stored: %(error)s") % {"error": error}]
        else:
            return _done(intent)
        self.sections.clear()
        self.collections.clear()
        self.departments = {code: found for code, found in self.departments.items() if code not in self.announced}
        return Outcome(intent.number, Result.REFUSED, intent.line.id, tuple(reasons))

    def _write(self, intent: Intent) -> None:
        line, options = intent.line, self.options
        department = self._department(line.department)
        documents = [document_of(file, collection=self._collection(department)) for file in intent.files]
        with _references_once() as touched:
            if intent.matter is None:
                draft = self._create(intent, department, documents)
            else:
                draft = self._update(intent, intent.matter, documents)
            if options.publish:
                release_imported(
                    draft,
                    by=options.by,
                    reviewed_by=options.reviewed_by,
                    reason=f"import {options.source}".strip(),
                )
            touched.append(draft)

    def _create(self, intent: Intent, department: Department, documents: list[AttachedDocument]) -> MatterPage:
        line = intent.line
        section = self._section(department, line.category_code)
        draft = MATTER_TYPES[line.type](
            identifier=line.id,
            slug=line.id,
            live=False,
            has_unpublished_changes=True,
            owner=self.author,
            published_on=self._published_on(line),
        )
        _fill(draft, intent, documents, fields=FIELDS)
        section.add_child(instance=draft)
        # A matter that goes live is checked in full when it does.
        draft.save_revision(user=self.author, clean=not self.options.publish)
        return draft

    def _update(self, intent: Intent, matter: MatterPage, documents: list[AttachedDocument]) -> MatterPage:
        specific = matter.specific
        if published_on := self._published_on(intent.line):
            MatterPage.objects.filter(pk=matter.pk).update(published_on=published_on)
            specific.published_on = published_on
        if not intent.changes:
            return specific
        draft = specific.get_latest_revision_as_object()
        _fill(draft, intent, documents, fields=intent.changes)
        draft.save_revision(user=self.author, log_action=True)
        return draft

    def _published_on(self, line: MatterLine) -> date | None:
        """A draft has no day of publication; it gets its own when it is approved."""
        return line.published_on if self.options.publish else None

    def _department(self, code: str) -> Department:
        if code not in self.departments:
            department = Department(code=code, name_zh=code)
            department.full_clean()
            department.save()
            self.departments[code] = department
        return self.departments[code]

    def _section(self, department: Department, category_code: str) -> CategorySection:
        key = (department.code, category_code)
        if key not in self.sections:
            self.sections[key] = section_for(department, self.categories[category_code])
        return self.sections[key]

    def _collection(self, department: Department) -> Collection:
        if department.code not in self.collections:
            self.collections[department.code] = collection_of(department)
        return self.collections[department.code]


FIELDS = frozenset(
    {"title", "summary", "body", "document_number", "formed_on", "visibility", "language", "attachments", "particulars"}
)
"""What an import sets in a version of a matter."""


def _fill(draft: MatterPage, intent: Intent, documents: list[AttachedDocument], *, fields: frozenset[str]) -> None:
    for name in fields - {"body", "attachments"}:
        setattr(draft, name, getattr(intent.line, name))
    if "title" in fields:
        draft.draft_title = draft.title
    if "body" in fields:
        draft.body = draft._meta.get_field("body").stream_block.to_python(intent.body)
    if "attachments" in fields:
        titles = [file.title for file in intent.files]
        draft.attachments = [
            MatterAttachment(document=document, title="" if document.title == title else title, sort_order=position)
            for position, (document, title) in enumerate(zip(documents, titles, strict=True))
        ]


def _changes(intent: Intent, version: Version, documents: dict[int, AttachedDocument]) -> frozenset[str]:
    """The fields in which the line differs from the version."""
    line = intent.line
    plain = ("title", "summary", "document_number", "visibility", "language", "particulars")
    changes = {name for name in plain if getattr(line, name) != getattr(version, name)}
    if (line.formed_on.isoformat() if line.formed_on else None) != version.formed_on:
        changes.add("formed_on")
    if text_of(intent.body, articles=has_articles(line.type)) != version.body:
        changes.add("body")
    attached = [
        (documents[entry.document].file_hash, file_title(entry.title, documents[entry.document]))
        for entry in version.attachments
        if entry.document in documents
    ]
    if attached != [(file.content_hash, file.title) for file in intent.files]:
        changes.add("attachments")
    return frozenset(changes)


def _documents_of(existing: Any) -> dict[int, AttachedDocument]:
    keys = {entry.document for _matter, version in existing for entry in version.attachments}
    return AttachedDocument.objects.in_bulk(keys)


@contextmanager
def _references_once() -> Iterator[list[MatterPage]]:
    """Bring the reference index in line once for each matter put into the list, not at each of its saves."""
    touched: list[MatterPage] = []
    with disable_reference_index_auto_update():
        yield touched
    for matter in touched:
        ReferenceIndex.create_or_update_for_object(type(matter).objects.get(pk=matter.pk))


def _type_of(matter: MatterPage) -> str:
    model = matter.content_type.model_class()
    return model.type_code if model else ""


def _done(intent: Intent) -> Outcome:
    return Outcome(intent.number, intent.result, intent.line.id)
