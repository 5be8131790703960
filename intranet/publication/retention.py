"""The end of a matter's disclosure when its category's term is over: taken down, never deleted."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from intranet.disclosure.dated_terms import DatedTerms
from intranet.disclosure.holding_matters import hold
from intranet.disclosure.models import Ending, MatterPage
from intranet.disclosure.validity.reading import FIELDS, is_regulation, standings_of_rows
from intranet.publication.withdrawal import take_down

AHEAD_DAYS = 60
"""Days before its end from which the office sees what will go."""


@dataclass(frozen=True, slots=True)
class Retained:
    """A live matter, and the last day of its term."""

    matter: MatterPage
    until: date


def last_day(published_on: date, years: int) -> date:
    """The last day of a term of so many years: the end of the year that is so many after that of disclosure.

    Terms count in whole years from the first day after the end of the year, as those of archives do. Source: Measures
    for the Administration of Accounting Archives (2015), article 14, followed here for every category.
    """
    return date(published_on.year + years, 12, 31)


def _last_year(until: date, years: int) -> int:
    """The last year of disclosure whose term of so many years is over by the day."""
    return until.year - years - (last_day(until, 0) > until)


def retained_until(matter: MatterPage, terms: DatedTerms | None = None) -> date | None:
    """The last day on which the matter stays disclosed; None while it was not disclosed, or without end.

    It keeps the term of the day on which it was formed.
    """
    own = (terms or DatedTerms(matter.category_id)).of(matter.category_id, matter.formed_on)
    if own is None or not own.retention_years or matter.published_on is None:
        return None
    return last_day(matter.published_on, own.retention_years)


def ending(within: int = AHEAD_DAYS, terms: DatedTerms | None = None) -> list[Retained]:
    """The live matters whose term ends within so many days, or has ended, the longest ended first."""
    until = timezone.localdate() + timedelta(days=within)
    found = [(one.until, one.matter.pk, one) for one in _candidates(until, terms or DatedTerms()) if one.until <= until]
    return [one for _until, _pk, one in sorted(found, key=lambda row: row[:2])]


def _candidates(until: date, terms: DatedTerms) -> Iterator[Retained]:
    """A regulation that still holds stays disclosed beyond its term: whoever it binds must be able to read it."""
    categories: dict[int, list[int]] = defaultdict(list)
    for category, years in terms.shortest_retention().items():
        categories[years].append(category)
    old_enough = Q(pk__in=[])
    for years, own in categories.items():
        old_enough |= Q(category__in=own, published_on__year__lte=_last_year(until, years))
    rows = MatterPage.objects.live().filter(old_enough).select_related("category", "department")
    matters = list(rows.defer("body", "summary").order_by())
    regulations = [{name: getattr(row, name) for name in FIELDS} for row in matters if is_regulation(row)]
    holding = {pk for pk, standing in standings_of_rows(regulations).items() if standing.holds is not False}
    for matter in matters:
        day = retained_until(matter, terms)
        if day is not None and matter.pk not in holding:
            yield Retained(matter, day)


def over() -> list[Retained]:
    """The live matters whose term has ended."""
    today = timezone.localdate()
    return [one for one in ending(within=0) if one.until < today]


def end_terms() -> int:
    """Take down every matter whose term is over; how many. Repeating it changes nothing."""
    return sum(end_term(one) for one in over())


@transaction.atomic
def end_term(one: Retained) -> bool:
    """Take the matter down because its term is over; its address says so. False where it is not live any more."""
    locked = hold(one.matter)
    if not locked.live:
        return False
    take_down(locked, by=None, reason="", ending=Ending.RETENTION)
    log(instance=locked, action="gongkai.retention", data={"until": one.until.isoformat()})
    return True
