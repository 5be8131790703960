"""Membership of departments' groups, which follows from posts and from nothing else.

Posts begin and end by date, group rows do not. So whatever decides asks `groups_of`, which reads the posts of
today; and the rows that Wagtail's own queries join are brought in line whenever a person's account is loaded
for a request (`intranet.access.backends`) and whenever a post changes. Nobody has to run anything.
"""

from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet

from intranet.organisation.models import DepartmentGroup, Post, User


def department_groups_of(person: User, *, on: date | None = None) -> set[int]:
    """Primary keys of the departments' groups in which the person's posts of the day put them."""
    held = Q(pk__in=[])
    for kind, department_id in Post.objects.in_office(on).of_person(person).values_list("kind", "department_id"):
        held |= Q(department_id=department_id, role__in=Post.roles_of(kind))
    return set(DepartmentGroup.objects.filter(held).values_list("group_id", flat=True))


def groups_of(person: User, *, on: date | None = None) -> QuerySet[Group]:
    """All groups the person is in today: by posts, and groups that no department owns."""
    if not person.is_active or person.pk is None:
        return Group.objects.none()
    return Group.objects.filter(
        Q(pk__in=department_groups_of(person, on=on)) | Q(user=person, department_group=None)
    ).distinct()


@transaction.atomic
def synchronise(person: User) -> bool:
    """Bring the person's group rows in line with today's posts; True if anything was changed."""
    due = department_groups_of(person) if person.is_active else set()
    rows = set(person.groups.filter(department_group__isnull=False).values_list("pk", flat=True))
    if due == rows:
        return False
    person.groups.remove(*(rows - due))
    person.groups.add(*(due - rows))
    return True
