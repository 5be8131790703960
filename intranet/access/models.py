"""Shares: who is named as reader of one thing besides its audience, until when and why."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ShareQuerySet(models.QuerySet):
    def in_force(self, on: date | None = None) -> Self:
        """Those that count on the day (today unless said); the last day counts."""
        return self.filter(Q(ended_at=None) & (Q(until=None) | Q(until__gte=on or timezone.localdate())))

    def over(self) -> Self:
        """Those that count no more: their last day has passed, or somebody ended them."""
        return self.exclude(ended_at=None) | self.run_out()

    def run_out(self, *, since: date | None = None) -> Self:
        """Those whose last day has passed, on this day or later if it is given, and that nobody had ended."""
        found = self.filter(ended_at=None, until__lt=timezone.localdate())
        return found.filter(until__gte=since) if since else found

    def of_kind(self, app_label: str, model_name: str) -> Self:
        """Shares of things of one model."""
        return self.filter(content_type__app_label=app_label, content_type__model=model_name)

    def of(self, model: type[models.Model], pks: Collection[int | None]) -> Self:
        """Shares of the model's things with these primary keys."""
        found = self.of_kind(model._meta.app_label, str(model._meta.model_name))
        return found.filter(object_id__in=[pk for pk in pks if pk is not None])

    def held_by(self, *, people: Iterable[int] = (), groups: Iterable[int] = ()) -> Self:
        """Shares of these people and groups, by primary keys."""
        return self.filter(Q(user__in=list(people)) | Q(group__in=list(groups)))

    def with_names(self) -> Self:
        return self.select_related("user", "group", "granted_by", "ended_by")


class Share(models.Model):
    """A person or a group named as reader of one thing, up to and including a last day.

    The only record of it: what is not here, or is over, lets nobody read. A share that is over stays, to be told
    who could read the thing, and when.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey("content_type", "object_id")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="shares",
        verbose_name=_("person"),
    )
    group = models.ForeignKey(
        Group, models.CASCADE, null=True, blank=True, related_name="shares", verbose_name=_("group")
    )
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Last day; empty without an end."))
    reason = models.TextField(_("reason"), blank=True)
    """Why; empty only where it was given before reasons were asked."""
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("named by")
    )
    granted_at = models.DateTimeField(_("named at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("ended by")
    )

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        ordering = ["-granted_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="share_of_a_person_or_a_group",
                condition=Q(user=None, group__isnull=False) | Q(user__isnull=False, group=None),
            ),
            models.UniqueConstraint(
                name="one_open_share_per_person",
                fields=["content_type", "object_id", "user"],
                condition=Q(ended_at=None, user__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_open_share_per_group",
                fields=["content_type", "object_id", "group"],
                condition=Q(ended_at=None, group__isnull=False),
            ),
        ]
        indexes = [models.Index(name="share_by_last_day", fields=["until"], condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return f"{self.holder}, {self.until:%Y-%m-%d}" if self.until else str(self.holder)

    @property
    def holder(self) -> models.Model:
        """The person or the group."""
        return self.user or self.group  # type: ignore[return-value]

    @property
    def shown_reason(self) -> str:
        return self.reason or gettext("named before reasons were asked")

    @property
    def is_over(self) -> bool:
        """Whether it counts no more."""
        return self.ended_at is not None or (self.until is not None and self.until < timezone.localdate())

    @property
    def over_since(self) -> datetime | None:
        """The moment from which it counts no more; None while it counts."""
        if self.ended_at is not None:
            return self.ended_at
        return moment_after(self.until) if self.is_over and self.until else None


def moment_after(last_day: date) -> datetime:
    """The midnight that ends a share of this last day."""
    return timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
