"""The rule: from the facts on record to what a regulation was, or will be, on any day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from intranet.disclosure.models import RegulationRelation, Validity

REPEALS, AMENDS = RegulationRelation.Kind.REPEALS, RegulationRelation.Kind.AMENDS
ENDED = (Validity.REPEALED, Validity.LAPSED)


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a disclosed regulation does to another one, and from which day on."""

    kind: str
    """`repeals` or `amends`."""
    since: date
    by: int
    """The primary key of the regulation that does it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on record of a regulation's validity."""

    effective_from: date | None = None
    effective_until: date | None = None
    """The last day on which it holds by its own text."""
    stated: str = ""
    """The word of those who answer for it, from `Validity`."""
    stated_on: date | None = None
    """The day on which it was said."""
    bearings: Sequence[Bearing] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a regulation is on a day, and what that follows from."""

    validity: str
    """From `Validity`; empty where the record does not tell."""
    since: date | None = None
    """The first day on which it is so; None where that is not on record."""
    by: int | None = None
    """The regulation that repealed or amended it."""

    @property
    def holds(self) -> bool | None:
        """Whether it is in force; None where that is not known."""
        return self.validity in (Validity.IN_FORCE, Validity.AMENDED) if self.validity else None


UNKNOWN = Standing("")


def standing_on(facts: Facts, day: date) -> Standing:
    """What a regulation is on the day.

    The dates on record count first: its own, and those from which disclosed regulations repeal or amend it. The
    stated word counts from the day on which it was said, and only where it says more than the dates: that the
    regulation has ended or was amended, or anything at all where no date of effect is known. What has ended stays so.
    """
    if ended := _ended(facts, day):
        return ended
    if facts.effective_from and day < facts.effective_from:
        return Standing(Validity.NOT_YET.value)
    is_said = bool(facts.stated and facts.stated_on and day >= facts.stated_on)
    if is_said and facts.stated in ENDED:
        return Standing(facts.stated)
    if facts.stated in ENDED:
        return UNKNOWN  # it has ended since some day before that on which it was said
    amended = [bearing for bearing in facts.bearings if bearing.kind == AMENDS and bearing.since <= day]
    if amended:
        last = max(amended, key=lambda bearing: (bearing.since, bearing.by))
        return Standing(Validity.AMENDED.value, last.since, last.by)
    if is_said and facts.stated == Validity.AMENDED:
        return Standing(Validity.AMENDED.value)
    if facts.effective_from:
        return Standing(Validity.IN_FORCE.value, facts.effective_from)
    return Standing(facts.stated) if is_said else UNKNOWN


def _ended(facts: Facts, day: date) -> Standing | None:
    """The earliest of its repeal and the day after its own last one, if that has come."""
    ends = [
        Standing(Validity.REPEALED.value, bearing.since, bearing.by)
        for bearing in facts.bearings
        if bearing.kind == REPEALS
    ]
    if facts.effective_until and facts.effective_until < date.max:
        ends.append(Standing(Validity.LAPSED.value, facts.effective_until + timedelta(days=1)))
    come = [end for end in ends if end.since and end.since <= day]
    return min(come, key=lambda end: (end.since, end.by or 0)) if come else None


def days_of_change(facts: Facts) -> list[date]:
    """The days on which its standing may become another one."""
    days = {bearing.since for bearing in facts.bearings}
    if facts.effective_from:
        days.add(facts.effective_from)
    if facts.effective_until and facts.effective_until < date.max:
        days.add(facts.effective_until + timedelta(days=1))
    return sorted(days)
