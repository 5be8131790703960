"""Questions asked at the window (首问负责制): whoever is asked first owns one until it is answered or taken over."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.access.handling import reach_of
from intranet.audit.append_only import AppendOnly, AppendOnlyQuerySet
from intranet.hall.models.items import ServiceItem
from intranet.organisation.models import Department, User
from intranet.organisation.working_days import WorkingCalendar


class InquirySerial(models.Model):
    """The last serial given to a question in a year."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    last = models.PositiveIntegerField(_("last serial"), default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class InquiryQuerySet(models.QuerySet):
    def readable_by(self, user: User | AnonymousUser) -> Self:
        """Those of the departments whose cases the user reads, and those that the user owns or is to take over."""
        reach = reach_of(user)
        if reach.everywhere:
            return self.all()
        if not reach.departments or not isinstance(user, User):
            return self.none()
        return self.filter(Q(department__in=reach.departments) | Q(owner=user) | Q(offered_to=user))

    def once_in_the_hands_of(self, user: User) -> Self:
        """Those that the user owned, or was to take over, whoever has them now."""
        return self.filter(Exists(InquiryMove.objects.filter(Q(by=user) | Q(to=user), inquiry=OuterRef("pk"))))

    def unanswered(self) -> Self:
        return self.exclude(state=Inquiry.State.ANSWERED)

    def overdue(self, today: date | None = None, calendar: WorkingCalendar | None = None) -> Self:
        """Unanswered, and their last day is over."""
        from intranet.hall.deemed import last_receipt_overdue

        today, calendar = today or timezone.localdate(), calendar or WorkingCalendar()
        late = Q(pk__in=[])
        for days in Inquiry.Term.values:
            late |= Q(term_days=days, asked_on__lte=last_receipt_overdue(today, days, calendar))
        return self.unanswered().filter(late)


class Inquiry(models.Model):
    """One question: what, who owns it, and what became of it. Nothing of who asked is kept."""

    class State(models.TextChoices):
        OPEN = "open", _("with its owner")
        OFFERED = "offered", _("handed over, not taken yet")
        ANSWERED = "answered", _("answered")

    class Term(models.IntegerChoices):
        """Working days. Source: the hall's rules on questions: simple ones in five, others in fifteen."""

        SIMPLE = 5, _("simple: 5 working days")
        OTHER = 15, _("other: 15 working days")

    class Manner(models.TextChoices):
        SPOT = "spot", _("at the window")
        PHONE = "phone", _("by telephone")
        WRITING = "writing", _("in writing")

    number = models.CharField(pgettext_lazy("serial", "number"), max_length=20, unique=True)
    form_token = models.UUIDField(_("token of the form"), null=True, unique=True, editable=False)
    question = models.TextField(_("question"))
    item = models.ForeignKey(
        ServiceItem, models.PROTECT, null=True, blank=True, related_name="inquiries", verbose_name=_("service item")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="inquiries", verbose_name=_("department"), help_text=_("Its owner's.")
    )
    first_asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked first")
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"))
    offered_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handed to")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    asked_on = models.DateField(_("asked on"))
    term_days = models.PositiveSmallIntegerField(_("to be answered in"), choices=Term, default=Term.SIMPLE)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.CharField(_("how answered"), max_length=10, choices=Manner, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("question at the window")
        verbose_name_plural = _("questions at the window")
        ordering = ["-asked_on", "-pk"]
        default_permissions = ()
        indexes = [models.Index(name="inquiry_by_state", fields=["state", "asked_on"])]
        constraints = [
            models.CheckConstraint(
                name="inquiry_is_offered_to_somebody",
                condition=Q(state="offered", offered_to__isnull=False) & ~Q(offered_to=F("owner"))
                | ~Q(state="offered") & Q(offered_to=None),
            ),
            models.CheckConstraint(
                name="inquiry_answer_is_whole",
                condition=Q(state="answered", answered_on__isnull=False) & ~Q(answer="") & ~Q(answered_by="")
                | ~Q(state="answered") & Q(answered_on=None, answer="", answered_by=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def due_on(self, calendar: WorkingCalendar | None = None) -> date:
        """The last day on which it is answered in time."""
        return (calendar or WorkingCalendar()).working_days_after(self.asked_on, self.term_days).on


class InquiryAct(models.TextChoices):
    """What is done with a question."""

    ASK = "ask", _("asked")
    HAND_OVER = "hand_over", _("handed over")
    ACCEPT = "accept", _("taken over")
    DECLINE = "decline", _("declined")
    ANSWER = "answer", _("answered")


class InquiryMove(AppendOnly):
    """What was done with a question, by whom and when; never changed."""

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="moves", verbose_name=_("question"))
    act = models.CharField(_("act"), max_length=10, choices=InquiryAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("handing over", "to whom"),
    )
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("moment"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("move of a question")
        verbose_name_plural = _("moves of questions")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.inquiry} {self.get_act_display()}"
