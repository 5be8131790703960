"""Querysets of what was asked."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

KEPT = timedelta(days=90)


def this_hour() -> datetime:
    """The moment as it is kept: the hour, no minute of it."""
    return timezone.now().replace(minute=0, second=0, microsecond=0)


class AskingQuerySet(models.QuerySet):
    def of_session(self, session: str) -> Self:
        return self.filter(session=session)

    def of_visitors(self) -> Self:
        return self.filter(side="public")

    def since(self, days: int) -> Self:
        return self.filter(asked_at__gte=this_hour() - timedelta(days=days))

    def outdated(self) -> Self:
        """Older than is kept."""
        return self.filter(asked_at__lt=this_hour() - KEPT)

    def whole(self) -> Self:
        """Those of whose words nothing was taken out."""
        return self.filter(is_masked=False)

    def answered(self) -> Self:
        """Those to which something was found."""
        return self.filter(results_from__gt=0)

    def with_outcome(self) -> Self:
        """Each with what came of it: `was_opened`, `was_asked_anew` in other words, `was_abandoned`.

        Abandoned: something was found, nothing was opened, and no other query came in the session. What was asked
        in this hour may still go on, and is not counted as abandoned yet.
        """
        from search.demand.models import Opening

        later = self.model._default_manager.filter(session=OuterRef("session"), pk__gt=OuterRef("pk"))
        opened = Opening.objects.filter(asking__session=OuterRef("session"), asking__text=OuterRef("text"))
        return self.annotate(
            was_opened=Exists(opened),
            goes_on=Exists(later),
            was_asked_anew=Exists(later.exclude(text=OuterRef("text"))),
        ).annotate(
            was_abandoned=Q(results_from__gt=0, was_opened=False, goes_on=False, asked_at__lt=this_hour()),
        )

    def by_words(self) -> models.QuerySet:
        """A line for each text: `asked`, `opened`, `asked_anew`, `abandoned` in sessions, `results` at the most,
        `helpful` and `unhelpful` in verdicts, `last_asked`."""

        def sessions(**outcome: bool) -> Count:
            return Count("session", distinct=True, filter=Q(**outcome) if outcome else None)

        return (
            self.with_outcome()
            .values("text", "is_masked")
            .annotate(
                asked=sessions(),
                opened=sessions(was_opened=True),
                asked_anew=sessions(was_asked_anew=True),
                abandoned=sessions(was_abandoned=True),
                results=Max("results_from"),
                last_asked=Max("asked_at"),
                helpful=Count("verdict", filter=Q(verdict__is_helpful=True)),
                unhelpful=Count("verdict", filter=Q(verdict__is_helpful=False)),
            )
        )
