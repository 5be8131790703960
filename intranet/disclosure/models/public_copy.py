"""What readers get of a file, and the text that was read from it."""

from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intranet.disclosure.cleaning import VERSION, Verdict
from intranet.disclosure.models.files import AttachedDocument, DisclosedImage


class ExtractedTextQuerySet(models.QuerySet):
    def orphaned(self) -> "ExtractedTextQuerySet":
        """Texts of what no reader gets any more."""
        return self.filter(copies=None)


class ExtractedText(models.Model):
    """The text of a content, whatever files have it. Read again when the way of reading is another."""

    content_hash = models.CharField(max_length=64)
    suffix = models.CharField(max_length=20, blank=True)
    """The ending of the file's name, which decides between kinds of plain text."""
    way = models.CharField(max_length=16)
    """`search.extraction.fingerprint`: the readers' version and limits."""
    recogniser = models.CharField(max_length=200, blank=True)
    """The languages of the OCR program that was there."""
    text = models.TextField(blank=True)
    status = models.CharField(_("status"), max_length=20)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    pages = models.PositiveIntegerField(_("number of pages"), null=True, blank=True)
    is_recognised = models.BooleanField(_("recognised in pictures"), default=False)
    read_at = models.DateTimeField(_("read at"), auto_now=True)

    objects = ExtractedTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")
        constraints = [models.UniqueConstraint(name="one_text_a_content", fields=["content_hash", "suffix"])]

    def __str__(self) -> str:
        return f"{self.content_hash[:12]}{self.suffix}: {self.status}"


def place_of_copy(copy: "PublicCopy", name: str) -> str:
    """A folder of its own, so that the copy keeps the name that readers see."""
    return f"public/{uuid4().hex}/{PurePath(name).name}"


class PublicCopyQuerySet(models.QuerySet):
    def handed_out(self) -> "PublicCopyQuerySet":
        """Those that readers get."""
        return self.exclude(verdict=Verdict.FAILED, handed_out_at=None)


class PublicCopy(models.Model):
    """What readers get of one file: itself, a cleaned copy, or nothing while that is not settled."""

    document = models.OneToOneField(
        AttachedDocument, models.CASCADE, null=True, blank=True, related_name="public_copy", verbose_name=_("document")
    )
    image = models.OneToOneField(
        DisclosedImage, models.CASCADE, null=True, blank=True, related_name="public_copy", verbose_name=_("image")
    )
    source_name = models.CharField(max_length=255)
    source_hash = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    """`intranet.disclosure.cleaning.VERSION` that made it."""
    verdict = models.CharField(_("result"), max_length=12, choices=[(verdict, verdict) for verdict in Verdict])
    removed = models.JSONField(_("removed"), default=list)
    left = models.JSONField(_("still there"), default=list)
    file = models.FileField(_("cleaned copy"), upload_to=place_of_copy, max_length=255, blank=True)
    content_hash = models.CharField(max_length=64)
    """SHA-256 of what readers get."""
    text = models.ForeignKey(
        ExtractedText, models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name=_("text")
    )
    handed_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("released by"),
    )
    handed_out_at = models.DateTimeField(_("released at"), null=True, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now=True)

    objects = PublicCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("public copy")
        verbose_name_plural = _("public copies")
        constraints = [
            models.CheckConstraint(
                name="copy_of_one_file",
                condition=Q(document=None, image__isnull=False) | Q(document__isnull=False, image=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_name}: {self.verdict}"

    @property
    def source(self) -> AttachedDocument | DisclosedImage:
        """The file as it was uploaded."""
        source = self.document or self.image
        assert source is not None  # the constraint says so
        return source

    def is_of(self, file: AttachedDocument | DisclosedImage) -> bool:
        """Whether it was made of the file as it is now, as files are cleaned now."""
        return (self.source_name, self.source_hash, self.version) == (file.file.name, file.file_hash, VERSION)

    @property
    def is_withheld(self) -> bool:
        """Whether readers get nothing, because nobody knows what the file tells."""
        return self.verdict == Verdict.FAILED and self.handed_out_at is None

    @property
    def served(self) -> models.fields.files.FieldFile:
        """The file that readers get, unless it is withheld."""
        return self.file or self.source.file
