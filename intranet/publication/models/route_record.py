"""What a category's route wants on record besides the steps of its review."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.disclosure.models import AttachedDocument, MatterPage


class RouteRecord(models.Model):
    """A price audit, a decision of the director's office meeting, or the notice period that a result follows.

    It belongs to the matter and to no version of it: the minutes are read by those who decide, not by its readers.
    """

    class Kind(models.TextChoices):
        PRICE_AUDIT = "price_audit", _("price audit")
        MEETING_DECISION = "meeting_decision", _("decision of the director's office meeting")
        NOTICE = "notice", _("notice period")

    matter = models.ForeignKey(MatterPage, models.CASCADE, related_name="route_records", verbose_name=_("matter"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    organ = models.CharField(_("by whom"), max_length=200, blank=True)
    number = models.CharField(_("number"), max_length=100, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    document = models.ForeignKey(
        AttachedDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("minutes or audit report"),
    )
    notice = models.ForeignKey(
        MatterPage, models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("notice")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    notice_name = ""
    """What the notice is called before whoever the record is shown to."""

    class Meta:
        verbose_name = _("record of a route")
        verbose_name_plural = _("records of routes")
        ordering = ["-entered_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="record_says_what_its_kind_asks",
                condition=Q(kind="notice", notice__isnull=False)
                | (~Q(kind="notice") & Q(notice=None, decided_on__isnull=False) & ~Q(number="")),
            )
        ]

    def __str__(self) -> str:
        if self.kind == self.Kind.NOTICE:
            return f"{self.get_kind_display()}: {self.notice}"
        return f"{self.get_kind_display()}: {self.organ} {self.number}, {self.decided_on:%Y-%m-%d}"


class ObjectionQuerySet(models.QuerySet):
    def undecided(self) -> Self:
        return self.filter(outcome="")

    def upheld(self) -> Self:
        return self.filter(outcome=Objection.Outcome.UPHELD)


class Objection(models.Model):
    """An objection that somebody raised in a notice period. Who raised it is known to the office alone."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("upheld: the result must not follow from this notice")
        DISMISSED = "dismissed", _("dismissed")

    class Channel(models.TextChoices):
        PORTAL = "portal", _("portal")
        LETTER = "letter", _("letter")
        VISIT = "visit", _("visit")
        PHONE = "phone", _("phone")

    notice = models.ForeignKey(MatterPage, models.CASCADE, related_name="objections", verbose_name=_("notice"))
    text = models.TextField(_("objection"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.PORTAL)
    received_on = models.DateField(_("received on"), default=timezone.localdate)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("raised by")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("reasons"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["received_on", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="decision_gives_its_reasons", condition=Q(outcome="") | ~Q(answer="")),
        ]

    def __str__(self) -> str:
        return f"{self.notice}: {self.received_on:%Y-%m-%d}"

    @property
    def is_undecided(self) -> bool:
        return not self.outcome
