"""Who decides in whose place while somebody is absent."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.organisation.models.post import Post
from intranet.organisation.querysets import DelegationQuerySet


class Delegation(models.Model):
    """For some days, another person decides what a post decides; they act in their own name.

    It gives what the post gives on the day and no more: it ends with the post, it is not passed on, and it is no way
    around the rule that nobody decides on their own draft.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="delegations", verbose_name=_("post"))
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="delegations", verbose_name=_("to whom")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), help_text=_("Last day of the absence."))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended early at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("ended by")
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-starts_on", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="delegation_ends_after_it_starts", condition=models.Q(ends_on__gte=models.F("starts_on"))
            )
        ]
        indexes = [models.Index(name="delegation_of_the_day", fields=["delegate", "starts_on", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.post} → {self.delegate}, {self.starts_on:%Y-%m-%d} – {self.ends_on:%Y-%m-%d}"

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The absence ends before it begins.")})
        if self.ends_on and self.ends_on < timezone.localdate():
            raise ValidationError({"ends_on": _("This day is over already.")})

    @property
    def is_over(self) -> bool:
        """Whether it gives nothing any more."""
        return self.ended_at is not None or self.ends_on < timezone.localdate()

    @property
    def is_in_force(self) -> bool:
        return not self.is_over and self.starts_on <= timezone.localdate()
