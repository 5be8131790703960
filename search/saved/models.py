"""Searches that a person has saved, and what each has told them of already."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.tokens import AnyUser
from search.query import SearchQuery

MOST = 50
"""Searches of one person."""
LONGEST = 2000
"""Characters of a search's parameters; forty departments fit in."""


class SavedSearchQuerySet(models.QuerySet):
    def of_person(self, person: AnyUser) -> Self:
        return self.filter(person=person.pk)

    def due_on(self, day: date) -> Self:
        """Those of open accounts with an address whose digest of the day, or of the week, has not been made."""
        monday = day - timedelta(days=day.weekday())
        daily = models.Q(frequency=SavedSearch.Frequency.DAILY, digested_on__lt=day)
        weekly = models.Q(frequency=SavedSearch.Frequency.WEEKLY, digested_on__lt=monday)
        return self.filter(daily | weekly, person__is_active=True).exclude(person__email="")

    def unclaimed(self) -> Self:
        """Not in the hands of a run that is under way."""
        return self.filter(models.Q(claimed_until=None) | models.Q(claimed_until__lt=timezone.now()))


class SavedSearch(models.Model):
    """A search with its filters. `known` are keys that its person was told of or could find before: the newest
    first, of which `search.saved.news` keeps so many."""

    class Frequency(models.TextChoices):
        DAILY = "daily", _("every working day")
        WEEKLY = "weekly", _("once a week")
        OFF = "off", _("no e-mail")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", verbose_name=_("person")
    )
    name = models.CharField(_("Name"), max_length=100)
    params = models.CharField(_("search"), max_length=LONGEST)
    frequency = models.CharField(
        _("E-mail with what is new"), max_length=6, choices=Frequency, default=Frequency.WEEKLY
    )
    language = models.CharField(_("language"), max_length=10)
    known = models.JSONField(_("known keys"), default=list)
    known_since = models.DateField(_("known from this day of publication on"), null=True)
    digested_on = models.DateField(_("last digest"), default=timezone.localdate)
    claimed_until = models.DateTimeField(_("in work until"), null=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(name="search_saved_once", fields=["person", "params"])]
        indexes = [models.Index(name="saved_search_due", fields=["frequency", "digested_on"])]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """The search itself."""
        return f"{reverse('search:results')}?{self.params}"

    def query(self, *, page_size: int) -> SearchQuery:
        """The search as it is asked. Raises `InvalidQuery`."""
        return SearchQuery.parse(QueryDict(self.params), page_size=page_size)
