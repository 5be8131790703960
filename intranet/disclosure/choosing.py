"""What a person may put into a matter by its number: what a chooser would offer them, and what is in it already.

A number can be posted that no chooser has offered. Another department's draft would be named by it, and its file
disclosed with the matter.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from intranet.disclosure.admin_doors import choosable_by
from intranet.disclosure.models import AttachedDocument, DisclosedImage, MatterPage
from intranet.organisation.models import User

Thing = tuple[type[Model], int]
"""A document, an image or a page, by its primary key."""


def thing_of(value: Any) -> Thing | None:
    """The thing that a field holds; None for what no person chooses by its number."""
    for model in (AttachedDocument, DisclosedImage, Page):
        if isinstance(value, model):
            return model, value.pk
    return None


def things_in_body(matter: MatterPage, body: Any) -> Iterator[Thing]:
    """The files that the body shows or links to."""
    block: Any = matter._meta.get_field("body").stream_block
    for model, key, *_where in block.extract_references(body):
        if model in (AttachedDocument, DisclosedImage):
            yield model, int(key)


def things_in(matter: MatterPage) -> set[Thing]:
    """All that this version of the matter holds."""
    found = set(things_in_body(matter, matter.body))
    found |= {(AttachedDocument, row.document_id) for row in matter.attachments.all()}
    if matter.translation_of_id:
        found.add((Page, matter.translation_of_id))
    if hasattr(matter, "relations"):
        found |= {(Page, row.target_id) for row in matter.relations.all()}
    return found


def out_of_reach(things: Collection[Thing], user: User) -> set[Thing]:
    """Those of the things that no chooser offers the person, and that they may not read either."""
    if user.is_superuser:
        return set()
    reached: set[Thing] = set()
    for model in (AttachedDocument, DisclosedImage):
        if keys := _keys(things, model):
            files: Any = model._default_manager.filter(pk__in=keys)
            own = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, ["choose"])
            reached |= {(model, pk) for pk in files.readable_by(user).values_list("pk", flat=True)}
            reached |= {(model, pk) for pk in own.filter(pk__in=keys).values_list("pk", flat=True)}
    if keys := _keys(things, Page):
        pages = choosable_by(user, Page.objects.filter(pk__in=keys))
        reached |= {(Page, pk) for pk in pages.values_list("pk", flat=True)}
    return set(things) - reached


def _keys(things: Iterable[Thing], wanted: type[Model]) -> list[int]:
    return [pk for model, pk in things if model is wanted]
