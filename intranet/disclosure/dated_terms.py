"""The terms of categories by their days, read once for however many matters are looked at."""

from collections import defaultdict
from datetime import date

from django.utils import timezone

from intranet.disclosure.models.catalogue import CategoryTerms


class DatedTerms:
    """All terms of all categories, or of some; one query."""

    def __init__(self, *categories: int) -> None:
        rows = CategoryTerms.objects.order_by("valid_from")
        self._of: dict[int, list[CategoryTerms]] = defaultdict(list)
        for terms in rows.filter(category__in=categories) if categories else rows:
            self._of[terms.category_id].append(terms)

    def of(self, category: int, formed_on: date | None) -> CategoryTerms | None:
        """The terms that a matter of the category keeps: those of the day on which it was formed.

        Before any, the first ones; where none held on that day, or the day is not known, those of today.
        """
        own = self._of.get(category, [])
        if formed_on is not None:
            if found := _in_force(own, formed_on):
                return found
            if own and formed_on < own[0].valid_from:
                return own[0]
        return _in_force(own, timezone.localdate())

    def shortest_retention(self) -> dict[int, int]:
        """The shortest term of retention, in years, that a category ever had; without those that have no end."""
        years = {key: [one.retention_years for one in own if one.retention_years] for key, own in self._of.items()}
        return {key: min(found) for key, found in years.items() if found}


def _in_force(own: list[CategoryTerms], day: date) -> CategoryTerms | None:
    """The newest of those that hold on the day."""
    return next((one for one in reversed(own) if one.holds_on(day)), None)
