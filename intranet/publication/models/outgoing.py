"""The mails that wait to be delivered."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMailQuerySet(models.QuerySet):
    def unclaimed(self) -> Self:
        """Not in the hands of a run that is under way."""
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lt=timezone.now()))

    def failed(self) -> Self:
        """Tried at least once, and still here."""
        return self.exclude(failure="")


class OutgoingMail(models.Model):
    """A mail that somebody is owed; the row goes when it is delivered."""

    address = models.EmailField(_("e-mail address"))
    subject = models.CharField(_("subject"), max_length=998)
    text = models.TextField(_("text"))
    html = models.TextField(_("text as HTML"), blank=True)
    put_at = models.DateTimeField(_("put down at"), auto_now_add=True)
    claimed_until = models.DateTimeField(_("in work until"), null=True)
    failure = models.CharField(_("why it was not delivered"), max_length=255, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["address", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.subject
