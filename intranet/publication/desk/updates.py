"""What is to be drafted because the catalogue's interval has passed since a category was disclosed last."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from intranet.disclosure.intervals import MONTHS, add_months
from intranet.disclosure.models import Category, CategoryTerms, MatterPage
from intranet.organisation.models import Department

AHEAD_DAYS = 14
"""Days before an update is due from which it is on the desk."""


@dataclass(frozen=True, slots=True)
class DueUpdate:
    """A category of which its department has to disclose something new."""

    category: Category
    department: Department
    interval: str
    """In the reader's language."""
    last: date | None
    """When something of it was disclosed last; None for never."""
    on: date | None
    """The day by which the next one is due; None for at once."""

    @property
    def is_overdue(self) -> bool:
        return self.on is None or self.on < timezone.localdate()


def due_updates(departments: QuerySet[Department]) -> list[DueUpdate]:
    """The categories of these departments that are to be disclosed again, and of which no draft is there yet.

    The oldest first. A category is its responsible department's; terms without a length of time ask for nothing.
    """
    today = timezone.localdate()
    drafts = MatterPage.objects.filter(
        category=OuterRef("category"), department=OuterRef("category__responsible_department"), live=False
    ).filter(withdrawn_at=None, expired=False, first_published_at=None)
    disclosed = Q(category__matters__live=True, category__matters__department=F("category__responsible_department"))
    rows = (
        CategoryTerms.objects.in_force()
        .filter(update_interval__in=MONTHS, category__responsible_department__in=departments)
        .filter(~Exists(drafts))
        .annotate(last=Max("category__matters__published_on", filter=disclosed))
        .select_related("category__responsible_department")
    )
    found = []
    for terms in rows:
        on = add_months(terms.last, MONTHS[terms.update_interval]) if terms.last else None
        if on is None or on <= today + timedelta(days=AHEAD_DAYS):
            department = terms.category.responsible_department
            found.append(DueUpdate(terms.category, department, terms.get_update_interval_display(), terms.last, on))
    return sorted(found, key=lambda update: (update.on or date.min, update.category.ordinal))
