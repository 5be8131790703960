"""Files of what is live or being decided on: they stay where they are, under their names.

Whoever cleared and approved a matter did so for these files; readers get no others in their place without a new version
of the matter, and none goes without its withdrawal. What is put on record with a file keeps it, too.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import PROTECT, Q
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState, get_default_page_content_type
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from intranet.disclosure.models import AttachedDocument, DisclosedImage, MatterPage
from intranet.listed import listed
from intranet.publication.models import MatterTaskState
from intranet.publication.secrecy.in_part import files_of

AnyFile = AttachedDocument | DisclosedImage


def matters_held_by(file: AnyFile) -> list[MatterPage]:
    """The matters that are live with the file, or whose version with it awaits a decision or its moment."""
    found = {matter.pk: matter for matter in file.pages_using().filter(live=True)}
    for draft in _undecided():
        if file in [each for kind in files_of(draft) for each in kind]:
            found.setdefault(draft.pk, draft)
    return [found[key] for key in sorted(found)]


def _undecided() -> Iterator[MatterPage]:
    """The versions that await a decision, or that are approved and go live at a moment to come."""
    in_review = MatterTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision")
    revisions = Revision.objects.filter(base_content_type=get_default_page_content_type())
    for revision in revisions.filter(Q(pk__in=in_review) | Q(approved_go_live_at__isnull=False)):
        draft = revision.as_object()
        if isinstance(draft, MatterPage):
            yield draft


NAMED = 3
"""Matters that are named; how many more there are is not said."""


def held_in_words(matters: list[MatterPage]) -> str:
    """That the file is held by these matters, for who works with it."""
    names = listed(f"“{matter.title}”" for matter in matters[:NAMED])
    words = _("It is live or awaits a decision in %(matters)s: its title stays too, and nobody can delete it.")
    return words % {"matters": names}


def kept_by_record(file: AnyFile) -> str:
    """What keeps the file besides: records that the database lets nobody take it from. Empty where nothing does."""
    relations: list[Any] = [one for one in file._meta.get_fields(include_hidden=True) if one.auto_created]
    protecting = [one for one in relations if getattr(one, "on_delete", None) is PROTECT]
    keeping = [one for one in protecting if _names(one, file)]
    if not keeping:
        return ""
    what = listed(sorted({str(one.related_model._meta.verbose_name) for one in keeping}))
    return _("It belongs to what is kept (%(what)s): nobody can delete it.") % {"what": what}


def _names(relation: Any, file: AnyFile) -> bool:
    return relation.related_model._base_manager.filter(**{relation.field.name: file}).exists()


def reasons_against_deleting(file: AnyFile) -> list[str]:
    """Every reason why nobody may delete the file now, in words for who tried."""
    matters = matters_held_by(file)
    return [words for words in (held_in_words(matters) if matters else "", kept_by_record(file)) if words]


class FileInUsePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's, but for who may delete a file: nobody, while a matter is live or decided on with it, or it is kept."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: AnyFile) -> bool:
        if action == "delete":
            return self.may_delete_if_unused(user, instance) and not reasons_against_deleting(instance)
        return super().user_has_permission_for_instance(user, action, instance)

    def may_delete_if_unused(self, user: Any, instance: AnyFile) -> bool:
        """Wagtail's own answer: nobody else is told why the file stays."""
        return super().user_has_permission_for_instance(user, "delete", instance)


def install_policies() -> None:
    """Have Wagtail ask these policies of documents and images; one of the exact class goes before its own."""
    for model, asked_of in ((AttachedDocument, "wagtaildocs.Document"), (DisclosedImage, "wagtailimages.Image")):
        policy = FileInUsePolicy(model, auth_model=asked_of, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy, exact_class=True)
