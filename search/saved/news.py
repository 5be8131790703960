"""What is new in a saved search.

New is what its person can find now, could not find when it was saved, and was not told of since: something just
disclosed, and something older that has become theirs. Only the newest `WINDOW` results are looked at; where there
are more, what is no younger than the oldest of them was there before and is not new when it moves up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from intranet.access.tokens import AnyUser
from search.query import SearchQuery
from search.results import Result, find
from search.saved.models import SavedSearch

WINDOW = 100
KEPT = 300
"""Keys that a search remembers: three windows, so that what is away for a while does not come back as new."""


def newest(query: SearchQuery, user: AnyUser | None) -> list[Result]:
    """The newest results that hold all of what is asked; what only part of it brings is no answer to wait for.

    Raises `SearchUnavailable`.
    """
    found = find(replace(query, sort="newest", page=1), user)
    return [] if found.relaxed else found.results


@dataclass(frozen=True, slots=True)
class News:
    """What a search finds for its person now, the newest first, and what of it is new."""

    saved: SavedSearch
    found: Sequence[Result]
    new: Sequence[Result]

    def remember(self, told: Sequence[Result]) -> None:
        """Note on the search, which is not saved by this, that its person knows all of it that was there or told.

        What is new and was not told stays new.
        """
        untold = {result.hit.key for result in self.new} - {result.hit.key for result in told}
        keys = [result.hit.key for result in self.found if result.hit.key not in untold]
        self.saved.known = list(dict.fromkeys([*keys, *self.saved.known]))[:KEPT]
        self.saved.known_since = _oldest(self.found)


def news_of(saved: SavedSearch, user: AnyUser) -> News:
    """What the person finds now, and what is new of it. Raises `SearchUnavailable` and `InvalidQuery`."""
    found = newest(saved.query(page_size=WINDOW), user)
    known = set(saved.known)
    new = [result for result in found if result.hit.key not in known and not _was_below(result, saved.known_since)]
    return News(saved, found, new)


def begin(saved: SavedSearch, user: AnyUser) -> None:
    """Note what the person finds today: from here on something is new. Raises as `news_of` does."""
    news = news_of(saved, user)
    news.remember(news.new)


def _oldest(found: Sequence[Result]) -> date | None:
    """The day of the oldest result where there may be more; None where these are all."""
    days = [result.card.published_on for result in found if result.card.published_on]
    return min(days) if len(found) == WINDOW and days else None


def _was_below(result: Result, since: date | None) -> bool:
    day = result.card.published_on
    return since is not None and (day is None or day <= since)
