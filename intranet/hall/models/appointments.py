"""Appointments at the hall: when they are given, and the ones that were made."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin

from intranet.hall.models.applicants import shown
from intranet.hall.models.items import ServiceItem
from intranet.in_force import InForceQuerySet

MOST_AT_ONCE = 20


class AppointmentHours(RevisionMixin, models.Model):
    """Hours of every working day in which the hall gives appointments, from a day to a day."""

    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("Last day; empty while in force."))
    begins = models.TimeField(_("from (time)"))
    ends = models.TimeField(_("until (time)"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes of an appointment"), default=20, validators=[MinValueValidator(5), MaxValueValidator(120)]
    )
    capacity = models.PositiveSmallIntegerField(
        _("at the same time"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_AT_ONCE)],
        help_text=_("How many windows take people who have an appointment."),
    )

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("hours of appointments")
        verbose_name_plural = _("hours of appointments")
        ordering = ["-valid_from", "begins"]
        constraints = [
            models.CheckConstraint(
                name="appointment_hours_end_after_they_begin",
                condition=Q(ends__gt=F("begins")),
                violation_error_message=_("The hours end before they begin."),
            ),
            models.CheckConstraint(
                name="appointment_hours_hold_after_they_begin_to",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"

    def clean(self) -> None:
        super().clean()
        if self.valid_from is None or self.begins is None or self.ends is None:
            return
        if self.minutes and self.ends > self.begins and not self.slots():
            raise ValidationError({"minutes": _("The hours are shorter than one appointment.")})
        others = AppointmentHours.objects.exclude(pk=self.pk).overlapping(self.valid_from, self.valid_to)
        if other := others.filter(begins__lt=self.ends, ends__gt=self.begins).first():
            words = _("At that time of day others are in force: %(hours)s. End those first.")
            raise ValidationError({"begins": words % {"hours": other}})

    def slots(self) -> list[tuple[time, time]]:
        """The appointments that fit in, from when to when."""
        found, moment = [], datetime.combine(date.min, self.begins)
        while (end := moment + timedelta(minutes=self.minutes)) <= datetime.combine(date.min, self.ends):
            found.append((moment.time(), end.time()))
            moment = end
        return found


class AppointmentQuerySet(models.QuerySet):
    def outdated(self) -> Self:
        """Those whose day is over: nothing of who came is kept."""
        return self.filter(day__lt=timezone.localdate())


class Appointment(models.Model):
    """One appointment. Of who comes there is the name to be called by, encrypted, until the day is over."""

    item = models.ForeignKey(ServiceItem, models.CASCADE, related_name="appointments", verbose_name=_("service item"))
    day = models.DateField(_("day"))
    begins = models.TimeField(_("time"))
    ends = models.TimeField(_("until (time)"))
    """As the hours had it when it was made; they may have changed since."""
    place = models.PositiveSmallIntegerField(_("place"))
    """Which of those at the same time it is, from 1 on."""
    form_key = models.CharField(_("key of the form"), max_length=64, null=True, unique=True, editable=False)
    """By which the same form sent twice is known; the form's token itself is not kept."""
    name_sealed = models.TextField(_("name, encrypted"), editable=False)
    code_key = models.CharField(_("key of the code"), max_length=64, unique=True, editable=False)
    """By which whoever has the code cancels it; the code itself is not kept."""

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["day", "begins", "place"]
        default_permissions = ()
        constraints = [
            # Nobody is promised what another one was: whatever two people send at the same second.
            models.UniqueConstraint(name="one_appointment_a_place", fields=["day", "begins", "place"]),
            models.CheckConstraint(name="appointment_ends_after_it_begins", condition=Q(ends__gt=F("begins"))),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.begins:%H:%M}"

    @property
    def name(self) -> str:
        """The name to be called by, or a word where no key opens it."""
        return shown(self.name_sealed, str)
