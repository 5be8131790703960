"""Who handles and reads cases at the hall: its own clerks, the handlers of a department, the department's head."""

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from intranet.access.rights import NOBODY, Right, deciding_rights_of, holds, rights_of
from intranet.organisation.membership import facts_of
from intranet.organisation.models import Department, User

KEPT = "_is_of_the_hall_in_this_request"
EVERY_CASE = "cases"
"""The token by which the hall's clerks find cases. `tokens_of` gives it to nobody: the portal finds no case."""


class Actor(StrEnum):
    """In which capacity somebody acts on a case; one person may act in several."""

    CLERK = "clerk"
    """Works at the hall's window, which receives for all departments."""
    HANDLER = "handler"
    """Handles the cases of the item's department."""
    HEAD = "head"
    """Extends and signs for the item's department, by a post or in the place of somebody absent."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The departments whose cases somebody reads."""

    everywhere: bool
    departments: frozenset[int]
    """By primary keys."""


def reach_of(user: User | AnonymousUser) -> Reach:
    """Whose cases the user reads today: those of all departments for the hall's clerks, else of those handled or
    decided on. Nobody reads one otherwise: no other cadre, not the leading group, no superuser without a post.
    """
    handled = rights_of(user).get(Right.HANDLE_CASES, NOBODY)
    decided = deciding_rights_of(user).get(Right.DECIDE_CASES, NOBODY)
    return Reach(everywhere=_is_of_the_hall(user, handled), departments=handled | decided)


def case_readers(department: int) -> frozenset[str]:
    """Who finds the cases of the department with this primary key, as tokens: `reach_of` as the search index has it."""
    return frozenset({EVERY_CASE, _cases_of(department)})


def case_tokens_of(user: User | AnonymousUser) -> frozenset[str]:
    """The tokens by which the user finds cases today; none where there is no case to read.

    They are asked for by the search over cases alone and are no part of `tokens_of`.
    """
    reach = reach_of(user)
    return frozenset({EVERY_CASE} if reach.everywhere else map(_cases_of, reach.departments))


def _cases_of(department: int) -> str:
    return f"{EVERY_CASE}:{department}"


def reads_cases(user: User | AnonymousUser) -> bool:
    """Whether there may be cases that the user reads."""
    reach = reach_of(user)
    return reach.everywhere or bool(reach.departments)


def actors_of(user: User | AnonymousUser, department: Department) -> frozenset[Actor]:
    """In which capacities the user acts today on cases of the department's items."""
    handled = rights_of(user).get(Right.HANDLE_CASES, NOBODY)
    found = set()
    if _is_of_the_hall(user, handled):
        found.add(Actor.CLERK)
    if department.pk in handled:
        found.add(Actor.HANDLER)
    if department.pk in deciding_rights_of(user).get(Right.DECIDE_CASES, NOBODY):
        found.add(Actor.HEAD)
    return frozenset(found)


def receives_at_all(user: User | AnonymousUser) -> bool:
    """Whether the user receives applications today: at the hall's window for all departments, else for the own ones."""
    return holds(user, Right.HANDLE_CASES)


def receives_for(user: User | AnonymousUser) -> QuerySet[Department]:
    """The departments for whose items the user receives applications today."""
    handled = rights_of(user).get(Right.HANDLE_CASES, NOBODY)
    departments = Department.objects.all()
    return departments if _is_of_the_hall(user, handled) else departments.filter(pk__in=handled)


def _is_of_the_hall(user: User | AnonymousUser, departments: frozenset[int]) -> bool:
    """Whether one of the departments that the user handles cases for is the hall.

    Of the units of the user's own posts the kind is known; others are asked for once, as long as they are the same.
    """
    if not departments or not isinstance(user, User):
        return False
    kept = getattr(user, KEPT, None)
    if kept is not None and kept[0] == departments:
        return kept[1]
    kinds = {post.department_id: post.unit_kind for post in facts_of(user).posts}
    found = any(kinds.get(unit) == Department.Kind.HALL for unit in departments)
    if not found and (others := departments - kinds.keys()):
        found = Department.objects.filter(pk__in=others).halls().exists()
    setattr(user, KEPT, (departments, found))
    return found
