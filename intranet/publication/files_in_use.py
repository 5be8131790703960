"""Files of what is live or being decided on: they stay where they are, under their names.

Whoever cleared and approved a matter did so for these files; readers get no others in their place without a new version
of the matter, and none goes without its withdrawal.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from wagtail.models import Revision, TaskState, get_default_page_content_type
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from intranet.disclosure.models import AttachedDocument, DisclosedImage, MatterPage
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


class FileInUsePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's, but for who may delete a file: nobody, while a matter is live or decided on with it."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: AnyFile) -> bool:
        allowed = super().user_has_permission_for_instance(user, action, instance)
        return allowed and not (action == "delete" and matters_held_by(instance))


def install_policies() -> None:
    """Have Wagtail ask these policies of documents and images; one of the exact class goes before its own."""
    for model, asked_of in ((AttachedDocument, "wagtaildocs.Document"), (DisclosedImage, "wagtailimages.Image")):
        policy = FileInUsePolicy(model, auth_model=asked_of, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy, exact_class=True)
