"""The outbox of the search index, and what the admin's search looks in."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IndexTaskQuerySet(models.QuerySet):
    def pending(self) -> "IndexTaskQuerySet":
        """Changed since they were last written."""
        return self.filter(version__gt=F("written_version"))

    def due(self) -> "IndexTaskQuerySet":
        """Pending, and not waiting out a pause after a failure."""
        return self.pending().filter(Q(next_attempt_at=None) | Q(next_attempt_at__lte=timezone.now()))

    def failed(self) -> "IndexTaskQuerySet":
        """Pending after at least one failure."""
        return self.pending().exclude(error="")


class IndexTask(models.Model):
    """What the index owes to one key. One row a key; the newest change wins.

    The row is never deleted: its `version` only grows, and it is the external version under which engines
    store the key, so that an old write never beats a new one, however late it comes.
    """

    key = models.CharField(_("key"), max_length=100, unique=True)
    version = models.PositiveBigIntegerField(_("version"), default=1)
    written_version = models.PositiveBigIntegerField(_("version in the index"), default=0)
    attempts = models.PositiveIntegerField(_("failed attempts"), default=0)
    error = models.TextField(_("error"), blank=True)
    enqueued_at = models.DateTimeField(_("changed at"), default=timezone.now)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt at"), null=True, blank=True)

    objects = IndexTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("index task")
        verbose_name_plural = _("index tasks")
        ordering = ["enqueued_at"]
        indexes = [
            models.Index(
                name="index_task_pending", fields=["enqueued_at"], condition=Q(version__gt=F("written_version"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class LastTime(models.Model):
    """When something was last done that is done again and again. One row for each such thing."""

    CALENDAR = "calendar"

    name = models.CharField(_("what"), max_length=40, primary_key=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("last time")
        verbose_name_plural = _("last times")

    def __str__(self) -> str:
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M:%S}"


class DeskKey(models.Model):
    """What a thing of the admin is found by there, normalised; see `search.desk`."""

    kind = models.CharField(_("kind"), max_length=100)
    thing = models.PositiveBigIntegerField(_("primary key"))
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("key of the admin's search")
        verbose_name_plural = _("keys of the admin's search")
        constraints = [models.UniqueConstraint(name="one_desk_key_per_thing", fields=["kind", "thing"])]

    def __str__(self) -> str:
        return f"{self.kind}:{self.thing}"
