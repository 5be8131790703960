"""Matters that say the same already, found by the search engine among what the reader may read."""

import difflib
import re
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.access.tokens import AnyUser
from intranet.disclosure.models import MatterPage
from intranet.publication.scrutiny.finding import Finding, Weight
from search.normalisation import fold
from search.query import SearchQuery
from search.results import SearchUnavailable, find

ALIKE = 0.88
"""Share of characters in common: two of sixteen may differ."""
LOOKED_AT = 5
_NUMBERS = re.compile(r"[0-9〇一二三四五六七八九十]+")


def similar_titles(draft: MatterPage, reader: AnyUser) -> Iterator[Finding]:
    """A warning for each matter that has almost this title; a note where no search engine answers.

    Titles that differ in their numbers are a series: the report of 2025 is not that of 2026.
    """
    try:
        found = find(SearchQuery.parse({"q": draft.title}, page_size=LOOKED_AT), reader)
    except SearchUnavailable:
        words = _("Whether a matter with a similar title exists could not be found out: search does not answer now.")
        yield Finding(Weight.NOTE, words, "similar_titles")
        return
    for result in found.results:
        card = result.card
        if card.id != draft.identifier and card.language == draft.language and is_alike(draft.title, card.title):
            words = _("A matter with a similar title is disclosed already. Correct that one instead?")
            yield Finding(Weight.WARNING, words, "similar_titles", quoted=card.title, url=card.url)
    yield from _drafts(draft)


def _drafts(draft: MatterPage) -> Iterator[Finding]:
    """Another draft of the same department with the very title."""
    others = MatterPage.objects.filter(department=draft.department, live=False, draft_title=draft.title)
    for other in others.filter(withdrawn_at=None, language=draft.language).exclude(pk=draft.pk)[:LOOKED_AT]:
        words = _("Your department has another draft with this title.")
        url = reverse("wagtailadmin_pages:edit", args=[other.pk])
        yield Finding(Weight.WARNING, words, "similar_titles", quoted=other.draft_title, url=url)


def is_alike(one: str, other: str) -> bool:
    """Whether two titles say the same, but for a word or a sign."""
    one, other = fold(one), fold(other)
    if _NUMBERS.findall(one) != _NUMBERS.findall(other):
        return False
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
