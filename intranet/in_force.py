"""Rows that hold from a day to a day."""

from datetime import date
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
