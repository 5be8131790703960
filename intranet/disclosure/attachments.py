"""The files of a matter, and whose they are to mend."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q, QuerySet
from wagtail.models import Collection as FileCollection

from intranet.access.rights import Right, answers_for_all, departments_where, holds
from intranet.disclosure.cleaning import Verdict
from intranet.disclosure.models import AttachedDocument, MatterAttachment, MatterPage
from intranet.disclosure.models.files import references_to
from intranet.organisation.models import User

_LEFT_AS_THEY_ARE = [Verdict.SIGNED, Verdict.PROTECTED, Verdict.UNSUPPORTED]


def documents_of(matter: MatterPage) -> list[AttachedDocument]:
    """The documents of this version of the matter, those named in its body too, each once."""
    documents: dict[int, AttachedDocument] = {row.document_id: row.document for row in matter.attachments.all()}
    for block in matter.body.blocks_by_name("files"):
        documents.update({document.pk: document for document in block.value if document})
    return list(documents.values())


def documents_answered_for(user: User) -> QuerySet[AttachedDocument]:
    """The documents that the user answers for: of the departments for which they draft; the office, of all."""
    documents = AttachedDocument.objects.all()
    if answers_for_all(user):
        return documents
    departments = departments_where(user, Right.DRAFT_MATTERS)
    collections = FileCollection.objects.filter(name__in=departments.values("code"))
    attached = MatterAttachment.objects.filter(page__department__in=departments).values("document")
    return documents.filter(Q(collection__in=collections) | Q(pk__in=attached))


def answers_for_documents(user: User) -> bool:
    """Whether there can be any such document."""
    return answers_for_all(user) or holds(user, Right.DRAFT_MATTERS)


def in_need_of_attention(documents: QuerySet[AttachedDocument]) -> QuerySet[AttachedDocument]:
    """Those whose words are not found, or that readers do not get, or that may tell more than they say."""
    is_unread = ~Q(public_copy__text=None) & ~Q(public_copy__text__reason="")
    tells_more = ~Q(public_copy=None) & ~Q(public_copy__left=[])
    is_withheld = Q(public_copy=None) | Q(public_copy__verdict=Verdict.FAILED, public_copy__handed_out_at=None)
    left = Q(public_copy__verdict__in=_LEFT_AS_THEY_ARE)
    return documents.filter(is_unread | tells_more | is_withheld | left)


def matters_using(documents: Collection[AttachedDocument]) -> dict[int, list[MatterPage]]:
    """The matters whose saved content uses each document, by the document's primary key."""
    used = references_to(AttachedDocument).filter(to_object_id__in=[str(document.pk) for document in documents])
    rows = used.values_list("to_object_id", "object_id")
    pairs = {(int(document), int(page)) for document, page in rows}
    matters = MatterPage.objects.defer("body").in_bulk({page for _document, page in pairs})
    found = defaultdict(list)
    for document, page in sorted(pairs):
        if page in matters:
            found[document].append(matters[page])
    return found
