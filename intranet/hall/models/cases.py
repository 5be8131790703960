"""Cases: one application at the hall window each."""

import secrets
from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.access.handling import reach_of
from intranet.hall.models.applicants import Applicant, shown_name
from intranet.hall.models.items import ItemMaterial, ItemVersion, ServiceItem
from intranet.organisation.models import User
from intranet.organisation.working_days import WorkingCalendar

CHECK_CODE_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0 and O, 1 and I, which people mistake for each other on paper."""
CHECK_CODE_LENGTH = 10


class State(models.TextChoices):
    """Where a case stands. What it stands for today may be more: `intranet.hall.deemed`."""

    RECEIVED = "received", _("received")
    NOTIFIED = "notified", _("told what is missing")
    SUPPLEMENTED = "supplemented", _("supplemented")
    ACCEPTED = "accepted", _("accepted")
    NOT_ACCEPTED = "not_accepted", _("not accepted")
    IN_REVIEW = "in_review", _("in review")
    PAUSED = "paused", _("paused")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("not granted")
    DELIVERED = "delivered", _("delivered")
    CLOSED = "closed", _("closed")
    WITHDRAWN = "withdrawn", _("withdrawn by the applicant")


OPEN = (State.RECEIVED, State.NOTIFIED, State.SUPPLEMENTED, State.ACCEPTED, State.IN_REVIEW, State.PAUSED)
"""Before the decision: the same applicant, item and subject are not received a second time."""
DECIDED = (State.GRANTED, State.REFUSED, State.DELIVERED, State.CLOSED)


class CaseSerial(models.Model):
    """The last serial given to a kind of item in a year."""

    sign = models.CharField(_("kind"), max_length=3)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last serial"), default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="one_case_serial_a_year", fields=["sign", "year"])]

    def __str__(self) -> str:
        return f"{self.year}-{self.sign}: {self.last}"


def new_check_code() -> str:
    """Fifty bits that nobody guesses, in characters that are read well on paper."""
    return "".join(secrets.choice(CHECK_CODE_CHARACTERS) for _place in range(CHECK_CODE_LENGTH))


class CaseQuerySet(models.QuerySet):
    def readable_by(self, user: User | AnonymousUser) -> Self:
        """The cases that the user may know of: those of the departments handled, all of them for the hall's clerks."""
        reach = reach_of(user)
        return self.all() if reach.everywhere else self.filter(item__department__in=reach.departments)

    def open(self) -> Self:
        """Not decided on, not withdrawn."""
        return self.filter(state__in=OPEN)

    def as_of(self, day: date | None = None, calendar: WorkingCalendar | None = None) -> Self:
        """Each with `state_today`: its state on the day (today unless said), acceptance by silence included."""
        from intranet.hall.deemed import deemed_q

        silent = models.When(deemed_q(day or timezone.localdate(), calendar), then=models.Value(State.ACCEPTED.value))
        return self.annotate(
            state_today=models.Case(silent, default=F("state"), output_field=models.CharField(max_length=14))
        )

    def with_clocks(self, *, own_stages: bool = True) -> Self:
        """Loaded with all that `clocks.Clocks` reads; its `current` needs no stages of the items' own."""
        related = ("pauses", "notices", *(["version__stages"] if own_stages else []))
        return self.select_related("item__department", "version", "applicant", "extension").prefetch_related(*related)


