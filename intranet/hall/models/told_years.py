"""The figures of a year as the public was told them first."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ToldYear(models.Model):
    """Never counted again: two tables of one year that differ by a case tell of that case."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    figures = models.JSONField(_("figures"))
    told_on = models.DateField(_("told since"), default=timezone.localdate)

    class Meta:
        verbose_name = _("year told to the public")
        verbose_name_plural = _("years told to the public")
        ordering = ["-year"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.year)
