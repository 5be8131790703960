"""Who may do what: object permissions on departments, held through posts alone."""

from collections import defaultdict
from datetime import date
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from guardian.models import GroupObjectPermission

from intranet.organisation.groups import ADMIN_ROLES
from intranet.organisation.membership import facts_of
from intranet.organisation.models import Department, DepartmentGroup, Post, User

NOBODY: frozenset[int] = frozenset()


class Right(StrEnum):
    """The permissions on a department, as `Department.Meta.permissions` has them."""

    READ_INTERNAL = "read_internal"
    DRAFT_MATTERS = "draft_matters"
    REVIEW_SECRECY = "review_secrecy"
    APPROVE_MATTERS = "approve_matters"
    APPROVE_FOR_OFFICE = "approve_for_office"
    HANDLE_CASES = "handle_cases"
    HANDLE_HEARINGS = "handle_hearings"


def _grants(right: str) -> QuerySet[GroupObjectPermission]:
    return GroupObjectPermission.objects.filter(
        permission__content_type__app_label="organisation",
        permission__content_type__model="department",
        permission__codename=right,
    )


def may(user: User | AnonymousUser, right: str, department: Department) -> bool:
    """Whether the user holds the right on the department by a post of today. Superusers hold none of these:
    deciding on a matter is an office, and an office is a post."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return _grants(right).filter(object_pk=str(department.pk), group__in=facts_of(user).groups).exists()


def departments_where(user: User | AnonymousUser, right: str) -> QuerySet[Department]:
    """The departments on which the user holds the right today."""
    if not isinstance(user, User) or not user.is_active:
        return Department.objects.none()
    keys = _grants(right).filter(group__in=facts_of(user).groups).annotate(key=Cast("object_pk", BigIntegerField()))
    return Department.objects.filter(pk__in=keys.values("key"))


def holders(right: str, department: Department, *, on: date | None = None) -> QuerySet[User]:
    """The people who hold the right on the department on the day (today unless said)."""
    people = holders_by_department(right, on=on).get(department.pk, NOBODY)
    return User.objects.filter(pk__in=people, is_active=True)


def holders_by_department(right: str, *, on: date | None = None) -> dict[int, frozenset[int]]:
    """Who holds the right on each department on the day (today unless said), by primary keys; three queries."""
    departments_of: dict[int, set[int]] = defaultdict(set)
    for key, group in _grants(right).values_list("object_pk", "group_id"):
        departments_of[group].add(int(key))
    people: dict[tuple[int, str], set[int]] = defaultdict(set)
    held = Post.objects.in_office(on).filter(person__is_active=True)
    for department, kind, person in held.values_list("department_id", "kind", "person_id"):
        for role in Post.roles_of(kind):
            people[department, role].add(person)
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    groups = DepartmentGroup.objects.filter(group__in=list(departments_of))
    for group, department, role in groups.values_list("group_id", "department_id", "role"):
        for granted in departments_of[group]:
            found[granted] |= people[department, role]
    return dict(found)


def works_at_the_desk(user: User | AnonymousUser) -> bool:
    """Whether the user works in the admin: by a post that drafts, reviews, approves or keeps the catalogue."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_superuser:
        return True
    posts = facts_of(user).posts
    return any(post.roles & ADMIN_ROLES or post.unit_kind == Department.Kind.LEADING_GROUP_OFFICE for post in posts)


def is_office(user: User | AnonymousUser) -> bool:
    """Whether the user works in the leading group's office today."""
    return departments_where(user, Right.APPROVE_FOR_OFFICE).exists()


def answers_for_all(user: User | AnonymousUser) -> bool:
    """Whether the user answers for the whole bureau today: the leading group's office, and superusers."""
    return bool(user.is_superuser) or is_office(user)
