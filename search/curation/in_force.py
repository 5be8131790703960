"""What the office has put in force, as a query meets it.

It is read once a process and kept as long as the stamp in the database is the same: one small query a search, and a
change counts at once in every process, without anything being indexed again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from search.adapters import page_keys
from search.curation.expansion import Thesaurus, expanded
from search.curation.models import QueryRule, Synonyms
from search.kept import Kept
from search.query import SearchQuery

MAX_PINNED = 10
"""Things that several rules together pin for one query: they all stand on page 1."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with the keys of its pages, in their order."""

    rule: QueryRule
    pins: tuple[str, ...]
    exclusions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Curation:
    """All that is in force, whatever the day."""

    thesaurus: Thesaurus
    rules: Sequence[Rule]

    @classmethod
    def of(cls, synonyms: Iterable[Synonyms], rules: Iterable[QueryRule]) -> "Curation":
        """From entries in force. A whole query goes before one that is contained, an older rule before a newer."""
        ordered = sorted(rules, key=lambda rule: (rule.match != QueryRule.Match.EXACT, rule.pk or 0))
        rows: list[Any] = [row for rule in ordered for row in (*rule.pins.all(), *rule.exclusions.all())]
        pages = {row.page_id for row in rows}
        keys = page_keys(pages) if pages else {}
        return cls(
            Thesaurus.of(pair for entry in synonyms for pair in entry.looked_for()),
            [
                Rule(
                    rule,
                    tuple(keys[row.page_id] for row in rule.pins.all() if row.page_id in keys),
                    frozenset(keys[row.page_id] for row in rule.exclusions.all() if row.page_id in keys),
                )
                for rule in ordered
            ],
        )

    def acting_on(self, query: SearchQuery) -> list[Rule]:
        """The rules that act on the query today."""
        today = timezone.localdate()
        return [one for one in self.rules if one.rule.is_due(today) and one.rule.applies_to(query.text)]

    def applied_to(self, query: SearchQuery) -> SearchQuery:
        """The query with its synonyms, with what stands first and without what is hidden.

        What one rule hides no other pins. Orders other than that of relevance have no first places.
        """
        if not query.asks_for_text:
            return query
        acting = self.acting_on(query)
        hidden = frozenset().union(*(one.exclusions for one in acting))
        pinned = dict.fromkeys(key for one in acting for key in one.pins if key not in hidden)
        first = tuple(pinned)[:MAX_PINNED] if query.sort == "relevance" else ()
        return replace(expanded(query, self.thesaurus), pinned=first, hidden=hidden)


def current() -> Curation:
    """What is in force now; one query where this process has it already."""
    return _curation.current()


def _read() -> Curation:
    rules = QueryRule.objects.filter(in_force=True).prefetch_related("pins", "exclusions")
    return Curation.of(Synonyms.objects.filter(in_force=True), rules)


_curation = Kept(_read)


def curated(query: SearchQuery) -> SearchQuery:
    """The query as the office's entries make it; one without text asks the database for nothing."""
    return current().applied_to(query) if query.asks_for_text else query
