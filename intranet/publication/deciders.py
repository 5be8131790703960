"""Who decides a step, found from the matter's department and today's posts."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from intranet.access.rights import Right, departments_where, holders
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department, User
from intranet.publication.authorship import authors_since_live
from intranet.publication.models import HeadApprovalTask, MatterTask, OfficeApprovalTask, SecrecyReviewTask


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who decides a step; `stands_in` when the office decides because nobody else in office can."""

    people: QuerySet[User]
    stands_in: bool = False


def find_deciders(task: MatterTask, matter: MatterPage) -> Deciders:
    """Who decides this step of the matter, its authors left out.

    The department's own, else those of the department above it, else the leading group's office stands in.
    An author never decides on the own draft, so a head's draft goes to a deputy head or to the office.
    """
    right = _right_of(task)
    authors = authors_since_live(matter).values("pk")
    for department in _departments_in_turn(task, matter):
        people = holders(right, department).exclude(pk__in=authors)
        if people.exists():
            return Deciders(people)
    for office in Department.objects.offices():
        people = holders(Right.APPROVE_FOR_OFFICE, office).exclude(pk__in=authors)
        if people.exists():
            return Deciders(people, stands_in=True)
    return Deciders(User.objects.none(), stands_in=True)


def deciders_of(task: MatterTask, matter: MatterPage) -> QuerySet[User]:
    """The people of `find_deciders`."""
    return find_deciders(task, matter).people


def _right_of(task: MatterTask) -> Right:
    match task:
        case SecrecyReviewTask():
            return Right.REVIEW_SECRECY
        case HeadApprovalTask():
            return Right.APPROVE_MATTERS
        case OfficeApprovalTask():
            return Right.APPROVE_FOR_OFFICE
    raise TypeError(f"{type(task).__name__} is not a step of review and release")


def _departments_in_turn(task: MatterTask, matter: MatterPage) -> list[Department]:
    offices = list(Department.objects.offices())
    if isinstance(task, OfficeApprovalTask):
        return offices
    own = [matter.department, *([matter.department.parent] if matter.department.parent else [])]
    return [*own, *offices] if isinstance(task, SecrecyReviewTask) else own


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
