"""Trying a query: what readers of some kinds find, without and with what the office keeps or is about to change.

The person who tries must not learn here what they may not read. So a query is asked with the tokens that both they
and that reader carry: what only one of them may read takes no part, neither in hits nor in counts. Where that leaves
something out, the page says so and not what.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from intranet.access.tokens import LEADERS, PUBLIC, STAFF, AnyUser, department_token, tokens_of
from intranet.organisation.models import Department
from search.adapters import cards
from search.curation.in_force import Curation, Rule, current
from search.curation.models import QueryRule, Synonyms
from search.query import SearchQuery
from search.results import Results, SearchUnavailable, find_as

NOTHING = Curation.of((), ())


@dataclass(frozen=True, slots=True)
class Column:
    """What one kind of reader finds before and after."""

    reader: str
    before: Results
    after: Results
    is_partial: bool
    """Such a reader may read more than the person who tries; it is left out."""

    @property
    def is_changed(self) -> bool:
        keys = [[result.hit.key for result in results.results] for results in (self.before, self.after)]
        return keys[0] != keys[1] or self.before.total != self.after.total


@dataclass(frozen=True, slots=True)
class Trial:
    query: SearchQuery
    columns: Sequence[Column]
    rules: Sequence[Rule]
    hidden_titles: Sequence[str]
    """Titles of what is hidden, of which the person who tries may read."""

    @property
    def added(self) -> Sequence[str]:
        return self.query.expansion.added if self.query.expansion else ()


def tried(
    text: str, user: AnyUser, *, before: Curation, after: Curation, department: Department | None = None
) -> Trial:
    """The text as the public, a cadre and the leading group find it. Raises `SearchUnavailable`."""
    query = SearchQuery.parse({"q": text})
    asked = after.applied_to(query)
    own = tokens_of(user)
    columns = [
        Column(
            reader,
            _found(before.applied_to(query), tokens & own, user),
            _found(asked, tokens & own, user),
            is_partial=not tokens <= own,
        )
        for reader, tokens in _readers(department)
    ]
    hidden = cards(asked.hidden, user)
    return Trial(asked, columns, after.acting_on(query), [card.title for card in hidden.values()])


def _found(query: SearchQuery, tokens: frozenset[str], user: AnyUser) -> Results:
    return find_as(query, tokens, user, begun=time.monotonic())


def _readers(department: Department | None) -> list[tuple[str, frozenset[str]]]:
    cadre = {PUBLIC, STAFF}
    if department:
        cadre |= {department_token(one.code) for one in (department, department.parent) if one}
    name = _("A cadre of %(department)s") % {"department": department.name} if department else _("A cadre")
    return [
        (_("The public"), frozenset({PUBLIC})),
        (name, frozenset(cadre)),
        (_("The leading group"), frozenset({PUBLIC, STAFF, LEADERS})),
    ]


def changed_by(entry: Synonyms | QueryRule) -> Curation:
    """What would be in force with this entry as it is written and not yet saved, on a day within its dates."""
    written: dict[type, list[Any]] = {
        model: [*model.objects.filter(in_force=True).exclude(pk=entry.pk)] for model in (Synonyms, QueryRule)
    }
    if isinstance(entry, QueryRule):
        entry.starts_on = entry.ends_on = None
    if entry.in_force:
        written[type(entry)].insert(0, entry)
    return Curation.of(written[Synonyms], written[QueryRule])


def preview_of(entry: Synonyms | QueryRule, text: str, request: Any) -> HttpResponse:
    """The page in the editor's preview panel: the entry's own query, before and after."""
    context: dict[str, Any] = {"before": _("Now"), "after": _("With this change")}
    try:
        if text.strip():
            context["trial"] = tried(text, request.user, before=current(), after=changed_by(entry))
    except SearchUnavailable:
        context["unavailable"] = True
    return render(request, "search/curation/preview.html", context)


__all__ = ["NOTHING", "Column", "Trial", "changed_by", "preview_of", "tried"]
