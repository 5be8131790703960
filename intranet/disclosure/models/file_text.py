"""The text that was read from an attached file, kept with the file's hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intranet.disclosure.models.files import AttachedDocument


class FileText(models.Model):
    """What the extraction made of one file. Read again when the file's hash is another."""

    document = models.OneToOneField(AttachedDocument, models.CASCADE, related_name="file_text")
    file_hash = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    status = models.CharField(_("status"), max_length=20)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    pages = models.PositiveIntegerField(_("number of pages"), null=True, blank=True)
    read_at = models.DateTimeField(_("read at"), auto_now=True)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return f"{self.document}: {self.status}"
