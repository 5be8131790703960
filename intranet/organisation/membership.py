"""Membership of departments' groups, which follows from posts and from nothing else.

Posts begin and end by date, group rows do not. So whatever decides asks here, where the posts of today are read;
and the rows that Wagtail's own queries join are brought in line whenever a person's account is loaded for a
request (`intranet.access.backends`) and whenever a post changes. Nobody has to run anything.
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from intranet.organisation.models import DepartmentGroup, Post, User

FACTS = "_facts_of_this_request"


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post of today with what deciding needs of its unit."""

    kind: str
    department_id: int
    code: str
    unit_kind: str
    parent_code: str | None

    @property
    def roles(self) -> frozenset[str]:
        return Post.roles_of(self.kind)


@dataclass(frozen=True, slots=True)
class Facts:
    """What follows from a person's posts of today: the posts, and the groups that they are in."""

    posts: tuple[HeldPost, ...]
    groups: frozenset[int]


def facts_of(person: User) -> Facts:
    """The person's posts and groups of today; read once for an account that was loaded for a request.

    An account that was loaded otherwise is read anew each time: a decision is never kept beyond its request.
    """
    if not person.is_active or person.pk is None:
        return Facts((), frozenset())
    kept: Facts | None = getattr(person, FACTS, None)
    if kept is not None:
        return kept
    posts = posts_of(person)
    free = person.groups.filter(department_group=None).values_list("pk", flat=True)
    return Facts(posts, frozenset({*_group_keys(posts), *free}))


def keep_for_this_request(person: User) -> None:
    """Read the person's facts once and keep them on this instance, which lives as long as its request.

    Brings the group rows in line with the posts on the way.
    """
    if not person.is_active:
        return
    posts = posts_of(person)
    rows = list(person.groups.values_list("pk", "department_group__department_id", "department_group__role"))
    held = {(post.department_id, role) for post in posts for role in post.roles}
    owned = {(department_id, role) for _pk, department_id, role in rows if department_id is not None}
    groups = {pk for pk, _department_id, _role in rows}
    if owned != held:
        synchronise(person)
        groups = set(person.groups.values_list("pk", flat=True))
    setattr(person, FACTS, Facts(posts, frozenset(groups)))


def posts_of(person: User, *, on: date | None = None) -> tuple[HeldPost, ...]:
    """The posts that the person holds on the day (today unless said)."""
    rows = Post.objects.in_office(on).of_person(person).order_by("pk")
    return tuple(
        HeldPost(*row)
        for row in rows.values_list(
            "kind", "department_id", "department__code", "department__kind", "department__parent__code"
        )
    )


def has_left(person: User) -> bool:
    """Whether the last of the person's posts has ended. Superusers, and who never had a post, have left nothing."""
    if person.is_superuser or facts_of(person).posts:
        return False
    return Post.objects.of_person(person).filter(ends_on__lt=timezone.localdate()).exists()


def groups_of(person: User) -> QuerySet[Group]:
    """All groups the person is in today: by posts, and groups that no department owns."""
    return Group.objects.filter(pk__in=facts_of(person).groups)


def _group_keys(posts: tuple[HeldPost, ...]) -> set[int]:
    held = Q(pk__in=[])
    for post in posts:
        held |= Q(department_id=post.department_id, role__in=post.roles)
    return set(DepartmentGroup.objects.filter(held).values_list("group_id", flat=True)) if posts else set()


@transaction.atomic
def synchronise(person: User) -> bool:
    """Bring the person's group rows in line with today's posts; True if anything was changed."""
    due = _group_keys(posts_of(person)) if person.is_active else set()
    rows = set(person.groups.filter(department_group__isnull=False).values_list("pk", flat=True))
    if due == rows:
        return False
    person.groups.remove(*(rows - due))
    person.groups.add(*(due - rows))
    return True
