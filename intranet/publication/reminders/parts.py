"""What else a person is reminded of in the same mail: apps that know of more register a part here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits."""

    title: str
    """What to call it; mail is read on the way, so nothing of a person."""
    note: str | Promise
    """In the language of who reads it, so lazy where it is translated."""
    on: date
    """Its last day in time."""
    is_late: bool
    path: str | None
    """Below the portal's address; None where it has no screen."""


@dataclass(frozen=True, slots=True)
class Part:
    """Things of a kind that wait for a person, the oldest day first."""

    heading: Promise
    lines: Sequence[Line]


Find = Callable[[], Mapping[int, Part]]
"""The part of each person for whom there is one, by the account's primary key."""
_finds: list[Find] = []


def register_part(find: Find) -> None:
    """Let `find` say what else waits for whom today."""
    _finds.append(find)


def parts_by_person() -> list[tuple[int, Part]]:
    """Every part that waits for anybody today, with the account's primary key."""
    return [pair for find in _finds for pair in find().items()]
