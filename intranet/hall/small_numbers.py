"""Numbers so small that they could single out a person, and what else has to stay hidden for their sake. The one rule.

One to four are told as “fewer than 5”. A number that somebody could compute from the others, because it is what a
total and its other parts leave over, would be told all the same: so as many others are withheld as it takes. What is
told twice, of periods that overlap, can be subtracted too, and no rule within one table helps: who shows tables shows
whole years that are over and no other periods.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import inf

from django.utils.translation import gettext as _

FEWEST = 5
"""The smallest number that is told, and the fewest cases of which an average is."""


class Hidden(Enum):
    """What stands in the place of a number."""

    FEW = "few"
    """One to four."""
    WITHHELD = "withheld"
    """Any number: one of the others would follow from it."""


Key = Hashable
Told = int | Hidden


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """A number that is what others add up to."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return (*self.parts, self.total)


def is_small(number: int) -> bool:
    return 0 < number < FEWEST


def in_words(told: Told) -> str:
    """A number, or what stands in its place, in the reader's language."""
    if told is Hidden.FEW:
        return _("fewer than %(number)d") % {"number": FEWEST}
    return _("withheld") if told is Hidden.WITHHELD else str(told)


def alone(number: int) -> Told:
    """A number that is told without others to which it adds up."""
    return Hidden.FEW if is_small(number) else number


def told(
    numbers: Mapping[Key, int], sums: Sequence[Sum], *, missed: Callable[[Key], int] = lambda key: 0
) -> dict[Key, Told]:
    """Each number as it may be told where the reader knows these sums, which hold.

    What is withheld with the small ones is what would be `missed` least, the smallest of several such.

    None that is hidden follows from what is told: not by adding and subtracting any of the numbers, nor because each
    of few is one to four.
    """
    found = {key: alone(number) for key, number in numbers.items()}

    def loss(key: Key) -> tuple[int, int]:
        return missed(key), numbers[key]

    bearing: dict[Key, list[Sum]] = {key: [] for key in numbers}
    for each in sums:
        for key in each.keys:
            bearing[key].append(each)
    while True:
        if lonely := [each for each in sums if _hidden_of(each, found) == 1]:
            _hide_beside(lonely[:1], found, loss)
        elif derived := _by_subtracting(found, sums) or _by_bounds(found, sums):
            first = min(derived, key=loss)
            _hide_beside(list(_nearest_first(first, bearing)), found, loss)
        else:
            return found


def _hidden_of(one: Sum, found: Mapping[Key, Told]) -> int:
    return sum(isinstance(found[key], Hidden) for key in one.keys)


def _hide_beside(around: Sequence[Sum], found: dict[Key, Told], loss: Callable[[Key], tuple[int, int]]) -> None:
    """Withhold the least loss in the first sum that tells any number; where none does, say no more that few are few."""
    for each in around:
        beside = [key for key in each.keys if found[key] and not isinstance(found[key], Hidden)]
        if beside:
            found[min(beside, key=loss)] = Hidden.WITHHELD
            return
    found.update((key, Hidden.WITHHELD) for each in around for key in each.keys if found[key] is Hidden.FEW)


def _nearest_first(key: Key, bearing: Mapping[Key, list[Sum]]) -> Iterator[Sum]:
    """The sums that the number bears on, straight or through others."""
    reached, coming = {key}, deque([key])
    passed: set[Sum] = set()
    while coming:
        for each in bearing[coming.popleft()]:
            if each not in passed:
                passed.add(each)
                yield each
                coming.extend(other for other in each.keys if other not in reached)
                reached.update(each.keys)


def _by_subtracting(found: Mapping[Key, Told], sums: Sequence[Sum]) -> set[Key]:
    """The hidden numbers that follow from what is told by adding and subtracting: Gauss and Jordan's elimination."""
    solved: dict[Key, dict[Key, Fraction]] = {}
    for each in sums:
        row = {key: Fraction(1) for key in each.parts if isinstance(found[key], Hidden)}
        if isinstance(found[each.total], Hidden):
            row[each.total] = Fraction(-1)
        for key in [key for key in row if key in solved]:
            row = _less(row, row[key], solved[key])
        if row:
            first = next(iter(row))
            row = {key: factor / row[first] for key, factor in row.items()}
            for key, other in solved.items():
                if first in other:
                    solved[key] = _less(other, other[first], row)
            solved[first] = row
    return {key for key, row in solved.items() if len(row) == 1}


def _less(row: Mapping[Key, Fraction], factor: Fraction, other: Mapping[Key, Fraction]) -> dict[Key, Fraction]:
    keys = {**row, **other}
    left = {key: row.get(key, Fraction()) - factor * other.get(key, Fraction()) for key in keys}
    return {key: number for key, number in left.items() if number}


def _by_bounds(found: Mapping[Key, Told], sums: Sequence[Sum]) -> set[Key]:
    """The hidden numbers for which, going from sum to sum, a single value is left."""
    least = {key: _bounds_of(one)[0] for key, one in found.items()}
    most = {key: _bounds_of(one)[1] for key, one in found.items()}
    is_changing = True
    while is_changing:
        is_changing = False
        for each in sums:
            for key in each.keys:
                low, high = _left_for(key, each, least, most)
                if low > least[key] or high < most[key]:
                    least[key], most[key] = max(low, least[key]), min(high, most[key])
                    is_changing = True
    return {key for key, one in found.items() if isinstance(one, Hidden) and least[key] == most[key]}


def _bounds_of(one: Told) -> tuple[float, float]:
    if isinstance(one, Hidden):
        return (1, FEWEST - 1) if one is Hidden.FEW else (0, inf)
    return one, one


def _left_for(key: Key, of: Sum, least: Mapping[Key, float], most: Mapping[Key, float]) -> tuple[float, float]:
    """The least and the most that the number can be, by what is known of the others of the sum."""
    others = [part for part in of.parts if part != key]
    low, high = sum(least[part] for part in others), sum(most[part] for part in others)
    return (low, high) if key == of.total else (least[of.total] - high, most[of.total] - low)
