"""Querysets of departments, posts and delegations."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, F, FilteredRelation, OuterRef, Q, Subquery, When
from django.utils import timezone

if TYPE_CHECKING:
    from intranet.organisation.models import User


class DepartmentQuerySet(models.QuerySet):
    def departments(self) -> Self:
        """The departments proper: not the leading group, its office, the hall or discipline inspection."""
        return self.filter(kind="department")

    def offices(self) -> Self:
        """The leading group's office."""
        return self.filter(kind="leading_group_office")

    def halls(self) -> Self:
        """The government affairs hall."""
        return self.filter(kind="hall")

    def with_people_in(self, *kinds: str, on: date | None = None) -> Self:
        """Each with the number of people who hold a post of each of these kinds on the day (today unless said):
        `people_in_<kind>`, None for nobody."""
        from intranet.organisation.models import Post

        held = Post.objects.in_office(on).filter(department=OuterRef("pk")).order_by()
        people = {
            f"people_in_{kind}": Subquery(
                held.filter(kind=kind)
                .values("department")
                .annotate(people=Count("person", distinct=True))
                .values("people")
            )
            for kind in kinds
        }
        return self.annotate(**people)


class PostQuerySet(models.QuerySet):
    def in_office(self, on: date | None = None) -> Self:
        """Posts held on the day (today unless said); the first and the last day count."""
        on = on or timezone.localdate()
        return self.filter(Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on)))

    def held_by_open_accounts(self, on: date | None = None) -> Self:
        """Posts held on the day by accounts that are open; of a day that is over, by anybody: closing an account ends
        its posts."""
        held = self.in_office(on)
        return held if is_over(on) else held.filter(person__is_active=True)

    def not_over(self) -> Self:
        """Posts held today or from a later day on."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))

    def of_person(self, person: "User") -> Self:
        return self.filter(person=person)

    def with_stand_ins(self, on: date | None = None) -> models.QuerySet:
        """Of each the department, the kind, the holder and who decides in their place on the day, None for nobody; a
        row for each who does."""
        lent = FilteredRelation("delegations", condition=_days_of_delegation(on, "delegations__"))
        stand_in = Case(When(_delegate_in_office(on, "lent__"), then=F("lent__delegate_id")))
        rows = self.order_by().annotate(lent=lent, stand_in=stand_in)
        return rows.values_list("department_id", "kind", "person_id", "stand_in")

    def heads(self) -> Self:
        return self.filter(kind="head")

    def leaders(self) -> Self:
        """Posts whose holders belong to the leading group."""
        from intranet.organisation.models import Post

        return self.filter(Q(kind__in=Post.LEADERS) | Q(department__kind="leading_group"))


def _delegate_in_office(on: date | None, relation: str = "") -> Q:
    """That the delegate's account is open and holds a post of the day; of a day that is over, the post alone counts:
    closing an account ends its posts."""
    from intranet.organisation.models import Post

    held = Q(**{f"{relation}delegate__in": Post.objects.in_office(on).order_by().values("person")})
    return held if is_over(on) else held & Q(**{f"{relation}delegate__is_active": True})


def _days_of_delegation(on: date | None, relation: str = "") -> Q:
    """That a delegation is of the day, today unless said, and was not ended before the day was over."""
    day = on or timezone.localdate()
    held = Q(**{f"{relation}ended_at": None})
    if is_over(on):
        next_day = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        held |= Q(**{f"{relation}ended_at__gte": next_day})
    return held & Q(**{f"{relation}starts_on__lte": day, f"{relation}ends_on__gte": day})


def is_over(day: date | None) -> bool:
    """Whether the day lies before today; None is today."""
    return day is not None and day < timezone.localdate()


class DelegationQuerySet(models.QuerySet):
    def in_force(self, on: date | None = None) -> Self:
        """Those of the day (today unless said) whose post is held on it by a person with an open account, and whose
        delegate holds a post of the day: who has left decides nothing."""
        from intranet.organisation.models import Post

        held = Post.objects.held_by_open_accounts(on)
        return self.filter(_days_of_delegation(on), _delegate_in_office(on), post__in=held.values("pk"))

    def not_over(self) -> Self:
        """Those that give something today or will."""
        return self.filter(ended_at=None, ends_on__gte=timezone.localdate())