class Case(models.Model):
    """One application: by whom, for what, how far it has come. Only `intranet.hall.life` changes its state."""

    class Channel(models.TextChoices):
        WINDOW = "window", _("at the window")
        POST = "post", _("by post")
        ONLINE = "online", _("online")

    class Delivery(models.TextChoices):
        SIGNED = "signed", _("handed over against a signature")
        TRACKED = "tracked", _("sent with a tracking number")

    number = models.CharField(pgettext_lazy("serial", "number"), max_length=20, unique=True)
    check_code_sealed = models.TextField(_("check code, encrypted"), editable=False)
    form_token = models.UUIDField(_("token of the form"), null=True, unique=True, editable=False)
    """Of the form that was sent: the same form sent twice is the same case."""
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="cases", verbose_name=_("service item"))
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="cases", verbose_name=_("version"))
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="cases", verbose_name=_("applicant"))
    applicant_name = models.CharField(_("name in the application"), max_length=200)
    subject = models.CharField(_("subject"), max_length=200, blank=True, help_text=_("The site or the equipment."))
    subject_key = models.CharField(_("key of the subject"), max_length=400, blank=True, editable=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.WINDOW)
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("clerk"))
    state = models.CharField(_("state"), max_length=14, choices=State, default=State.RECEIVED)
    received_on = models.DateField(_("received on"))
    materials_on = models.DateField(_("materials of"))
    """The day on which the application came in, or was last supplemented; silence is counted from it."""
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    is_deemed_accepted = models.BooleanField(_("accepted by silence"), default=False)
    outcome = models.CharField(
        _("outcome"), max_length=14, blank=True, choices=[(s.value, s.label) for s in (State.GRANTED, State.REFUSED)]
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision_number = models.CharField(_("decision number"), max_length=100, blank=True)
    decision_key = models.CharField(_("key of the decision number"), max_length=140, blank=True, editable=False)
    """`intranet.hall.decision_numbers`: no two decisions of a department and a kind of item have one number."""
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    delivered_by = models.CharField(_("how delivered"), max_length=10, choices=Delivery, blank=True)
    delivery_evidence = models.CharField(_("who signed, or the tracking number"), max_length=100, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    """Not accepted, withdrawn or closed."""

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-received_on", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(name="case_by_state", fields=["state", "materials_on"]),
            models.Index(name="case_by_receipt", fields=["item", "received_on"]),
            models.Index(name="case_newest_first", fields=["-received_on", "-id"]),
        ]
        constraints = [
            # No repeated acceptance: whatever clerks, screens or programs do at the same second.
            models.UniqueConstraint(
                name="one_open_case_a_subject",
                fields=["applicant", "item", "subject_key"],
                condition=Q(state__in=[state.value for state in OPEN]),
            ),
            models.CheckConstraint(
                name="case_dates_follow_each_other",
                condition=Q(materials_on__gte=F("received_on"))
                & (Q(accepted_on=None) | Q(accepted_on__gte=F("received_on")))
                & (Q(decided_on=None) | Q(decided_on__gte=F("accepted_on")))
                & (Q(delivered_on=None) | Q(delivered_on__gte=F("decided_on")))
                & (Q(ended_on=None) | Q(ended_on__gte=F("received_on"))),
            ),
            models.CheckConstraint(
                name="case_is_decided_after_acceptance",
                condition=~Q(state__in=[State.IN_REVIEW, State.PAUSED, State.ACCEPTED, *DECIDED])
                | Q(accepted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="case_decision_is_whole",
                condition=Q(state__in=DECIDED, outcome__in=[State.GRANTED, State.REFUSED], decided_on__isnull=False)
                & ~Q(decision_number="")
                & ~Q(decision_key="")
                | ~Q(state__in=DECIDED) & Q(outcome="", decided_on=None, decision_number="", decision_key=""),
            ),
            models.UniqueConstraint(
                name="one_decision_a_number", fields=["decision_key"], condition=~Q(decision_key="")
            ),
            models.CheckConstraint(
                name="case_delivery_has_evidence",
                condition=~Q(state__in=[State.DELIVERED, State.CLOSED])
                | Q(delivered_on__isnull=False) & ~Q(delivered_by="") & ~Q(delivery_evidence=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Neither decided on nor at an end; of an open one there is no second."""
        return self.state in OPEN

    @property
    def shown_applicant(self) -> str:
        """The applicant's name as screens have it."""
        return shown_name(self.applicant.kind, self.applicant_name)

    @property
    def shown_evidence(self) -> str:
        """Who signed for the decision, or its tracking number, as screens have it: a person's name is masked."""
        if self.delivered_by != Case.Delivery.SIGNED:
            return self.delivery_evidence
        is_the_applicant = self.delivery_evidence == self.applicant_name
        kind = self.applicant.kind if is_the_applicant else Applicant.Kind.PERSON
        return shown_name(kind, self.delivery_evidence)


class CaseMaterial(models.Model):
    """A material that a case's version asks for, and whether it has come."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="materials", verbose_name=_("case"))
    material = models.ForeignKey(ItemMaterial, models.PROTECT, related_name="+", verbose_name=_("material"))
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("received by")
    )

    class Meta:
        verbose_name = _("material of a case")
        verbose_name_plural = _("materials of cases")
        ordering = ["material__sort_order", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="one_row_a_material", fields=["case", "material"]),
            models.CheckConstraint(
                name="material_received_by_somebody",
                condition=Q(received_on=None, received_by=None)
                | Q(received_on__isnull=False, received_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.material.name


class RepeatedAttempt(models.Model):
    """That somebody asked for what an open case was about already, and was refused."""

    first = models.ForeignKey(Case, models.PROTECT, related_name="repeated_attempts", verbose_name=_("first case"))
    at = models.DateTimeField(_("moment"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("clerk"))
    channel = models.CharField(_("channel"), max_length=10, choices=Case.Channel)

    class Meta:
        verbose_name = _("repeated application refused")
        verbose_name_plural = _("repeated applications refused")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.first} {self.at:%Y-%m-%d}"
