"""Scans of what an applicant brought."""

from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.hall.models.cases import Case
from intranet.hall.models.drafts import ReceptionDraft


def scan_storage() -> Storage:
    """A folder of its own, which no public address leads to."""
    return storages["scans"]


def stored_name(scan: "Scan", name: str) -> str:
    """A name that tells nothing of the applicant and is never asked for by anybody's words."""
    return f"{timezone.localdate():%Y/%m}/{uuid4().hex}{PurePath(name).suffix.lower()}"


class Scan(models.Model):
    """A file of a case, or of an application that is being entered; read by who handles the case and nobody else."""

    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="scans", verbose_name=_("case"), editable=False
    )
    draft = models.ForeignKey(
        ReceptionDraft, models.CASCADE, null=True, blank=True, related_name="scans", editable=False
    )
    file = models.FileField(_("file"), storage=scan_storage, upload_to=stored_name, max_length=100)
    name = models.CharField(_("name"), max_length=255)
    """As its owner called it."""
    size = models.PositiveIntegerField(_("size in bytes"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("attached by"))
    at = models.DateTimeField(_("attached at"), default=timezone.now)
    content_hash = models.CharField(_("hash of the content"), max_length=64, blank=True, editable=False)
    """SHA-256, by which the same file is known that is sent twice; empty for scans of former days."""
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True, editable=False)
    """When it was marked as attached wrongly. A case keeps what somebody may have relied on."""
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("removed by")
    )
    removal_reason = models.CharField(_("reason of the removal"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="scan_is_of_a_case_or_a_draft",
                condition=Q(case__isnull=False, draft=None) | Q(case=None, draft__isnull=False),
            ),
            models.CheckConstraint(
                name="removed_scan_says_by_whom_and_why",
                condition=Q(removed_at=None, removed_by=None, removal_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removal_reason="")),
            ),
            models.UniqueConstraint(
                name="one_scan_a_content_of_a_case",
                fields=["case", "content_hash"],
                condition=Q(removed_at=None) & ~Q(content_hash=""),
            ),
            models.UniqueConstraint(
                name="one_scan_a_content_of_a_draft",
                fields=["draft", "content_hash"],
                condition=Q(removed_at=None) & ~Q(content_hash=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name
