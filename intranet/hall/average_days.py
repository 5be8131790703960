"""The average that every table, file and text of the hall tells: rounded once, so that all tell the same."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")


def average_of(times: Mapping[int, int]) -> Decimal | None:
    """Working days on average with one decimal, a half up, where so many decisions took so many days; None of none."""
    made = sum(times.values())
    spent = sum(days * number for days, number in times.items())
    return (Decimal(spent) / made).quantize(TENTH, ROUND_HALF_UP) if made else None
