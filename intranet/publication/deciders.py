"""Who decides a step, found from the matter's department and today's posts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from intranet.access.rights import NOBODY, Right, departments_where, holders_by_department
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department, User
from intranet.publication.authorship import authors_of_each
from intranet.publication.models import HeadApprovalTask, MatterTask, OfficeApprovalTask, SecrecyReviewTask

RIGHTS: dict[type[MatterTask], Right] = {
    SecrecyReviewTask: Right.REVIEW_SECRECY,
    HeadApprovalTask: Right.APPROVE_MATTERS,
    OfficeApprovalTask: Right.APPROVE_FOR_OFFICE,
}
"""The right that each kind of step asks for."""


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who decides a step; `stands_in` when the office decides because nobody else in office can."""

    keys: frozenset[int]
    stands_in: bool = False

    @property
    def people(self) -> QuerySet[User]:
        return User.objects.filter(pk__in=self.keys)


class Rota:
    """Who decides what today, read once for however many matters: a few queries for each right that is asked for."""

    def __init__(self) -> None:
        self._holders: dict[Right, Mapping[int, frozenset[int]]] = {}

    def deciders(self, kind: type[MatterTask], department: int, authors: frozenset[int]) -> Deciders:
        """Who decides this kind of step of a matter of the department, its authors left out.

        The department's own, else those of the department above it, else the leading group's office stands in.
        An author never decides on the own draft, so a head's draft goes to a deputy head or to the office.
        """
        right = RIGHTS[kind]
        for each in self._in_turn(kind, department):
            if people := self._holders_of(right, each) - authors:
                return Deciders(people)
        for office in self._offices:
            if people := self._holders_of(Right.APPROVE_FOR_OFFICE, office) - authors:
                return Deciders(people, stands_in=True)
        return Deciders(NOBODY, stands_in=True)

    def _in_turn(self, kind: type[MatterTask], department: int) -> list[int]:
        if kind is OfficeApprovalTask:
            return self._offices
        above = self._above.get(department)
        own = [department, *([above] if above else [])]
        return [*own, *self._offices] if kind is SecrecyReviewTask else own

    def _holders_of(self, right: Right, department: int) -> frozenset[int]:
        if right not in self._holders:
            self._holders[right] = holders_by_department(right)
        return self._holders[right].get(department, NOBODY)

    @cached_property
    def _above(self) -> dict[int, int | None]:
        return dict(Department.objects.values_list("pk", "parent_id"))

    @cached_property
    def _offices(self) -> list[int]:
        return list(Department.objects.offices().values_list("pk", flat=True))


def find_deciders(task: MatterTask, matter: MatterPage, *, rota: Rota | None = None) -> Deciders:
    """Who decides this step of the matter, its authors left out."""
    authors = authors_of_each([matter])[matter.pk]
    return (rota or Rota()).deciders(type(task), matter.department_id, authors)


def deciders_of(task: MatterTask, matter: MatterPage) -> QuerySet[User]:
    """The people of `find_deciders`."""
    return find_deciders(task, matter).people


def departments_in_reach(user: User) -> QuerySet[Department]:
    """The departments whose matters the person could be asked to decide on: the wide net before `find_deciders`.

    The office, which stands in for everybody, and its secrecy reviewers reach all; others their own departments and
    the sections of these.
    """
    if departments_where(user, Right.APPROVE_FOR_OFFICE).exists():
        return Department.objects.all()
    reviews = departments_where(user, Right.REVIEW_SECRECY)
    if reviews.filter(pk__in=Department.objects.offices().values("pk")).exists():
        return Department.objects.all()
    own = Q(pk__in=reviews.values("pk")) | Q(pk__in=departments_where(user, Right.APPROVE_MATTERS).values("pk"))
    return Department.objects.filter(own | Q(parent__in=Department.objects.filter(own).values("pk")))
