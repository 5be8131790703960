"""Entries of the audit log. They are written once; their place in the chain is given after they are committed."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from intranet.audit.append_only import AppendOnly, AppendOnlyQuerySet


class AuditEntryQuerySet(AppendOnlyQuerySet):
    def sealed(self) -> Self:
        """In the order of the chain."""
        return self.exclude(position=None).order_by("position")

    def unsealed(self) -> Self:
        """Committed, but not in the chain yet; the first one first."""
        return self.filter(position=None).order_by("pk")


class AuditEntry(AppendOnly):
    """One act: when, what, by whom, on what. Names are those of the day; no row that it names need still be there."""

    at = models.DateTimeField(_("moment"))
    action = models.CharField(_("act"), max_length=100)
    person = models.BigIntegerField(_("account"), null=True)
    """Primary key of who did it; None for the system, or for a command."""
    person_name = models.CharField(_("person"), max_length=255, blank=True)
    subject_type = models.CharField(_("kind of thing"), max_length=100, blank=True)
    """`app_label.model` of what it was done to."""
    subject = models.CharField(_("number of the thing"), max_length=64, blank=True)
    subject_name = models.CharField(_("thing"), max_length=255, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    position = models.BigIntegerField(_("place in the chain"), null=True, unique=True, editable=False)
    seal = models.CharField(_("seal"), max_length=64, blank=True, editable=False)
    """SHA-256 over the seal before it and everything above; hexadecimal."""

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("entries of the audit log")
        ordering = ["-pk"]
        indexes = [
            models.Index(name="audit_by_moment", fields=["-at"]),
            models.Index(name="audit_by_person", fields=["person", "-at"]),
            models.Index(name="audit_by_action", fields=["action", "-at"]),
        ]
        constraints = [models.CheckConstraint(name="audit_position_is_counted", condition=models.Q(position__gte=1))]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


class ChainHead(models.Model):
    """The last link of the chain: one row, locked by whoever adds to it."""

    position = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("head of the chain")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.position} {self.seal}"
