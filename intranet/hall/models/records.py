"""What a move leaves beside itself: notices, pauses, the extension, the filing of a refusal, days that were told."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from intranet.hall.models.cases import Case, CaseMaterial, State
from intranet.hall.models.items import EXTENSION_AT_MOST

PAUSE_AT_MOST = 250
"""Working days that a pause may be expected to take: those of a year. No law; it keeps out a slip of the hand."""


class MaterialsNotice(models.Model):
    """What was missing, said in writing (一次性告知); a later one names nothing that the first did not."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices", verbose_name=_("case"))
    ordinal = models.PositiveSmallIntegerField(_("order"), default=1)
    given_on = models.DateField(_("given on"))
    supplemented_on = models.DateField(_("supplemented on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("one-time notification")
        verbose_name_plural = _("one-time notifications")
        ordering = ["case", "ordinal"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="one_notice_an_ordinal", fields=["case", "ordinal"]),
            models.UniqueConstraint(name="one_notice_unanswered", fields=["case"], condition=Q(supplemented_on=None)),
            models.CheckConstraint(
                name="notice_before_its_answer",
                condition=Q(supplemented_on=None) | Q(supplemented_on__gte=F("given_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How the paper is called: the case's number and its own."""
        return f"{self.case.number}-N{self.ordinal}"


class NoticeLine(models.Model):
    """One material that a notice names, and what has to be done about it."""

    notice = models.ForeignKey(
        MaterialsNotice, models.PROTECT, related_name="lines", verbose_name=_("one-time notification")
    )
    material = models.ForeignKey(CaseMaterial, models.PROTECT, related_name="+", verbose_name=_("material"))
    wanted = models.TextField(_("what is wanted"))

    class Meta:
        verbose_name = _("line of a notification")
        verbose_name_plural = _("lines of notifications")
        ordering = ["material__material__sort_order", "pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="one_line_a_material", fields=["notice", "material"])]

    def __str__(self) -> str:
        return f"{self.material}: {self.wanted}"


class Pause(models.Model):
    """Time that does not count, told in writing with how long it will be.

    Source: Administrative Licensing Law, article 45, which lists what it is for. Verification on the spot (article 34)
    is not in the list: it counts.
    """

    class Kind(models.TextChoices):
        HEARING = "hearing", _("hearing")
        TEST = "test", _("examination, testing, quarantine or appraisal")
        EXPERTS = "experts", _("review by experts")

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses", verbose_name=_("case"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    notice_number = models.CharField(_("number of the written notice"), max_length=100)
    reason = models.TextField(_("reason"))
    expected_days = models.PositiveSmallIntegerField(_("expected to take (working days)"), null=True, blank=True)
    """As the applicant was told; None of a pause from before it was asked."""
    began_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["case", "began_on", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="one_pause_at_a_time", fields=["case"], condition=Q(ended_on=None)),
            models.CheckConstraint(
                name="pause_ends_after_it_begins", condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on"))
            ),
            models.CheckConstraint(name="pause_is_told_in_writing", condition=~Q(notice_number="")),
            models.CheckConstraint(
                name="pause_takes_some_time",
                condition=Q(expected_days=None) | Q(expected_days__gte=1, expected_days__lte=PAUSE_AT_MOST),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()}"

    @property
    def time_needed(self) -> str:
        """How long it was expected to take, in words; empty where nobody was told."""
        if self.expected_days is None:
            return ""
        words = ngettext(
            "It is expected to take %(days)d working day.",
            "It is expected to take %(days)d working days.",
            self.expected_days,
        )
        return words % {"days": self.expected_days}


class Extension(models.Model):
    """The one extension that a case may have. Source: Administrative Licensing Law, article 42."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="extension", verbose_name=_("case"))
    days = models.PositiveSmallIntegerField(_("working days"))
    reason = models.TextField(_("reason"))
    notice_number = models.CharField(_("number of the written notice"), max_length=100)
    given_on = models.DateField(_("given on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="extension_is_lawful", condition=Q(days__gte=1, days__lte=EXTENSION_AT_MOST))
        ]

    def __str__(self) -> str:
        return f"{self.case} +{self.days}"


class NegativeFilingQuerySet(models.QuerySet):
    def to_sign(self) -> Self:
        """Those that wait for the head: not signed, of a case that is still to be decided."""
        return self.filter(signed_by=None, case__state=State.IN_REVIEW)


class NegativeFiling(models.Model):
    """Why a case is to be refused (否定备案): filed by its handler, signed by the head before anything is issued."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="filing", verbose_name=_("case"))
    basis = models.TextField(_("legal basis"), help_text=_("Law and article."))
    reasons = models.TextField(_("reasons"))
    relief = models.TextField(_("relief and its time limit"), help_text=_("Where and until when to object."))
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    prepared_at = models.DateTimeField(_("prepared at"), default=timezone.now)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed by")
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)

    objects = NegativeFilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("negative filing")
        verbose_name_plural = _("negative filings")
        ordering = ["-prepared_at"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="filing_is_signed_by_another", condition=Q(signed_by=None) | ~Q(signed_by=F("prepared_by"))
            ),
            models.CheckConstraint(
                name="filing_signature_is_whole",
                condition=Q(signed_by=None, signed_at=None) | Q(signed_by__isnull=False, signed_at__isnull=False),
            ),
            models.CheckConstraint(name="filing_is_complete", condition=~Q(basis="") & ~Q(reasons="") & ~Q(relief="")),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def is_signed(self) -> bool:
        return self.signed_by_id is not None


class ToldDayQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        """The last one that was told of each kind of limit."""
        later = ToldDay.objects.filter(case=models.OuterRef("case"), limit=models.OuterRef("limit"))
        return self.filter(~models.Exists(later.filter(pk__gt=models.OuterRef("pk"))))


class ToldDay(models.Model):
    """A due day as the applicant was told it. The day itself is computed; this is what stands on paper."""

    class Limit(models.TextChoices):
        NOTICE = "notice", pgettext_lazy("limit", "told what is missing")
        DECISION = "decision", _("decision by law")
        PROMISE = "promise", _("decision as promised")
        DELIVERY = "delivery", _("delivery")

    case = models.ForeignKey(Case, models.PROTECT, related_name="told_days", verbose_name=_("case"))
    limit = models.CharField(_("limit"), max_length=10, choices=Limit)
    due_on = models.DateField(_("due on"))
    told_at = models.DateTimeField(_("told at"), default=timezone.now)

    objects = ToldDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day that was told")
        verbose_name_plural = _("days that were told")
        ordering = ["case", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.case} {self.get_limit_display()}: {self.due_on:%Y-%m-%d}"
