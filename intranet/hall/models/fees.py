"""What is known of fees beside the matters that disclose them: audits that were lost, where to complain of prices."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.audit.append_only import AppendOnly, AppendOnlyQuerySet
from intranet.disclosure.models import MatterPage
from intranet.in_force import InForceQuerySet


class LostAuditQuerySet(AppendOnlyQuerySet):
    def standing(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(taken_back=None)


class LostAudit(AppendOnly):
    """That a price audit holds no more from a day on; the fees that stand on it are shown and charged no more.

    In whichever matter they are disclosed: an audit is known by its organ and its number.
    """

    matter = models.ForeignKey(MatterPage, models.PROTECT, related_name="lost_audits", verbose_name=_("matter"))
    audit_organ = models.CharField(_("price audit by"), max_length=200, default="", editable=False)
    audit_number = models.CharField(_("number of the price audit"), max_length=200)
    entry = models.PositiveSmallIntegerField(default=0, editable=False)
    """How often the same was written down before, and taken back."""
    lost_on = models.DateField(_("no more valid from"))
    reason = models.TextField(_("reason"), help_text=_("By whom it was withdrawn, and the number of the document."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("moment"), default=timezone.now)

    objects = LostAuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("price audit that was lost")
        verbose_name_plural = _("price audits that were lost")
        ordering = ["-lost_on", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="an_audit_is_lost_once", fields=["matter", "audit_organ", "audit_number", "entry"]
            ),
            models.CheckConstraint(name="a_lost_audit_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.audit_number


class LossTakenBack(AppendOnly):
    """That a loss was written down by mistake: the audit holds as if nobody had said anything."""

    loss = models.OneToOneField(LostAudit, models.PROTECT, related_name="taken_back", verbose_name=_("loss"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("moment"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("loss that was taken back")
        verbose_name_plural = _("losses that were taken back")
        default_permissions = ()
        constraints = [models.CheckConstraint(name="a_loss_taken_back_has_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return str(self.loss)


class PriceComplaintPhone(models.Model):
    """Where to complain about prices, from a day to a day: 12358, then 12315."""

    phone = models.CharField(_("phone"), max_length=50)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("Last day; empty while in force."))

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint phone of the price authority")
        verbose_name_plural = _("complaint phones of the price authority")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="complaint_phone_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The phone ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.phone

    def clean(self) -> None:
        super().clean()
        if self.valid_from is None:
            return
        others = PriceComplaintPhone.objects.exclude(pk=self.pk)
        if other := others.overlapping(self.valid_from, self.valid_to).first():
            words = _("%(phone)s is in force then: end it on the day before.")
            raise ValidationError({"valid_from": words % {"phone": other.phone}})
