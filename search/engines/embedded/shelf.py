"""What matching, counting and ordering need of every document, in memory: once a process, for all its threads.

Some 300 bytes a document beside its key and title. The file is the truth: its triggers number every change of
documents and readers, whoever makes it, and a shelf is brought to the last number before each search.
"""

import json
import sqlite3
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.document import FACETS

T = TypeVar("T", bound=Hashable)
Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
NEVER = np.iinfo(np.int64).max
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SPARE = 1000
"""Sets of readers that are kept beyond one a document, before all is read anew without those that nothing has."""


@dataclass(slots=True)
class Codes(Generic[T]):
    """Values by number, in the order in which they came; 0 is none."""

    none: T
    read: Callable[[str], T]
    values: list[T] = field(init=False)
    numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.values = [self.none]

    def number(self, written: str | None) -> int:
        """The number of the value, given to it now if it is new."""
        if not written:
            return 0
        if written not in self.numbers:
            self.values.append(self.read(written))
            self.numbers[written] = len(self.values) - 1
        return self.numbers[written]

    def having(self, holds: Callable[[T], bool]) -> Mask:
        """By number, whether it holds of the value; of none it never does."""
        return np.array([False, *map(holds, self.values[1:])], dtype=bool)


def _set_of(written: str) -> frozenset[str]:
    return frozenset(json.loads(written))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Columns by row id; never changed once others may see it."""

    change: int
    """The number of the last change that it knows."""
    is_there: Mask
    expires: Numbers
    """Microseconds since 1970."""
    day: Numbers
    title_length: Numbers
    readers: Numbers
    facets: NDArray[np.int32]
    """By facet and row, the number of its value."""
    keys: list[str]
    titles: list[str]
    """As `exact_key` has them."""
    sets: Codes[frozenset[str]] = field(default_factory=lambda: Codes[frozenset[str]](frozenset(), _set_of))
    values: tuple[Codes[str], ...] = field(default_factory=lambda: tuple(Codes("", str) for _name in FACETS))

    @property
    def size(self) -> int:
        return len(self.keys)

    def count(self) -> int:
        return int(self.is_there.sum())

    def readable(self, tokens: frozenset[str]) -> Mask:
        """The rows that the tokens may read now."""
        allowed = self.sets.having(lambda readers: not tokens.isdisjoint(readers))
        return self.is_there & allowed[self.readers] & (self.expires > _microseconds(datetime.now(UTC)))

    def number_of(self, facet: str, value: str) -> int:
        """The number of a facet's value; -1 where nothing has it."""
        return self.values[FACETS.index(facet)].numbers.get(value, -1)


def brought_up(connection: sqlite3.Connection, known: Shelf | None) -> Shelf:
    """The shelf as the connection's transaction sees the file: the known one, with what changed since, or a new one."""
    (change,) = connection.execute("SELECT coalesce(max(number), 0) FROM changes").fetchone()
    if known is None or known.change > change or len(known.sets.values) > known.size + SPARE:
        return _filled(_empty(), change, connection, "")
    if known.change == change:
        return known
    since = f"WHERE id IN (SELECT document FROM changes WHERE number > {known.change})"  # noqa: S608
    changed = connection.execute("SELECT document FROM changes WHERE number > ?", (known.change,))
    return _filled(known, change, connection, since, [row for (row,) in changed])


def _empty() -> Shelf:
    none = np.zeros(0, dtype=np.int64)
    return Shelf(0, none.astype(bool), none, none, none, none, np.zeros((len(FACETS), 0), dtype=np.int32), [], [])


def _filled(
    known: Shelf, change: int, connection: sqlite3.Connection, condition: str, changed: Iterable[int] = ()
) -> Shelf:
    """A copy of the shelf with the rows that the condition names; of the changed rows nothing else remains."""
    names = ", ".join(f'"{name}"' for name in FACETS)
    rows = connection.execute(
        f"SELECT id, expires_at, published_on, title_length, key, exact_title, "  # noqa: S608
        f"(SELECT json_group_array(token) FROM readers WHERE document = id), {names} "
        f"FROM documents {condition}{' AND' if condition else 'WHERE'} deleted = 0"
    ).fetchall()
    size = max(known.size, 1 + max((row[0] for row in rows), default=-1))
    shelf = _copy(known, change, size)
    shelf.is_there[[row for row in changed if row < size]] = False
    for row, expires_at, published_on, title_length, key, title, readers, *values in rows:
        shelf.is_there[row] = True
        shelf.expires[row] = _microseconds(datetime.fromisoformat(expires_at)) if expires_at else NEVER
        shelf.day[row] = date.fromisoformat(published_on).toordinal() if published_on else 0
        shelf.title_length[row] = title_length
        shelf.readers[row] = shelf.sets.number(readers)
        shelf.facets[:, row] = [codes.number(value) for codes, value in zip(shelf.values, values, strict=True)]
        shelf.keys[row], shelf.titles[row] = key, title
    return shelf


def _copy(known: Shelf, change: int, size: int) -> Shelf:
    more = size - known.size

    def longer(column: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate([column, np.zeros((*column.shape[:-1], more), dtype=column.dtype)], axis=-1)

    return replace(
        known,
        change=change,
        is_there=longer(known.is_there),
        expires=longer(known.expires),
        day=longer(known.day),
        title_length=longer(known.title_length),
        readers=longer(known.readers),
        facets=longer(known.facets),
        keys=[*known.keys, *[""] * more],
        titles=[*known.titles, *[""] * more],
    )


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)
