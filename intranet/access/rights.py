"""Who may do what: object permissions on departments, held through posts alone."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
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


ON_DEPARTMENTS = {
    "permission__content_type__app_label": "organisation",
    "permission__content_type__model": "department",
}
KEPT = "_rights_of_this_request"


def rights_of(user: User | AnonymousUser) -> Mapping[str, frozenset[int]]:
    """The departments on which the user holds each right by a post of today, by primary keys.

    Read once for an account that was loaded for a request, as its posts are. Superusers hold none of these: deciding
    on a matter is an office, and an office is a post.
    """
    if not isinstance(user, User) or not user.is_active:
        return {}
    facts = facts_of(user)
    kept = getattr(user, KEPT, None)
    if kept is not None and kept[0] is facts:
        return kept[1]
    found: dict[str, set[int]] = defaultdict(set)
    rows = GroupObjectPermission.objects.filter(**ON_DEPARTMENTS, group__in=facts.groups)
    for right, key in rows.values_list("permission__codename", "object_pk"):
        found[right].add(int(key))
    rights = {right: frozenset(keys) for right, keys in found.items()}
    setattr(user, KEPT, (facts, rights))
    return rights


def holds(user: User | AnonymousUser, right: str) -> bool:
    """Whether the user holds the right on any department today."""
    return bool(rights_of(user).get(right))


def may(user: User | AnonymousUser, right: str, department: Department) -> bool:
    """Whether the user holds the right on the department today."""
    return department.pk in rights_of(user).get(right, NOBODY)


def departments_where(user: User | AnonymousUser, right: str) -> QuerySet[Department]:
    """The departments on which the user holds the right today."""
    return Department.objects.filter(pk__in=rights_of(user).get(right, NOBODY))


def holders(right: str, department: Department, *, on: date | None = None) -> QuerySet[User]:
    """The people who hold the right on the department on the day (today unless said)."""
    people = holders_by_department(right, on=on)[right].get(department.pk, NOBODY)
    return User.objects.filter(pk__in=people, is_active=True)


def holders_by_department(*rights: str, on: date | None = None) -> dict[str, dict[int, frozenset[int]]]:
    """For each of the rights, who holds it on each department on the day (today unless said), by primary keys.

    Three queries.
    """
    granted: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = GroupObjectPermission.objects.filter(**ON_DEPARTMENTS, permission__codename__in=rights)
    for right, key, group in rows.values_list("permission__codename", "object_pk", "group_id"):
        granted[group].append((right, int(key)))
    people: dict[tuple[int, str], set[int]] = defaultdict(set)
    held = Post.objects.in_office(on).filter(person__is_active=True)
    for department, kind, person in held.values_list("department_id", "kind", "person_id"):
        for role in Post.roles_of(kind):
            people[department, role].add(person)
    found: dict[str, dict[int, frozenset[int]]] = {right: defaultdict(frozenset) for right in rights}
    groups = DepartmentGroup.objects.filter(group__in=list(granted))
    for group, department, role in groups.values_list("group_id", "department_id", "role"):
        for right, over in granted[group]:
            found[right][over] |= people[department, role]
    return {right: dict(departments) for right, departments in found.items()}


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
    return holds(user, Right.APPROVE_FOR_OFFICE)


def answers_for_all(user: User | AnonymousUser) -> bool:
    """Whether the user answers for the whole bureau today: the leading group's office, and superusers."""
    return bool(user.is_superuser) or is_office(user)
