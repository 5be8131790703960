"""Who has lately asked for a case with a code that is not its own; kept so that guessing is slow."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WrongCode(models.Model):
    """One try with a number and a code that do not belong together; of number and address a digest alone."""

    number_key = models.CharField(_("key of the number"), max_length=64)
    address_key = models.CharField(_("key of the address"), max_length=64)
    at = models.DateTimeField(_("moment"), default=timezone.now)

    class Meta:
        verbose_name = _("wrong check code")
        verbose_name_plural = _("wrong check codes")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(name="wrong_code_by_number", fields=["number_key", "at"]),
            models.Index(name="wrong_code_by_address", fields=["address_key", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
