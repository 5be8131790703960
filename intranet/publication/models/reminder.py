"""The mails that tell people what waits for them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReminderQuerySet(models.QuerySet):
    def unsent(self) -> Self:
        """Not sent, and not in the hands of a run that is under way."""
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lt=timezone.now()), sent_at=None)


class Reminder(models.Model):
    """The mail of one day that tells a person what waits for them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    day = models.DateField(_("day"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    claimed_until = models.DateTimeField(_("in work until"), null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-day", "pk"]
        constraints = [models.UniqueConstraint(name="one_reminder_a_person_and_day", fields=["person", "day"])]

    def __str__(self) -> str:
        return f"{self.person} {self.day:%Y-%m-%d}"
