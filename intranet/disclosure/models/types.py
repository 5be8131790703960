"""The six types of matter, each with the fields that it has beyond the common ones."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable
from wagtail.search import index

from intranet.disclosure.models.matter import MatterPage


class RegulationPage(MatterPage):
    """A law, regulation or policy document (E2)."""

    type_code = "regulation"

    issuing_organ = models.CharField(_("issuing organ"), max_length=200, blank=True)
    issued_on = models.DateField(_("date issued"), null=True, blank=True)

    search_fields = [*MatterPage.search_fields, index.SearchField("issuing_organ")]

    class Meta:
        verbose_name = _("regulation")
        verbose_name_plural = _("regulations")


class RegulationRelation(Orderable):
    """How one regulation bears on another; shown on both."""

    class Kind(models.TextChoices):
        REPEALS = "repeals", _("repeals")
        AMENDS = "amends", _("amends")
        IMPLEMENTS = "implements", _("implements")

    page = ParentalKey(RegulationPage, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=10, choices=Kind)
    target = models.ForeignKey(
        RegulationPage, models.CASCADE, related_name="reverse_relations", verbose_name=_("regulation")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target}"


class GuidePage(MatterPage):
    """A service guide (办事指南), with the eight elements that a guide must have.

    Source: Regulations on Optimising the Business Environment (2020), article 37.
    """

    type_code = "guide"

    legal_basis = models.TextField(_("legal basis"), blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    legal_limit_days = models.PositiveSmallIntegerField(_("legal time limit (working days)"), null=True, blank=True)
    promised_limit_days = models.PositiveSmallIntegerField(
        _("promised time limit (working days)"), null=True, blank=True
    )
    fee_text = models.TextField(_("fees"), blank=True, help_text=_("Say “no fee” in words where there is none."))
    result_text = models.TextField(_("result and its delivery"), blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    directions = models.TextField(
        _("directions"),
        blank=True,
        help_text=_("How to get there: bus and stop, entrance, floor; where a wheelchair gets in, where to park."),
    )
    hours = models.CharField(_("office hours"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    complaint = models.CharField(_("complaints"), max_length=200, blank=True)

    search_fields = [*MatterPage.search_fields, index.SearchField("conditions")]

    class Meta:
        verbose_name = _("service guide")
        verbose_name_plural = _("service guides")
        constraints = [
            models.CheckConstraint(
                name="promised_limit_is_not_longer",
                condition=models.Q(promised_limit_days=None)
                | models.Q(legal_limit_days=None)
                | models.Q(promised_limit_days__lte=models.F("legal_limit_days")),
                violation_error_message=_("The promised time limit is never longer than the legal one."),
            )
        ]


class GuideMaterial(Orderable):
    """What the applicant brings."""

    page = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="materials")
    name = models.CharField(_("material"), max_length=255)
    form = models.CharField(_("original or copy"), max_length=100, blank=True)
    copies = models.CharField(_("number of copies"), max_length=40, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.name

    @property
    def manner(self) -> str:
        """Original or copy, and how many; no number of what nobody has to bring."""
        is_none = bool(re.match(r"0(?!\d)", self.copies.strip()))
        return f"{self.form} {'' if is_none else self.copies}".strip()


class GuideStep(Orderable):
    """A step of the procedure."""

    page = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(_("step"), max_length=255)
    who = models.CharField(_("who"), max_length=100, blank=True)
    days = models.CharField(_("how long"), max_length=40, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.name


class ResultPage(MatterPage):
    """The result of a case or an administrative act: a licence, a penalty. Natural persons are masked."""

    type_code = "result"

    class DecisionKind(models.TextChoices):
        LICENCE = "licence", _("licence")
        PENALTY = "penalty", _("penalty")
        OTHER = "other", _("other")

    decision_kind = models.CharField(_("kind of decision"), max_length=10, choices=DecisionKind, blank=True)
    decision_number = models.CharField(_("decision number"), max_length=100, blank=True)
    party = models.CharField(_("party"), max_length=200, blank=True, help_text=_("A natural person is masked: 李*"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    basis = models.TextField(_("legal basis"), blank=True)
    relief = models.TextField(_("relief and its time limit"), blank=True)

    search_fields = [
        *MatterPage.search_fields,
        index.SearchField("party"),
        index.SearchField("decision_number"),
    ]

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")


class NoticePage(MatterPage):
    """A notice, with a period where it has one."""

    type_code = "notice"

    notice_from = models.DateField(_("from"), null=True, blank=True)
    notice_until = models.DateField(_("until"), null=True, blank=True)
    objection_channel = models.CharField(_("channel for objections"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(
                name="notice_ends_after_it_starts",
                condition=models.Q(notice_from=None)
                | models.Q(notice_until=None)
                | models.Q(notice_until__gte=models.F("notice_from")),
                violation_error_message=_("The notice period ends before it begins."),
            )
        ]


class PlanPage(MatterPage):
    """A plan with goals."""

    type_code = "plan"

    period_year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")


class PlanGoal(Orderable):
    """A goal and how far it is reached, in per cent."""

    page = ParentalKey(PlanPage, on_delete=models.CASCADE, related_name="goals")
    name = models.CharField(_("goal"), max_length=255)
    progress = models.PositiveSmallIntegerField(_("progress (per cent)"), default=0)

    class Meta(Orderable.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [models.CheckConstraint(name="progress_is_per_cent", condition=models.Q(progress__lte=100))]

    def __str__(self) -> str:
        return f"{self.name} {self.progress} %"


class ReportPage(MatterPage):
    """A report with figures."""

    type_code = "report"

    period_year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")


class ReportFigure(Orderable):
    """A figure of a report with its unit."""

    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="figures")
    name = models.CharField(_("figure"), max_length=255)
    value = models.CharField(_("value"), max_length=60)
    unit = models.CharField(_("unit"), max_length=40, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self) -> str:
        return f"{self.name}: {self.value} {self.unit}"


MATTER_TYPES: dict[str, type[MatterPage]] = {
    model.type_code: model for model in (RegulationPage, GuidePage, ResultPage, NoticePage, PlanPage, ReportPage)
}
"""The page model of each matter type."""
