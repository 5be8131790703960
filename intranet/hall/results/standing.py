"""What a case's screen says of its result: proposed, disclosed, or why not yet; and by when it is due."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from intranet.access.rule import can_read
from intranet.disclosure.models import Category
from intranet.hall.models.cases import DECIDED, Case
from intranet.hall.models.results import ResultProposal
from intranet.hall.results.proposing import CATEGORY, reasons_against_proposing
from intranet.organisation.models import User
from intranet.publication.deadlines import Deadline, Deadlines


@dataclass(frozen=True, slots=True)
class ResultStanding:
    """How far the result of a decided case has come."""

    is_live: bool
    is_proposed: bool
    """There is a matter, live or not."""
    is_withdrawn: bool
    """It was disclosed, and taken down."""
    is_gone: bool
    """There was a draft, and somebody deleted it."""
    obstacle: str
    """In words why no draft was made; empty where none stands in the way."""
    due: Deadline | None
    """By when it is to be disclosed; None once it was."""
    address: str
    """Where the user reads or edits it; empty for who does neither."""
    may_propose: bool


def result_standing(case: Case, user: User) -> ResultStanding | None:
    """The standing for the user, who reads the case; None before the decision."""
    if case.state not in DECIDED:
        return None
    proposal = ResultProposal.objects.filter(case=case).select_related("matter__category", "matter__department").first()
    matter = proposal.matter if proposal else None
    is_live = bool(matter and matter.is_disclosed)
    is_withdrawn = bool(matter and not is_live and matter.is_withdrawn)
    return ResultStanding(
        is_live=is_live,
        is_proposed=matter is not None,
        is_withdrawn=is_withdrawn,
        is_gone=bool(proposal and matter is None and not proposal.obstacle),
        obstacle=str(proposal.get_obstacle_display()) if proposal and proposal.obstacle else "",
        due=None if is_live or is_withdrawn else due_of(case),
        address=_address(proposal, user) if proposal and matter else "",
        may_propose=not reasons_against_proposing(case, by=user),
    )


def due_of(case: Case) -> Deadline | None:
    """When the result of the case is to be disclosed: the category's working days from the decision."""
    return dues_of([case])[case.pk]


def dues_of(cases: Iterable[Case]) -> dict[int, Deadline | None]:
    """The same of each of these cases, by its primary key; category and calendar are read once."""
    category, deadlines = Category.objects.filter(code=CATEGORY).first(), Deadlines()
    return {case.pk: deadlines.of(category.pk, case.decided_on) if category else None for case in cases}


def _address(proposal: ResultProposal, user: User) -> str:
    matter = proposal.matter
    assert matter is not None
    if can_read(user, matter):
        return matter.url or ""
    return reverse("wagtailadmin_pages:edit", args=[matter.pk]) if matter.permissions_for_user(user).can_edit() else ""
