"""The register of secrecy reviews: review first, disclose after."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from intranet.disclosure.models import Category, MatterPage
from intranet.disclosure.secrecy import SecrecyBasis
from intranet.organisation.models import Department
from intranet.publication.models.steps import MatterTaskState


class SecrecyReviewQuerySet(models.QuerySet):
    def clearing(self) -> Self:
        """Those after which a version may be disclosed."""
        return self.filter(conclusion__in=[SecrecyReview.Conclusion.OPEN, SecrecyReview.Conclusion.IN_PART])

    def redactions(self) -> Self:
        """Those whose reviewer made a version with passages left out."""
        return self.filter(conclusion=SecrecyReview.Conclusion.IN_PART).exclude(cleared=None)


class SecrecyReview(models.Model):
    """One conclusion on one version. It stays when the matter goes; what was left out is not repeated here.

    Source: Regulations on Open Government Information (2019), article 17.
    """

    class Conclusion(models.TextChoices):
        OPEN = "open", _("may be disclosed")
        IN_PART = "in_part", _("may be disclosed in part")
        CLOSED = "closed", _("not to be disclosed")

    class ThirdParty(models.TextChoices):
        CONSENTED = "consented", _("the third party consented")
        PUBLIC_INTEREST = "public_interest", _("the public interest outweighs")

    class Manner(models.TextChoices):
        STEP = "step", _("step of the review")
        EMERGENCY = "emergency", _("by the head, in an emergency")
        IMPORT = "import", _("before an import")

    matter = models.ForeignKey(
        MatterPage, models.SET_NULL, null=True, related_name="secrecy_reviews", verbose_name=_("matter")
    )
    title = models.CharField(_("title"), max_length=255)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("department"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    reviewed = models.ForeignKey(
        Revision, models.SET_NULL, null=True, related_name="+", verbose_name=_("reviewed version")
    )
    cleared = models.ForeignKey(
        Revision, models.SET_NULL, null=True, related_name="+", verbose_name=_("version that may be disclosed")
    )
    step = models.OneToOneField(
        MatterTaskState, models.SET_NULL, null=True, related_name="secrecy_review", verbose_name=_("step")
    )
    manner = models.CharField(_("how"), max_length=10, choices=Manner, default=Manner.STEP)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("reviewer")
    )
    conclusion = models.CharField(_("conclusion"), max_length=8, choices=Conclusion)
    basis = models.CharField(_("basis"), max_length=20, choices=SecrecyBasis, blank=True)
    third_party = models.CharField(_("third party"), max_length=16, choices=ThirdParty, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    passages_left_out = models.PositiveIntegerField(_("passages left out"), default=0)
    files_left_out = models.PositiveIntegerField(_("attachments left out"), default=0)
    concluded_at = models.DateTimeField(_("concluded at"), auto_now_add=True)

    objects = SecrecyReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("secrecy review")
        verbose_name_plural = _("register of secrecy reviews")
        ordering = ["-concluded_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="what_is_kept_back_has_a_basis", condition=Q(conclusion="open") | ~Q(basis=""))
        ]
        indexes = [models.Index(name="review_by_moment", fields=["-concluded_at"])]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_conclusion_display()}"
