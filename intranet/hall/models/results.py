"""That a result was proposed from a case, or why none could be."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.disclosure.models import ResultPage
from intranet.hall.models.cases import Case


class ResultProposalQuerySet(models.QuerySet):
    def hindered(self) -> Self:
        """Those of which nothing came yet. A draft that somebody deleted is no such: the department decided so."""
        return self.exclude(obstacle="")


class ResultProposal(models.Model):
    """The one proposal of a case. A matter that is deleted leaves its proposal; the case may propose again."""

    class Obstacle(models.TextChoices):
        """Why no draft was made."""

        NO_AUTHOR = "no_author", _("nobody in office drafts for the item's department")
        NO_SECTION = "no_section", _("the catalogue has no place for it: its category or section is missing")
        FAILED = "failed", _("the draft could not be written; who runs the system finds the cause in its log")

    case = models.OneToOneField(Case, models.PROTECT, related_name="result_proposal", verbose_name=_("case"))
    matter = models.OneToOneField(
        ResultPage, models.SET_NULL, null=True, related_name="proposal", verbose_name=_("result")
    )
    obstacle = models.CharField(_("obstacle"), max_length=12, choices=Obstacle, blank=True)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = ResultProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("result proposed from a case")
        verbose_name_plural = _("results proposed from cases")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="a_proposal_that_was_made_met_no_obstacle", condition=Q(matter=None) | Q(obstacle="")
            ),
        ]

    def __str__(self) -> str:
        return self.case.number
