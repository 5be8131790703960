"""The record of every release."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, WorkflowState

from intranet.disclosure.models import MatterPage


class Release(models.Model):
    """The permission of one revision to go live, once. Without an unused one nothing passes the gate."""

    class Kind(models.TextChoices):
        APPROVAL = "approval", _("approved")
        IMPORT = "import", _("imported")
        EMERGENCY = "emergency", _("in an emergency")

    matter = models.ForeignKey(MatterPage, models.CASCADE, related_name="releases", verbose_name=_("matter"))
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+", verbose_name=_("version"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    workflow_state = models.ForeignKey(WorkflowState, models.PROTECT, null=True, blank=True, related_name="+")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(_("released at"), auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    used_at = models.DateTimeField(_("went live at"), null=True, blank=True)

    settled_at = models.DateTimeField(_("skipped steps made at"), null=True, blank=True)
    """When the review that an emergency release went before had ended; None while its steps are a debt."""

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-released_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_release_per_revision", fields=["revision"], condition=Q(used_at=None)
            ),
            models.CheckConstraint(
                name="approval_names_its_workflow", condition=Q(kind="import") | ~Q(workflow_state=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} ({self.get_kind_display()})"
