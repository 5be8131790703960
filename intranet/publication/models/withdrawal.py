"""Withdrawals that were asked for, and those made at once that the office has still to confirm."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from intranet.disclosure.models import MatterPage


class WithdrawalRequestQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Nobody has decided on it yet."""
        return self.filter(outcome="")


class WithdrawalRequest(models.Model):
    """That a live matter be taken down: asked by one person, decided by another."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        OVERTAKEN = "overtaken", _("overtaken: the matter was taken down otherwise, or another version went live")

    matter = models.ForeignKey(MatterPage, models.CASCADE, related_name="withdrawal_requests", verbose_name=_("matter"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    reason = models.TextField(_("reason"))
    version = models.ForeignKey(
        Revision, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("version")
    )
    """The one that was live when it was asked; the reason speaks of that one."""
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    objects = WithdrawalRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a withdrawal")
        verbose_name_plural = _("requests for withdrawals")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_open_request_a_matter", fields=["matter"], condition=Q(outcome="")),
            models.CheckConstraint(
                name="withdrawal_decided_by_another", condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="withdrawal_decision_is_whole",
                condition=Q(outcome="", decided_at=None, decided_by=None)
                | Q(outcome="overtaken", decided_by=None)
                | Q(outcome__in=["approved", "refused"], decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} ({self.get_outcome_display()})" if self.outcome else str(self.matter)

    @property
    def is_outdated(self) -> bool:
        """Whether it awaits a decision on a version that is not the live one."""
        return not self.outcome and (self.version_id is None or self.version_id != self.matter.live_revision_id)


class WithdrawalAtOnceQuerySet(models.QuerySet):
    def unconfirmed(self) -> Self:
        return self.filter(confirmed_at=None)


class WithdrawalAtOnce(models.Model):
    """A matter that one person took down in an emergency: a debt until another of the office has confirmed it."""

    matter = models.ForeignKey(MatterPage, models.CASCADE, related_name="+", verbose_name=_("matter"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = models.TextField(_("reason"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)

    objects = WithdrawalAtOnceQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal at once")
        verbose_name_plural = _("withdrawals at once")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="confirmed_by_another", condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("by"))
            ),
            models.CheckConstraint(
                name="confirmation_is_whole",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.matter)
