"""Rows that hold from a day to a day."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class InForceQuerySet(models.QuerySet):
    """Of a model with `valid_from` and `valid_to`, whose first and last day count; without the last, no end."""

    def in_force(self, day: date | None = None) -> Self:
        """Those in force on the day (today unless said)."""
        day = day or timezone.localdate()
        return self.filter(Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day)))

    def overlapping(self, valid_from: date, valid_to: date | None) -> Self:
        """Those in force on any day of the span."""
        found = self.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from))
        return found if valid_to is None else found.filter(valid_from__lte=valid_to)


def days_held_twice(spans: Iterable[tuple[date, date | None]]) -> Iterator[date]:
    """The first day of each span that begins while the one before it holds; a span without a last day has no end."""
    for (_start, end), (following, _end) in pairwise(sorted(spans, key=lambda span: span[0])):
        if end is None or end >= following:
            yield following
