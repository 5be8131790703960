"""What is wrong with synonyms, in words for the person who writes them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from search.curation.expansion import Term
from search.curation.terms import MAX_TERM, MAX_TERMS, lines
from search.normalisation import tokens

if TYPE_CHECKING:
    from search.curation.models import Synonyms


def problems_of(entry: "Synonyms", *, beside: Iterable["Synonyms"]) -> dict[str, list[str]]:
    """Field -> what is wrong with it, beside the other entries in force; empty where nothing is."""
    found = {
        "words": _of_lines(entry.words),
        "others": _of_lines(entry.others) if entry.kind == entry.Kind.ONE_WAY else [],
    }
    found["words"] += _of_kind(entry)
    if entry.kind == entry.Kind.ONE_WAY and not lines(entry.others):
        found["others"].append(_("One-way synonyms need at least one word to look for."))
    if entry.kind != entry.Kind.ONE_WAY and lines(entry.others):
        found["others"].append(_("Only one-way synonyms have words here: empty this, or choose one-way."))
    if entry.in_force and not any(found.values()):
        others = list(beside)
        found["words"] += _taken(entry, others)
        found["others"] += _circles(entry, others)
    return {field: problems for field, problems in found.items() if problems}


def _of_lines(text: str) -> list[str]:
    problems, terms = [], lines(text)
    if len(terms) > MAX_TERMS:
        problems.append(
            _("These are %(count)s words; %(most)s are the most.") % {"count": len(terms), "most": MAX_TERMS}
        )
    for term in terms[: MAX_TERMS + 1]:
        if len(term) > MAX_TERM:
            problems.append(_("“%(term)s…” has more than %(most)s characters.") % {"term": term[:20], "most": MAX_TERM})
        elif not tokens(term):
            problems.append(_("Nothing is left of “%(term)s” without its punctuation.") % {"term": term})
        elif len("".join(tokens(term))) == 1:
            problems.append(_("“%(term)s” is a single character: it stands in too much else.") % {"term": term})
    counts = Counter(tuple(tokens(term)) for term in terms)
    problems += [
        _("“%(term)s” stands here twice; script, width and case make no difference.") % {"term": term}
        for term in dict(zip(map(_term, terms), terms, strict=True)).values()
        if counts[_term(term)] > 1
    ]
    return problems


def _of_kind(entry: "Synonyms") -> list[str]:
    if not lines(entry.words):
        return [_("Write at least one word.")]
    if entry.kind == entry.Kind.EQUAL and len(lines(entry.words)) < 2:
        return [_("Equal words are two at the least.")]
    return []


def _taken(entry: "Synonyms", others: Iterable["Synonyms"]) -> list[str]:
    """Words of which another entry says already what they find."""
    taken = {_term(word): other for other in others for word in lines(other.words)}
    return [
        _("“%(term)s” is among the words of “%(other)s” already: change that entry.")
        % {"term": word, "other": taken[_term(word)]}
        for word in lines(entry.words)
        if _term(word) in taken
    ]


def _circles(entry: "Synonyms", others: Iterable["Synonyms"]) -> list[str]:
    """Words to look for that lead back to where one came from: those are equal words, and to be written so."""
    leads: dict[Term, set[Term]] = defaultdict(set)
    for one in (entry, *others):
        for word, found in one.looked_for():
            leads[_term(word)] |= set(map(_term, found))
    own = set(map(_term, lines(entry.words)))
    return [
        _("“%(term)s” leads back to “%(words)s” in a circle: write equal words instead.")
        % {"term": other, "words": entry.words.splitlines()[0].strip()}
        for other in lines(entry.others)
        if own & _reached(_term(other), leads)
    ]


def _reached(start: Term, leads: dict[Term, set[Term]]) -> set[Term]:
    reached, ahead = {start}, [start]
    while ahead:
        new = leads.get(ahead.pop(), set()) - reached
        reached |= new
        ahead += new
    return reached


def _term(text: str) -> Term:
    return tuple(tokens(text))
