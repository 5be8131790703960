"""What a step of a query has found: rows, what they are worth, and what is looked at late."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from search.engines.embedded.index import Index, Worth
from search.engines.embedded.shelf import Mask, Numbers
from search.heard import Heard
from search.query import Part

BEST_SHARE = 0.5
"""In the last step, what has less than half of what the best one has is noise."""
MOST_OF_A_PHRASE = 10.0
"""What bm25 may add to a long run of characters that stands side by side."""


@dataclass(frozen=True, slots=True)
class Late:
    """Words whose bm25 costs more than all else, and so is asked of those rows alone that may come to the page."""

    expression: str
    share: float = 1.0
    extra: float = 0.0
    """What the words add wherever they stand, beside their bm25."""
    most: float = MOST_OF_A_PHRASE
    """No bm25 is more than this, or counts for more."""
    certain: Sequence[int] | Numbers = field(default_factory=list)
    """Rows in which they are known to stand."""
    among: Mask | None = None
    """The rows for which it counts; None for all that match."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Rows that match, whoever may read them, by id, and the step to which the query was relaxed."""

    rows: Mask
    worth: Worth
    """Nothing where a row does not match."""
    late: tuple[Late, ...] = ()
    parts: tuple[Part, ...] = ()
    """Of the query, that were looked for."""
    relaxed: str = ""
    pieces: Worth | None = None
    """What each row has of the query, without what raises a score; in the last step alone."""
    heard: Heard | None = None
    """What the query's letters were taken for, where that is the step."""

    def worth_showing(self, rows: Numbers) -> Numbers:
        """Those of the readable rows that are not noise beside the best readable one."""
        if self.pieces is None or not len(rows):
            return rows
        pieces = self.pieces[rows]
        return rows[pieces >= pieces.max() * BEST_SHARE]

    def bounds(self, rows: Numbers) -> tuple[Worth, Worth]:
        """The least and the most that each of these rows may be worth in the end."""
        least, most = self.worth.copy(), self.worth[rows]
        for late in self.late:
            least[late.certain] += late.extra * late.share
            most += (late.extra + late.most) * late.share
        return least[rows], most

    def settled(self, index: Index, rows: Numbers | None = None) -> "Matches":
        """The matches with nothing late, for these rows at least."""
        if not self.late:
            return self
        worth, asked = self.worth.copy(), np.flatnonzero(self.rows)
        if rows is not None:
            asked = rows[self.rows[rows]]
        for late in self.late:
            among = asked if late.among is None else asked[late.among[asked]]
            there, found = index.bm25(late.expression, among)
            worth[there] += (late.extra + np.minimum(found, late.most)) * late.share
        return replace(self, worth=worth, late=())
