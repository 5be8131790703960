"""What somebody at the window has typed and not sent yet."""

from datetime import timedelta
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=1)


class ReceptionDraftQuerySet(models.QuerySet):
    def outdated(self) -> Self:
        """Those that nobody touched for a day: applicants' numbers are kept no longer without a case."""
        return self.filter(saved_at__lt=timezone.now() - KEPT_FOR)


class ReceptionDraft(models.Model):
    """An application that a clerk is entering: encrypted like what identifies its applicant, one for each clerk."""

    clerk = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("clerk"), editable=False
    )
    token = models.UUIDField(_("token of the form"), default=uuid4, editable=False)
    content_sealed = models.TextField(_("what was typed, encrypted"), blank=True, editable=False)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now, editable=False)

    objects = ReceptionDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of an application")
        verbose_name_plural = _("drafts of applications")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.clerk} {self.saved_at:%Y-%m-%d %H:%M}"
