"""What the office looks through now and then: shares and audiences that may be wider than anybody needs."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from intranet.access.audience import is_within, narrowest
from intranet.access.carriers import people_by_post
from intranet.access.models import Share, ShareQuerySet
from intranet.access.tokens import STAFF
from intranet.disclosure.models import CategoryTerms, MatterPage
from intranet.organisation.models import User

SOON = timedelta(days=14)
"""A share that ends within this time is about to end."""
FEWEST = 5
"""Live matters of a category from which on it is told what is usual in it."""


@dataclass(frozen=True, slots=True)
class Wide:
    """A matter with a wider audience than most of its category, and how many of how many are narrower."""

    matter: MatterPage
    audience: str
    narrower: int
    among: int


def shares_in_force() -> ShareQuerySet:
    """The shares of matters that count today, those that end first at the top."""
    return Share.objects.of_kind("disclosure", "matterpage").in_force().with_names().order_by("until", "pk")


def about_to_end() -> ShareQuerySet:
    return shares_in_force().filter(until__lte=timezone.localdate() + SOON)


def of_people_who_left() -> ShareQuerySet:
    """Shares of accounts that are closed or hold no post today: they give nothing, until the person comes back."""
    can_read = Q(user__in=people_by_post(STAFF).values("pk"))
    superusers = User.objects.filter(is_active=True, is_superuser=True)
    return shares_in_force().exclude(user=None).exclude(can_read | Q(user__in=superusers.values("pk")))


def without_end() -> ShareQuerySet:
    return shares_in_force().filter(until=None).order_by("granted_at", "pk")


def wider_than_usual(limit: int | None = None) -> tuple[list[Wide], int]:
    """The matters of whose category more than half of the live ones are for a narrower audience: the first ones, all
    unless a limit is given, and how many there are.

    Compared are the audiences that count, below the category's widest one of today; where fewer than `FEWEST`
    matters are live nothing is usual. Own department and leading group are neither wider than the other. Three queries.
    """
    ceilings = CategoryTerms.objects.ceilings_today()
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    chosen: dict[tuple[int, str], tuple[str, int, int]] = {}
    rows = list(MatterPage.objects.disclosed().order_by().values_list("category", "visibility").annotate(Count("pk")))
    for category, own, number in rows:
        if within := narrowest(own, ceilings.get(category, "")):
            counts[category][within] += number
    number_of_all = 0
    for category, own, number in rows:
        within = narrowest(own, ceilings.get(category, ""))
        among = counts[category].total()
        if within is None or among < FEWEST:
            continue
        narrower = sum(n for other, n in counts[category].items() if other != within and is_within(other, within))
        if narrower * 2 > among:
            chosen[category, own] = (within, narrower, among)
            number_of_all += number
    matters = _with_audience(set(chosen))[:limit] if chosen else []
    return [Wide(matter, *chosen[matter.category_id, matter.visibility]) for matter in matters], number_of_all


def _with_audience(chosen: set[tuple[int, str]]) -> QuerySet[MatterPage]:
    condition = Q(pk__in=[])
    for category, visibility in chosen:
        condition |= Q(category=category, visibility=visibility)
    matters = MatterPage.objects.disclosed().filter(condition).select_related("category", "department")
    return matters.defer("body").order_by("category__side", "category__ordinal", "-published_on", "-pk")
