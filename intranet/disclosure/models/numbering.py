"""Index numbers (索引号): given by the system at publication, unique, never given twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexSerial(models.Model):
    """The last serial given in a category and year."""

    category_code = models.CharField(_("category"), max_length=6)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last serial"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_serial_per_year", fields=["category_code", "year"])]

    def __str__(self) -> str:
        return f"{self.category_code}-{self.year}: {self.last}"


class IndexNumber(models.Model):
    """A number that has been given. The row outlives its matter, so that the number is never reused."""

    number = models.CharField(_("index number"), max_length=40, unique=True)
    matter = models.OneToOneField("disclosure.MatterPage", models.SET_NULL, null=True, related_name="given_number")
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)

    class Meta:
        verbose_name = _("index number")
        verbose_name_plural = _("index numbers")

    def __str__(self) -> str:
        return self.number
