"""That a yearly report of the hall's figures was proposed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.disclosure.models import ReportPage
from intranet.organisation.models import Department


class YearlyReport(models.Model):
    """The one proposal of a department and year. Where its draft is deleted, it may be proposed again."""

    department = models.ForeignKey(
        Department, models.PROTECT, related_name="hall_reports", verbose_name=_("department")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    matter = models.OneToOneField(
        ReportPage, models.SET_NULL, null=True, related_name="hall_report", verbose_name=_("report")
    )
    at = models.DateTimeField(_("moment"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("yearly report of the hall")
        verbose_name_plural = _("yearly reports of the hall")
        ordering = ["-year", "department"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="one_hall_report_a_year", fields=["department", "year"])]

    def __str__(self) -> str:
        return f"{self.department} {self.year}"
