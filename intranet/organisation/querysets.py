"""Querysets of departments, posts and delegations."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
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

    def without_post(self, *kinds: str, on: date | None = None) -> Self:
        """Those in which nobody holds a post of these kinds on the day (today unless said)."""
        from intranet.organisation.models import Post

        holders = Post.objects.in_office(on).filter(department=OuterRef("pk"), kind__in=kinds)
        return self.filter(~Exists(holders))

    def with_several_in(self, kind: str, *, on: date | None = None) -> Self:
        """Those in which more than one person holds a post of this kind on the day (today unless said)."""
        from intranet.organisation.models import Post

        held = Post.objects.in_office(on).filter(department=OuterRef("pk"), kind=kind).order_by()
        people = held.values("department").annotate(people=Count("person", distinct=True)).values("people")
        return self.annotate(people_in_post=Subquery(people)).filter(people_in_post__gt=1)


class PostQuerySet(models.QuerySet):
    def in_office(self, on: date | None = None) -> Self:
        """Posts held on the day (today unless said); the first and the last day count."""
        on = on or timezone.localdate()
        return self.filter(Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on)))

    def not_over(self) -> Self:
        """Posts held today or from a later day on."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))

    def of_person(self, person: "User") -> Self:
        return self.filter(person=person)

    def heads(self) -> Self:
        return self.filter(kind="head")

    def leaders(self) -> Self:
        """Posts whose holders belong to the leading group."""
        from intranet.organisation.models import Post

        return self.filter(Q(kind__in=Post.LEADERS) | Q(department__kind="leading_group"))


class DelegationQuerySet(models.QuerySet):
    def in_force(self, on: date | None = None) -> Self:
        """Those of the day (today unless said) whose post is held on it by a person with an open account."""
        from intranet.organisation.models import Post

        on = on or timezone.localdate()
        held = Post.objects.in_office(on).filter(person__is_active=True)
        return self.filter(
            starts_on__lte=on, ends_on__gte=on, ended_at=None, delegate__is_active=True, post__in=held.values("pk")
        )

    def not_over(self) -> Self:
        """Those that give something today or will."""
        return self.filter(ended_at=None, ends_on__gte=timezone.localdate())
