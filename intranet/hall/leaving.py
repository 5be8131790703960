"""What somebody who leaves has in hand at the hall. The office hears numbers alone: it reads no case, no question."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from intranet.access.rights import Right, holders_by_department
from intranet.hall.models import Case, Inquiry
from intranet.organisation.models import User
from intranet.publication.leaving import Part


def questions_of(person: User) -> Part | None:
    """The questions at the window that the person is to answer, or was asked to take over."""
    theirs = Inquiry.objects.unanswered().filter(Q(owner=person) | Q(offered_to=person))
    numbers = theirs.order_by("asked_on", "pk").values_list("number", flat=True)
    advice = _("The person hands them over; once the post ends, whoever handles the department's cases answers them.")
    return _numbered(_("Questions at the window"), advice, numbers)


def cases_of(person: User) -> Part | None:
    """The open cases that nobody else of their department handles."""
    held = holders_by_department(Right.HANDLE_CASES)[Right.HANDLE_CASES]
    alone = [department for department, people in held.items() if people == {person.pk}]
    cases = Case.objects.open().filter(item__department__in=alone).order_by("received_on", "pk")
    advice = _("Nobody else handles them: give somebody of the department such a post before this one ends.")
    return _numbered(_("Cases"), advice, cases.values_list("number", flat=True))


def _numbered(heading: str, advice: str, numbers: Iterable[str]) -> Part | None:
    lines = [(number, "") for number in numbers]
    return Part(heading, advice, lines) if lines else None
