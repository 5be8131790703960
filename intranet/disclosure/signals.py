"""Wiring: whatever changes a matter's readers or text enqueues it for the index, in the same transaction."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from guardian.models import GroupObjectPermission, UserObjectPermission
from wagtail.signals import page_published, page_unpublished, post_page_move

from intranet.disclosure.models import (
    AttachedDocument,
    Category,
    CategoryTerms,
    FileText,
    MatterPage,
)
from intranet.disclosure.search import key_of
from intranet.organisation.models import Department
from search.outbox import enqueue


@receiver([page_published, page_unpublished])
def enqueue_matter(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, MatterPage):
        enqueue(key_of(instance.pk))


@receiver(post_save)
def enqueue_saved_matter(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A matter's own row changed outside publication: a slug, an expiry, a withdrawal."""
    if isinstance(instance, MatterPage) and not raw:
        enqueue(key_of(instance.pk))


@receiver(post_delete)
def enqueue_deleted_matter(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, MatterPage) and sender is not MatterPage:
        enqueue(key_of(instance.pk))


@receiver(post_page_move)
def follow_the_place(sender: type, instance: Any, **kwargs: Any) -> None:
    """A draft that was moved belongs to its new department and category."""
    if isinstance(instance, MatterPage):
        instance.take_place()
        MatterPage.objects.filter(pk=instance.pk).update(
            department=instance.department_id, category=instance.category_id
        )
        enqueue(key_of(instance.pk))


@receiver([post_save, post_delete], sender=UserObjectPermission)
@receiver([post_save, post_delete], sender=GroupObjectPermission)
def enqueue_shared_matter(instance: Any, **kwargs: Any) -> None:
    if instance.permission.codename == MatterPage.READ_RIGHT:
        enqueue(key_of(int(instance.object_pk)))


@receiver([post_save, post_delete], sender=CategoryTerms)
def enqueue_category(instance: CategoryTerms, **kwargs: Any) -> None:
    """The widest audience of a category bears on all its matters."""
    _enqueue_live(MatterPage.objects.filter(category=instance.category_id))


@receiver(post_save, sender=Category)
def enqueue_renamed_category(instance: Category, created: bool, **kwargs: Any) -> None:
    if not created:
        _enqueue_live(MatterPage.objects.filter(category=instance))


@receiver(post_save, sender=Department)
def enqueue_department(instance: Department, created: bool, **kwargs: Any) -> None:
    if not created:
        _enqueue_live(MatterPage.objects.filter(department=instance))


@receiver(post_save, sender=AttachedDocument)
def forget_text_of_replaced_file(instance: AttachedDocument, created: bool, **kwargs: Any) -> None:
    if not created:
        FileText.objects.filter(document=instance).exclude(file_hash=instance.file_hash).delete()
        enqueue(*(key_of(pk) for pk in instance.pages_using().values_list("pk", flat=True)))


def _enqueue_live(matters: Any) -> None:
    enqueue(*(key_of(pk) for pk in matters.live().values_list("pk", flat=True)))
