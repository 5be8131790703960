"""The office's own entries in the working calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """A day that the office has entered: a holiday on a weekday, or a weekend day made a working day.

    Goes before the published calendar, so that the office can mend it and add a year of its own.
    """

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("is a working day"), default=False)
    reason = models.CharField(_("reason"), max_length=100, help_text=_("For example: Tibetan New Year"))

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.reason}"
