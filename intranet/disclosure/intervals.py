"""The catalogue's update intervals as lengths of time."""

from datetime import date, timedelta

from django.utils import timezone

MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
"""Months of each interval that has a length; the others wait for an event."""


def next_look(interval: str) -> date | None:
    """The day on which the interval, begun today, has passed; None for one without a length."""
    return add_months(timezone.localdate(), MONTHS[interval]) if interval in MONTHS else None


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    next_first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), next_first - timedelta(days=1))
