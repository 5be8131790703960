"""In whose place somebody acts who does so by a delegation and by no post of their own."""

from collections.abc import Iterable

from intranet.access.rights import NOBODY, may, stand_ins_by_department
from intranet.audit.wording import IN_PLACE_OF
from intranet.listed import listed
from intranet.organisation.models import Department, User


def in_whose_place(by: User, right: str, department: Department) -> str:
    """The names of those absent in whose place the person uses the right on the department today; empty for who holds
    it by a post."""
    if may(by, right, department):
        return ""
    return names_of(stand_ins_by_department(right)[right].get(department.pk, {}).get(by.pk, NOBODY))


def for_the_log(by: User, right: str, department: Department) -> dict[str, str]:
    """What a log entry says of it; nothing where the person acts in nobody's place."""
    return told_of(in_whose_place(by, right, department))


def names_of(absent: Iterable[int]) -> str:
    """The names of the absent, by their primary keys."""
    return listed(User.objects.filter(pk__in=absent).order_by("pk"))


def told_of(names: str) -> dict[str, str]:
    """The fact of a log entry that names the absent; none where there are none."""
    return {IN_PLACE_OF: names} if names else {}
