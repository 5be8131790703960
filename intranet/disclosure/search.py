"""What is found of disclosure: matters, with the text of their attachments."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import Min, Prefetch, prefetch_related_objects
from django.utils import timezone

from intranet.access.models import Share, moment_after
from intranet.access.tokens import AnyUser
from intranet.disclosure.attachment_text import texts_of
from intranet.disclosure.attachments import documents_of
from intranet.disclosure.body import body_parts, body_text, fetch_files, has_addresses
from intranet.disclosure.cards import attached, cards_of
from intranet.disclosure.models import (
    MATTER_TYPES,
    AttachedDocument,
    CategoryTerms,
    Language,
    MatterAttachment,
    MatterPage,
    Side,
    Validity,
)
from intranet.disclosure.place_names import place_names
from intranet.disclosure.readers import reader_tokens_of_each
from intranet.disclosure.validity.reading import last_changes, read_validity
from intranet.disclosure.wording import TYPE_ROWS, type_texts
from search.adapters import Attached, Card, keys_in_order, register
from search.document import AttachmentText, SearchDocument, Section
from search.models import IndexTask

logger = logging.getLogger("gongkai.disclosure")

PREFIX = "matter"


def key_of(pk: int | str) -> str:
    """The search key of the matter with this primary key."""
    return f"{PREFIX}:{pk}"


def primary_key(key: str) -> int:
    return int(key.partition(":")[2])


class MatterAdapter:
    """Matters in the index: found by their readers, shown as cards."""

    prefix = PREFIX

    def keys(self) -> Iterator[str]:
        """Every matter there is, live or not."""
        return keys_in_order(MatterPage.objects.all(), self.prefix)

    def documents(self, versions: Mapping[str, int]) -> Iterator[SearchDocument]:
        """A document for each matter that anybody may find, a tombstone for every other key."""
        pages = list(
            MatterPage.objects.filter(pk__in=[primary_key(key) for key in versions])
            .specific()
            .select_related("category", "department", for_specific_subqueries=True)
            .prefetch_related(
                "elements",
                Prefetch("attachments", MatterAttachment.objects.select_related("document")),
                for_specific_subqueries=True,
            )
        )
        _prefetch_rows(pages)
        readers = reader_tokens_of_each(pages)
        found = {key_of(page.pk): page for page in pages if readers[page.pk]}
        read_validity(found.values())
        fetch_files(page.body for page in found.values())
        files = {key: documents_of(page) for key, page in found.items()}
        # All at once, so that the files of a batch are read by the same child processes.
        texts = texts_of([document for some in files.values() for document in some])
        for key, version in versions.items():
            if page := found.get(key):
                attachments = tuple(_attachments(page, files[key], texts))
                yield _document(page, version, readers[page.pk], attachments)
            else:
                yield SearchDocument.tombstone(key, version)

    def overtaken(self) -> Iterator[str]:
        """Live matters written before a day on which the calendar changed their readers or their validity: other terms
        of their category came into force, a share of theirs ran out, a regulation took effect or ended."""
        oldest = IndexTask.objects.filter(key__startswith=f"{self.prefix}:").aggregate(at=Min("written_at"))["at"]
        if oldest is None:
            return
        yield from self._otherwise_in_force(oldest)
        live = MatterPage.objects.live()
        for category, day in CategoryTerms.objects.changed_on().items():
            moment = timezone.make_aware(datetime.combine(day, time.min))
            if oldest < moment:
                yield from _written_before(moment, live.filter(category=category))
        shares = Share.objects.of_kind("disclosure", "matterpage").run_out(since=timezone.localdate(oldest)).order_by()
        for last_day in shares.values_list("until", flat=True).distinct():
            shared = shares.filter(until=last_day).values("object_id")
            yield from _written_before(moment_after(last_day), live.filter(pk__in=shared))

    def _otherwise_in_force(self, oldest: datetime) -> Iterator[str]:
        """Regulations that took effect or ended since they were written."""
        changes = {key_of(pk): day for pk, day in last_changes(timezone.localdate(oldest)).items()}
        written = IndexTask.objects.filter(key__in=changes).exclude(written_at=None)
        for key, at in written.values_list("key", "written_at"):
            if timezone.localdate(at) < changes[key]:
                yield key

    def cards(self, keys: Iterable[str], user: AnyUser | None) -> dict[str, Card]:
        """The matters among these that the user may read now."""
        found = cards_of([primary_key(key) for key in keys], user)
        return {key_of(pk): card for pk, card in found.items()}

    def sections(self, keys: Iterable[str]) -> dict[str, Sequence[Section]]:
        bodies = MatterPage.objects.filter(pk__in=[primary_key(key) for key in keys]).order_by()
        return {
            key_of(pk): [Section(part.anchor, part.heading, part.text) for part in body_parts(body)]
            for pk, body in bodies.values_list("pk", "body")
            if has_addresses(body)
        }

    def attached(self, ids: Mapping[str, str]) -> dict[str, Attached]:
        found = attached({primary_key(key): int(pk) for key, pk in ids.items()})
        return {key_of(pk): file for pk, file in found.items()}

    def page_keys(self, pks: Iterable[int]) -> dict[int, str]:
        return {pk: key_of(pk) for pk in MatterPage.objects.filter(pk__in=pks).values_list("pk", flat=True)}

    def labels(self, facet: str, values: Iterable[str]) -> dict[str, str]:
        match facet:
            case "type":
                names = {code: model._meta.verbose_name for code, model in MATTER_TYPES.items()}
            case "audience":
                names = dict(Side.choices)
            case "language":
                names = dict(Language.choices)
            case "validity":
                names = dict(Validity.choices)
            case "department":
                names = {name.code: name for name in place_names().departments.values()}
            case "matter":
                names = {name.code: f"{name.code} {name}" for name in place_names().categories.values()}
            case _:
                names = {}
        return {value: str(names[value]) for value in values if value in names}


def _written_before(moment: datetime, matters: Any) -> Iterator[str]:
    keys = {key_of(pk) for pk in matters.values_list("pk", flat=True)}
    before = IndexTask.objects.filter(written_at__lt=moment, key__startswith=f"{PREFIX}:")
    yield from (key for key in before.values_list("key", flat=True) if key in keys)


def _document(
    page: MatterPage, version: int, readers: frozenset[str], attachments: tuple[AttachmentText, ...]
) -> SearchDocument:
    return SearchDocument(
        key=key_of(page.pk),
        version=version,
        readers=readers,
        title=page.title,
        summary=page.summary,
        body="\n\n".join(filter(None, (body_text(page.body), *type_texts(page)))),
        attachments=attachments,
        document_number=page.document_number,
        index_number=page.index_number,
        keywords=tuple(page.keyword_list),
        type=page.type_code,
        audience=page.category.side,
        department=page.department.code,
        department_name=page.department.name_zh,
        matter=page.category.code,
        language=page.language,
        validity=page.validity_today,
        published_on=page.published_on,
        expires_at=page.expire_at,
    )


def _prefetch_rows(pages: Iterable[MatterPage]) -> None:
    """Fetch the rows that types have of their own, for all matters of a type at once."""
    by_type: dict[type[MatterPage], list[MatterPage]] = defaultdict(list)
    for page in pages:
        by_type[type(page)].append(page)
    for model, some in by_type.items():
        prefetch_related_objects(some, *(name for name in TYPE_ROWS if name != "elements" and hasattr(model, name)))


def _attachments(
    page: MatterPage, documents: Iterable[AttachedDocument], texts: Mapping[int, str]
) -> Iterator[AttachmentText]:
    """The attached files' texts; a file that cannot be read is found by its title and name all the same."""
    titles: dict[int, str] = {row.document_id: row.shown_title for row in page.attachments.all()}
    for document in documents:
        title = titles.get(document.pk) or str(document.title)
        yield AttachmentText(str(document.pk), title, document.filename or "", texts.get(document.pk) or "")


adapter = register(MatterAdapter())
