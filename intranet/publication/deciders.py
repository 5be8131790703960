"""Who decides a step, found from the matter's department and today's posts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q, QuerySet

from intranet.access.rights import (
    NOBODY,
    Right,
    deciding_rights_of,
    holders_and_stand_ins,
)
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department, User
from intranet.publication.authorship import approvals_of_each, approvers_before, authors_of_each
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
    absent: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """In whose place those decide who do so by a delegation alone."""

    @property
    def people(self) -> QuerySet[User]:
        return User.objects.filter(pk__in=self.keys)


class Rota:
    """Who decides what today, read once for however many matters: three queries."""

    def __init__(self) -> None:
        self._holders, self._stand_ins = holders_and_stand_ins(*RIGHTS.values())

    def deciders(self, kind: type[MatterTask], department: int, barred: frozenset[int]) -> Deciders:
        """Who decides this kind of step of a matter of the department, but for those who are barred from it.

        The department's own, else those of the department above it, else the leading group's office stands in.
        Authors are barred, so a head's draft goes to a deputy head or to the office; and who approved another step, so
        that nobody makes two of the decisions. Whom somebody absent has named decides beside them: what the absent one
        could decide, and nothing that they are barred from either.
        """
        right = RIGHTS[kind]
        for each in self._in_turn(kind, department):
            if people := self._holders_of(right, each) - barred:
                return self._with_stand_ins(right, each, people, barred)
        for office in self._offices:
            if people := self._holders_of(Right.APPROVE_FOR_OFFICE, office) - barred:
                return self._with_stand_ins(Right.APPROVE_FOR_OFFICE, office, people, barred, stands_in=True)
        return Deciders(NOBODY, stands_in=True)

    def of_the_office(self) -> frozenset[int]:
        """Who approves for the leading group's office."""
        return frozenset().union(*(self._holders_of(Right.APPROVE_FOR_OFFICE, office) for office in self._offices))

    def _with_stand_ins(
        self, right: Right, department: int, people: frozenset[int], barred: frozenset[int], *, stands_in: bool = False
    ) -> Deciders:
        named = self._stand_ins[right].get(department, {})
        absent = {
            delegate: those & people
            for delegate, those in named.items()
            if those & people and delegate not in people | barred
        }
        return Deciders(people | frozenset(absent), stands_in, absent)

    def _in_turn(self, kind: type[MatterTask], department: int) -> list[int]:
        if kind is OfficeApprovalTask:
            return self._offices
        above, _kind = self._units.get(department, (None, ""))
        own = [department, *([above] if above else [])]
        return [*own, *self._offices] if kind is SecrecyReviewTask else own

    def _holders_of(self, right: Right, department: int) -> frozenset[int]:
        return self._holders[right].get(department, NOBODY)

    @cached_property
    def _units(self) -> dict[int, tuple[int | None, str]]:
        """The unit above each, and its kind, in the bureau's order."""
        return {pk: (above, kind) for pk, above, kind in Department.objects.values_list("pk", "parent_id", "kind")}

    @cached_property
    def _offices(self) -> list[int]:
        return [pk for pk, (_above, kind) in self._units.items() if kind == Department.Kind.LEADING_GROUP_OFFICE]


def find_deciders(task: MatterTask, matter: MatterPage) -> Deciders:
    """Who decides this step of the matter: none of its authors, nobody who approved another step of it."""
    barred = authors_of_each([matter])[matter.pk] | earlier_approvers(task, matter)
    return Rota().deciders(type(task), matter.department_id, barred)


def earlier_approvers(task: MatterTask, matter: MatterPage) -> frozenset[int]:
    """Who approved another step than this of the matter's newest version."""
    return approvers_before(task.pk, approvals_of_each([matter])[matter.pk])


def deciders_of(task: MatterTask, matter: MatterPage) -> QuerySet[User]:
    """The people of `find_deciders`."""
    return find_deciders(task, matter).people


def departments_in_reach(user: User) -> QuerySet[Department]:
    """The departments whose matters the person could be asked to decide on: the wide net before `find_deciders`.

    The office, which stands in for everybody, and its secrecy reviewers reach all; others their own departments and
    the sections of these.
    """
    rights = deciding_rights_of(user)
    if rights.get(Right.APPROVE_FOR_OFFICE):
        return Department.objects.all()
    reviews = rights.get(Right.REVIEW_SECRECY, NOBODY)
    if reviews and Department.objects.offices().filter(pk__in=reviews).exists():
        return Department.objects.all()
    own = reviews | rights.get(Right.APPROVE_MATTERS, NOBODY)
    return Department.objects.filter(Q(pk__in=own) | Q(parent__in=own)) if own else Department.objects.none()
