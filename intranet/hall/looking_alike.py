"""Other tables that look the same to a reader: the values that a hidden number could have as well."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Key = Hashable
Change = tuple[Key, int]
"""A number that becomes one more, or one less."""
Broken = frozenset[tuple["Sum", int]]
"""Sums that do not hold, each with how much more its parts are than its total."""
TRIES = 2000
"""Broken tables that are looked at; where none could be mended by then, a number is taken to have no other value."""
BROKEN_AT_ONCE = 6


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """A number that is what others add up to."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return (*self.parts, self.total)


def bearing_on(keys: Iterable[Key], sums: Sequence[Sum]) -> dict[Key, list[Sum]]:
    """The sums in which each number stands."""
    found: dict[Key, list[Sum]] = {key: [] for key in keys}
    for each in sums:
        for key in each.keys:
            found[key].append(each)
    return found


class LookingAlike:
    """The tables in which every sum holds as in this one, and every number is within its limits.

    They are reached from this one: a number becomes one more or less, and others do until all sums hold again. What is
    found is such a table for certain. One that takes greater steps is not found: too much is hidden then, never too
    little. The limits may widen while it is asked, and never narrow.
    """

    def __init__(
        self, numbers: Mapping[Key, int], sums: Sequence[Sum], limits: Callable[[Key], tuple[float, float]]
    ) -> None:
        self._numbers, self._limits = numbers, limits
        self._bearing = bearing_on(numbers, sums)
        self._places = {each: place for place, each in enumerate(sorted(sums, key=lambda each: len(each.parts)))}
        self._values: dict[Key, set[int]] = {key: {number} for key, number in numbers.items()}

    def values(self, key: Key, *, enough: int) -> int:
        """How many values the number has in them, counted up to so many."""
        for step in (1, -1):
            reached = dict[Key, int]()
            while len(self._values[key]) < enough and (changes := self._changes((key, step), reached)):
                for other, change in changes.items():
                    reached[other] = reached.get(other, 0) + change
                    self._values[other].add(self._numbers[other] + reached[other])
        return len(self._values[key])

    def _changes(self, first: Change, reached: Mapping[Key, int]) -> dict[Key, int]:
        """The fewest changes after which all sums hold again; none where no way is found."""
        if not self._may(*first, reached):
            return {}
        broken = self._after(frozenset(), first)
        if not broken:
            return dict([first])
        came: dict[Broken, tuple[Broken, Change] | None] = {broken: None}
        waiting = deque([broken])
        while waiting and len(came) < TRIES:
            broken = waiting.popleft()
            for change in self._mending(broken, first[0], reached):
                left = self._after(broken, change)
                if not left:
                    changes = _added_up([first, change, *_way_to(broken, came)])
                    if all(self._may(key, by, reached) for key, by in changes.items()):
                        return changes
                elif left not in came and len(left) <= BROKEN_AT_ONCE and all(abs(off) == 1 for _each, off in left):
                    came[left] = broken, change
                    waiting.append(left)
        return {}

    def _may(self, key: Key, by: int, reached: Mapping[Key, int]) -> bool:
        least, most = self._limits(key)
        return least <= self._numbers[key] + reached.get(key, 0) + by <= most

    def _after(self, broken: Broken, change: Change) -> Broken:
        """What does not hold after the change."""
        key, by = change
        off = dict(broken)
        for each in self._bearing[key]:
            off[each] = off.get(each, 0) + (-by if key == each.total else by)
        return frozenset((each, much) for each, much in off.items() if much)

    def _mending(self, broken: Broken, but: Key, reached: Mapping[Key, int]) -> Iterator[Change]:
        """What could be changed so that the shortest of the broken sums holds."""
        each, off = min(broken, key=lambda one: self._places[one[0]])
        for key in each.keys:
            by = off if key == each.total else -off
            if key != but and self._may(key, by, reached):
                yield key, by


def _way_to(broken: Broken, came: Mapping[Broken, tuple[Broken, Change] | None]) -> Iterator[Change]:
    while before := came[broken]:
        broken, change = before
        yield change


def _added_up(changes: Iterable[Change]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for key, by in changes:
        found[key] = found.get(key, 0) + by
    return found
