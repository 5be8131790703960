"""Numbers so small that they could single out a person, and what else has to stay hidden for their sake. The one rule.

One to four are told as “fewer than 5”. A number that somebody could compute from the others, because it is what a
total and its other parts leave over, would be told all the same: so as many others are withheld as it takes. What is
told twice, of periods that overlap, can be subtracted too, and no rule within one table helps: who shows tables shows
whole years that are over and no other periods.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from math import inf

from django.utils.translation import gettext as _

from intranet.hall.looking_alike import Key, LookingAlike, Sum, bearing_on

FEWEST = 5
"""The smallest number that is told, and the fewest cases of which an average is."""
ENOUGH = 3
"""The values that a hidden number must have left. If two were enough, that a further number is withheld would tell that
there was one, and which."""


class Hidden(Enum):
    """What stands in the place of a number."""

    FEW = "few"
    """One to four."""
    WITHHELD = "withheld"
    """Any number from five on: one of the others would follow from it. Also a few that would follow from being few."""


Told = int | Hidden


def is_small(number: int) -> bool:
    return 0 < number < FEWEST


def in_words(told: Told) -> str:
    """A number, or what stands in its place, in the reader's language."""
    if told is Hidden.FEW:
        return _("fewer than %(number)d") % {"number": FEWEST}
    return _("withheld") if told is Hidden.WITHHELD else str(told)


def in_fives(number: int) -> int:
    """What is told of a number that grows while people look: none of the steps between."""
    return number - number % FEWEST


def fives_in_words(fives: int) -> str:
    """What `in_fives` leaves of a number, in the reader's language; of none it cannot be told whether there are few."""
    return _("%(number)d or more") % {"number": fives} if fives else in_words(Hidden.FEW)


def told(
    numbers: Mapping[Key, int], sums: Sequence[Sum], *, missed: Callable[[Key], int] = lambda key: 0
) -> dict[Key, Told]:
    """Each number as it may be told where the reader knows these sums, which hold.

    What is withheld with the small ones is what would be `missed` least, of several such the first: which of them is
    the smallest would tell something, too.

    A reader who takes few for one to four and withheld for five or more, and reckons, finds no hidden number: each
    has `ENOUGH` values left, or as many as if every number but nought were hidden, and two at least.
    """
    hiding = _Hiding(numbers, sums, missed)
    hiding.go_on()
    return hiding.found


class _Hiding:
    """A table with as much hidden as was found necessary so far."""

    def __init__(self, numbers: Mapping[Key, int], sums: Sequence[Sum], missed: Callable[[Key], int]) -> None:
        self.found = {key: Hidden.FEW if is_small(number) else number for key, number in numbers.items()}
        self._sums, self._bearing = sums, bearing_on(numbers, sums)
        places = {key: place for place, key in enumerate(numbers)}
        self._loss = {key: (missed(key), places[key]) for key in numbers}
        self._vague: set[Key] = set()
        """What is told as withheld though it is few."""
        self._safe: set[Key] = set()
        self._as_told = LookingAlike(numbers, sums, lambda key: self._limits(key, self.found[key]))
        self._at_best = LookingAlike(numbers, sums, self._limits_at_best)

    def go_on(self) -> None:
        """Hide until no number follows."""
        while True:
            if lonely := next((each for each in self._sums if self._hidden_of(each) == 1), None):
                self._withhold_beside([lonely])
            elif narrow := [key for key, one in self.found.items() if isinstance(one, Hidden) and self._is_narrow(key)]:
                first = min(narrow, key=self._loss.__getitem__)
                around = list(_nearest_first(first, self._bearing))
                follows_anyway = self._at_best.values(first, enough=2) == 1
                ways = (self._say_less, self._withhold_beside)
                if not any(way(around) for way in (ways if follows_anyway else reversed(ways))):
                    return
            else:
                return

    def _hidden_of(self, one: Sum) -> int:
        return sum(isinstance(self.found[key], Hidden) for key in one.keys)

    def _is_narrow(self, key: Key) -> bool:
        """Whether what is told leaves the number fewer values than it could have."""
        if key not in self._safe:
            values = self._as_told.values(key, enough=ENOUGH)
            if values == ENOUGH or 1 < values >= self._at_best.values(key, enough=ENOUGH):
                self._safe.add(key)
        return key not in self._safe

    def _withhold_beside(self, around: Sequence[Sum]) -> bool:
        """Withhold the least loss in the first sum that tells any number."""
        for each in around:
            if beside := [key for key in each.keys if self.found[key] and not isinstance(self.found[key], Hidden)]:
                self.found[min(beside, key=self._loss.__getitem__)] = Hidden.WITHHELD
                return True
        return False

    def _say_less(self, around: Sequence[Sum]) -> bool:
        """Say no more of the nearest total that it is few; where none is told to be, of the parts."""
        totals = ([each.total] for each in around)
        for keys in (*totals, *(each.parts for each in around)):
            if few := [key for key in keys if self.found[key] is Hidden.FEW]:
                self.found.update(dict.fromkeys(few, Hidden.WITHHELD))
                self._vague.update(few)
                return True
        return False

    def _limits(self, key: Key, one: Told) -> tuple[float, float]:
        if one is Hidden.FEW:
            return 1, FEWEST - 1
        if one is Hidden.WITHHELD:
            return (1 if key in self._vague else FEWEST), inf
        return one, one

    def _limits_at_best(self, key: Key) -> tuple[float, float]:
        """As if no number were told but nought."""
        one = self.found[key]
        return self._limits(key, one if isinstance(one, Hidden) or not one else Hidden.WITHHELD)


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
