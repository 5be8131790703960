"""Rows that matters of every type have."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from intranet.disclosure.elements import Element
from intranet.disclosure.models.matter import MatterPage


class MatterAttachment(Orderable):
    """A titled file of a matter, in order."""

    page = ParentalKey(MatterPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "disclosure.AttachedDocument", models.PROTECT, related_name="+", verbose_name=_("file")
    )
    title = models.CharField(_("title"), max_length=255, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.shown_title

    @property
    def shown_title(self) -> str:
        return self.title or self.document.title


class MatterElement(Orderable):
    """An element that the category asks for and the type has no field of its own for."""

    page = ParentalKey(MatterPage, on_delete=models.CASCADE, related_name="elements")
    element = models.CharField(_("element"), max_length=30, choices=Element)
    value = models.TextField(_("content"))

    class Meta(Orderable.Meta):
        verbose_name = _("element")
        verbose_name_plural = _("elements")

    def __str__(self) -> str:
        return f"{self.get_element_display()}: {self.value}"
