"""In whose place somebody acts who does so by a delegation and by no post of their own."""

from intranet.access.rights import NOBODY, may, stand_ins_by_department
from intranet.organisation.models import Department, User

KEY = "in_place_of"
"""The name under which a log keeps the absent."""


def in_whose_place(by: User, right: str, department: Department) -> str:
    """The names of those absent in whose place the person uses the right on the department today; empty for who holds
    it by a post."""
    if may(by, right, department):
        return ""
    absent = stand_ins_by_department(right)[right].get(department.pk, {}).get(by.pk, NOBODY)
    return ", ".join(map(str, User.objects.filter(pk__in=absent).order_by("pk")))


def for_the_log(by: User, right: str, department: Department) -> dict[str, str]:
    """What a log entry says of it; nothing where the person acts in nobody's place."""
    absent = in_whose_place(by, right, department)
    return {KEY: absent} if absent else {}
