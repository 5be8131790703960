"""Wiring: whatever changes a matter's readers or text enqueues it for the index, in the same transaction."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import COMMENTS_RELATION_NAME, Page
from wagtail.search.index import insert_or_update_object
from wagtail.signals import init_new_page, page_published, page_unpublished, post_page_move, pre_page_move

from intranet.access.models import Share
from intranet.disclosure.attachment_text import read_at_upload
from intranet.disclosure.beginning import begin
from intranet.disclosure.changed_terms import as_stored, record_change
from intranet.disclosure.going_live import PublicationRefused, brings_up, require_passage
from intranet.disclosure.holding_matters import hold
from intranet.disclosure.holding_terms import hold_terms, wait_for_holders
from intranet.disclosure.models import (
    AttachedDocument,
    Category,
    CategorySection,
    CategoryTerms,
    DisclosedImage,
    ExtractedText,
    MatterPage,
    PublicCopy,
)
from intranet.disclosure.public_copies import ensure_copy, forget_file, kept_copy
from intranet.disclosure.search import key_of
from intranet.organisation.models import Department
from search.kept import stamp_anew
from search.outbox import enqueue

OF_ITS_DRAFT = frozenset(
    ["latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", COMMENTS_RELATION_NAME]
)
"""What a saved draft changes of a matter: nothing that is found. The editor saves by itself every few seconds."""


@receiver(init_new_page)
def begin_from_its_template(page: Page, parent: Page, **kwargs: Any) -> None:
    if isinstance(page, MatterPage) and isinstance(parent, CategorySection):
        begin(page, section=parent)


@receiver([page_published, page_unpublished])
def enqueue_matter(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, MatterPage):
        enqueue(key_of(instance.pk))


@receiver(post_save)
def enqueue_saved_matter(
    sender: type, instance: Any, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """A matter's own row changed outside publication: a slug, an expiry, a withdrawal."""
    if isinstance(instance, MatterPage) and not raw and not (update_fields and update_fields <= OF_ITS_DRAFT):
        if instance.live:
            # Before the task, as who changes the terms does: in another order the two could wait for each other.
            hold_terms(instance.category_id)
        enqueue(key_of(instance.pk))


@receiver(post_delete)
def enqueue_deleted_matter(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, MatterPage) and sender is not MatterPage:
        enqueue(key_of(instance.pk))


@receiver(pre_save, sender=Page)
def guard_the_common_page(
    instance: Page, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """A matter that is saved as Wagtail's common page passes the gate as well, or stays as it is."""
    if raw or not is_matter(instance.specific_class):
        return
    if brings_up(instance, update_fields):
        require_passage(instance)
    if _is_moved(instance):
        # Wagtail asks before its transaction begins: who brought the matter up meanwhile was not waited for then.
        _require_movable(hold(instance))


@receiver(pre_page_move)
def keep_in_place(
    sender: type, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """A matter that is live, or approved to go live, stays where it was approved for."""
    if is_matter(sender) and parent_page_before != parent_page_after:
        _require_movable(instance)


def _is_moved(instance: Page) -> bool:
    """Whether saving the page gives it a place below another page, as Wagtail's move does."""
    stored = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()
    return stored is not None and _above(stored) != _above(instance.url_path)


def _above(url_path: str) -> str:
    return url_path.rstrip("/").rpartition("/")[0]


def _require_movable(instance: Page) -> None:
    if instance.live:
        raise PublicationRefused(
            [_("A live matter cannot be moved: its department and category were approved. Withdraw it first.")]
        )
    if instance.approved_schedule:
        raise PublicationRefused(
            [_("The matter goes live at its moment where it was approved to; until then it cannot be moved.")]
        )


@receiver(post_page_move)
def follow_the_place(sender: type, instance: Any, **kwargs: Any) -> None:
    """A draft that was moved belongs to its new department and category. Wagtail tells of it as a plain page."""
    matter = MatterPage.objects.filter(pk=instance.pk).first()
    if matter is not None:
        matter.take_place()
        MatterPage.objects.filter(pk=matter.pk).update(department=matter.department_id, category=matter.category_id)
        enqueue(key_of(matter.pk))


@receiver([post_save, post_delete], sender=Share)
def enqueue_shared_matter(instance: Share, **kwargs: Any) -> None:
    if is_matter(instance.content_type.model_class()):
        enqueue(key_of(instance.object_id))


@receiver(post_delete, sender=MatterPage)
def forget_shares(instance: MatterPage, **kwargs: Any) -> None:
    Share.objects.of(MatterPage, [instance.pk]).delete()


@receiver([post_save, post_delete], sender=CategoryTerms)
def enqueue_category(instance: CategoryTerms, **kwargs: Any) -> None:
    """The widest audience of a category bears on all its matters."""
    wait_for_holders(instance.category_id)
    _enqueue_live(MatterPage.objects.filter(category=instance.category_id))


@receiver([pre_save, pre_delete], sender=CategoryTerms)
def look_at_the_terms_before(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        wait_for_holders(instance.category_id)
        instance.terms_before = as_stored(instance)


@receiver([post_save, post_delete], sender=CategoryTerms)
def record_change_of_terms(signal: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Whoever changes the terms, in the catalogue's form or in a shell."""
    if not raw:
        record_change(instance.terms_before, None if signal is post_delete else as_stored(instance))


@receiver(post_save, sender=Category)
def enqueue_renamed_category(instance: Category, created: bool, **kwargs: Any) -> None:
    if not created:
        _enqueue_live(MatterPage.objects.filter(category=instance))


@receiver(post_save, sender=Department)
def enqueue_department(instance: Department, created: bool, **kwargs: Any) -> None:
    if not created:
        _enqueue_live(MatterPage.objects.filter(department=instance))


@receiver([post_save, post_delete], sender=Category)
@receiver([post_save, post_delete], sender=Department)
def read_names_anew(**kwargs: Any) -> None:
    """Facets name categories and departments as they are called now."""
    stamp_anew()


@receiver(post_save, sender=AttachedDocument)
@receiver(post_save, sender=DisclosedImage)
def make_what_readers_get(instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """At once: until it is made, readers get nothing of the file."""
    if raw or not instance.file:
        return
    before = kept_copy(instance)
    if before is None or not before.is_of(instance):
        ensure_copy(instance)
        if isinstance(instance, AttachedDocument):
            read_at_upload(instance)
        ExtractedText.objects.orphaned().delete()
    if isinstance(instance, AttachedDocument) and not created:
        _find_anew(instance)


@receiver(post_save, sender=PublicCopy)
def enqueue_matters_with_the_file(instance: PublicCopy, created: bool, **kwargs: Any) -> None:
    """A file that is handed out after all is found from now on."""
    if not created and instance.handed_out_at and instance.document:
        _find_anew(instance.document)


@receiver(post_delete, sender=PublicCopy)
def forget_what_readers_got(instance: PublicCopy, **kwargs: Any) -> None:
    forget_file(instance, instance.file.name)
    if instance.text_id:
        ExtractedText.objects.filter(pk=instance.text_id).orphaned().delete()


def _find_anew(document: AttachedDocument) -> None:
    """What the file says or is called changed: for its readers' search, and the desk's."""
    pages = document.pages_using()
    enqueue(*(key_of(page.pk) for page in pages))
    for page in pages:
        insert_or_update_object(page)


def is_matter(model: type | None) -> bool:
    """Whether the model of a page is one of the matters' types."""
    return model is not None and issubclass(model, MatterPage)


def _enqueue_live(matters: Any) -> None:
    enqueue(*(key_of(pk) for pk in matters.live().values_list("pk", flat=True)))
