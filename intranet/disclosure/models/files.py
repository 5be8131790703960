"""Attached documents and images. A file has no audience of its own: it is read by those who read its pages."""

from typing import Any, Self

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import CharField, OuterRef
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document, DocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image, ImageQuerySet
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from intranet.access.tokens import AnyUser, tokens_of
from intranet.disclosure.cleaning.cleaners.picture import without_traces
from intranet.disclosure.cleaning.outcome import Findings


class ReadableFiles(models.QuerySet):
    def readable_by(self, user: AnyUser | None) -> Self:
        """Files used by a live page that the user may read; a file whose users are unknown is nobody's."""
        return self.readable_with(tokens_of(user))

    def readable_with(self, tokens: frozenset[str]) -> Self:
        """`readable_by` for who carries these tokens."""
        from intranet.disclosure.models.matter import MatterPage

        pages = MatterPage.objects.readable_with(tokens).annotate(key=Cast("pk", CharField())).values("key")
        return self.filter(
            models.Exists(
                references_to(self.model).filter(to_object_id=Cast(OuterRef("pk"), CharField()), object_id__in=pages)
            )
        )


class AttachedDocumentQuerySet(ReadableFiles, DocumentQuerySet):
    pass


class DisclosedImageQuerySet(ReadableFiles, ImageQuerySet):
    pass


def references_to(model: type[models.Model]) -> models.QuerySet:
    """The references of pages' saved content to files of the model."""
    return ReferenceIndex.objects.filter(
        base_content_type__app_label=Page._meta.app_label,
        base_content_type__model=Page._meta.model_name,
        to_content_type__app_label=model._meta.app_label,
        to_content_type__model=model._meta.model_name,
    )


class FileReplaced(ValueError):
    """Another file was to take the place of one that was uploaded, which its matters were reviewed with."""


class UsedFile(models.Model):
    """A file whose readers are the union of those of the live pages that use it. It stays as it was uploaded."""

    file: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises `FileReplaced` where another file would take the place of the one that was uploaded."""
        files: Any = type(self)._base_manager
        stored = files.filter(pk=self.pk).values_list("file", flat=True).first()
        if stored and stored != self.file.name:
            raise FileReplaced(f"{stored} stays as it was uploaded; {self.file.name} is a file of its own.")
        super().save(*args, **kwargs)

    def pages_using(self) -> models.QuerySet:
        """The matters whose saved (live, where they are live) content uses the file."""
        from intranet.disclosure.models.matter import MatterPage

        keys = references_to(type(self)).filter(to_object_id=str(self.pk)).values_list("object_id", flat=True)
        return MatterPage.objects.filter(pk__in=[int(key) for key in keys])

    def reader_tokens(self) -> frozenset[str]:
        """The union over the pages that use the file; nobody when none is known."""
        return frozenset().union(*(page.reader_tokens() for page in self.pages_using()))


class AttachedDocument(UsedFile, AbstractDocument):
    """A file attached to matters."""

    objects = AttachedDocumentQuerySet.as_manager()
    admin_form_fields = Document.admin_form_fields
    search_fields = [*AbstractDocument.search_fields, index.SearchField("filename")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title


class DisclosedImage(UsedFile, AbstractImage):
    """An image shown in matters."""

    objects = DisclosedImageQuerySet.as_manager()
    admin_form_fields = Image.admin_form_fields
    search_fields = [*AbstractImage.search_fields, index.SearchField("filename")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def __str__(self) -> str:
        return self.title

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        """A rendition of pixels alone: Wagtail copies into it what the original tells of place and camera."""
        made = super().generate_rendition_file(filter, source=source)
        made.seek(0)
        return ContentFile(without_traces(made.read(), Findings()), name=made.name)


class DisclosedRendition(AbstractRendition):
    """A resized image; read by those who read the image."""

    image = models.ForeignKey(DisclosedImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_rendition", fields=["image", "filter_spec", "focal_point_key"])
        ]

    @property
    def tells(self) -> bool:
        """Whether it was made before renditions were of pixels alone, and says where and with what."""
        with self.file.open("rb") as file:
            findings = Findings()
            without_traces(file.read(), findings)
        return bool(findings.removed)

    def reader_tokens(self) -> frozenset[str]:
        return self.image.reader_tokens()
