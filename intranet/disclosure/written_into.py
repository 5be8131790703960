"""Which versions an editor that saves by itself may go on writing into.

It writes into the version that it made a moment before, so that an hour of typing is one version. Whatever is done with
a version (submitted, reviewed, released, brought live) is done with its text: from then on nothing is written into it,
and what is saved is a version of its own.
"""

from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, ForeignKey, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page, Revision, WorkflowState

FOR_BEING_WRITTEN = ("latest_revision", "revision_created")
"""Columns that name a version as the newest one, or as the one in which a comment was made."""
OF_ITS_AUTHOR = Q(action__in=["wagtail.create", "wagtail.edit"]) | Q(action__startswith="wagtail.comments.")
"""What is logged of a version because it was written."""


class WrittenWhileTyping:
    """A page whose versions stay as they were when anything was done with them."""

    @transaction.atomic
    def save_revision(self, *args: Any, overwrite_revision: Any = None, log_action: Any = False, **kwargs: Any) -> Any:
        """Wagtail's save of a draft. Into a version with which anything was done nothing is written: a new one is made.

        A version that is written into again and again is one entry of the log, of when it was begun.
        """
        if overwrite_revision is not None:
            overwrite_revision = version_to_write_into(self, overwrite_revision)
        logged = log_action if overwrite_revision is None else False
        return super().save_revision(  # type: ignore[misc]
            *args, overwrite_revision=overwrite_revision, log_action=logged, **kwargs
        )

    def get_lock(self) -> Any:
        """Wagtail's lock, which lets nobody write while an approved version waits for its moment; once that is past and
        the version was held back, its department goes on writing, so as to mend it.
        """
        page: Any = self
        is_past = page.approved_schedule and not page.revisions.filter(approved_go_live_at__gt=timezone.now()).exists()
        return super(DraftStateMixin, page).get_lock() if is_past else super().get_lock()  # type: ignore[misc]


def version_to_write_into(matter: Page, version: Revision) -> Revision | None:
    """The version, locked until the transaction ends, while nothing but writing was done with it; else None.

    Raises `PermissionDenied`, in words, where the matter has a newer version or is being decided on. Whoever enters it
    into a review waits for the same lock, so that what is written is part of what is submitted or comes after it.
    """
    latest = hold_versions(matter)
    if latest != version.pk:
        raise PermissionDenied(_("This draft has a newer version."))
    if WorkflowState.objects.for_instance(matter).filter(status=WorkflowState.STATUS_IN_PROGRESS).exists():
        raise PermissionDenied(_("The draft is being decided on; nothing in it is changed meanwhile."))
    return None if is_acted_on(version) else version


def hold_versions(matter: Page) -> int | None:
    """Let nobody write into the matter's versions until the transaction ends; the key of the newest."""
    return Page.objects.select_for_update(no_key=True).values_list("latest_revision", flat=True).get(pk=matter.pk)


def mark_of(version: Revision | None) -> str:
    """What tells a version from every other, and from itself after it was written into. Shown to who acts on it."""
    return f"{version.pk}@{version.created_at.isoformat()}" if version else ""


def is_as_seen(matter: Page, mark: str) -> bool:
    """Whether the newest version is still the one of this mark, which holds until the transaction ends.

    A form without a mark was shown by nothing of ours, and has seen what is there.
    """
    newest = hold_versions(matter)
    return not mark or mark == mark_of(Revision.objects.defer("content").filter(pk=newest).first())


def is_acted_on(version: Revision) -> bool:
    """Whether anything rests on the version as it is now. One query, whatever may come to point at versions."""
    found = Q(approved_go_live_at__isnull=False)
    for field in _pointing_at_versions():
        rows = field.model._base_manager.filter(**{field.name: OuterRef("pk")})
        if field.model.__name__.endswith("LogEntry"):
            rows = rows.exclude(OF_ITS_AUTHOR)
        found |= Q(Exists(rows))
    return Revision.objects.filter(found, pk=version.pk).exists()


@cache
def _pointing_at_versions() -> list[Any]:
    """Every column of the database that names a version, but those that name it for having been written."""
    relations = Revision._meta.get_fields(include_hidden=True)
    fields = [one.field for one in relations if one.auto_created and not one.concrete and hasattr(one, "field")]
    keys = [field for field in fields if isinstance(field, ForeignKey) and not field.model._meta.proxy]
    return [field for field in keys if field.name not in FOR_BEING_WRITTEN]
