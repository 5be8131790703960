"""Proposing the result of a case that is decided on: a draft for the item's department, which goes the way of all.

A case proposes once. No move of a case corrects its decision; a result that is wrong is mended in its draft, or
corrected as every live matter is. Where a draft was deleted, or none could be made, the case may propose again.
"""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.access.handling import Actor, actors_of
from intranet.access.rights import Right, holders
from intranet.audit.recording import record
from intranet.disclosure.models import AudienceSection, Category, CategorySection, ResultPage
from intranet.disclosure.proposing import lay_down
from intranet.disclosure.sections import section_for
from intranet.hall.models.cases import DECIDED, Case
from intranet.hall.models.results import ResultProposal
from intranet.hall.results.writing import result_of
from intranet.organisation.models import User
from intranet.refusals import Refused

logger = logging.getLogger("gongkai.hall")

CATEGORY = "E6"
"""Administrative acts: basis, time limit, result and relief; its term is seven working days from the decision."""
Obstacle = ResultProposal.Obstacle
PROPOSING = frozenset({Actor.HANDLER, Actor.HEAD})


class ProposalRefused(Refused):
    """Nothing is proposed."""


class _Hindered(Exception):
    def __init__(self, obstacle: Obstacle) -> None:
        self.obstacle = obstacle
        super().__init__(obstacle)


def reasons_against_proposing(case: Case, *, by: User) -> list[str]:
    """Why the person may not propose the case's result now. `item.department` should be loaded."""
    reasons = []
    if not actors_of(by, case.item.department) & PROPOSING:
        reasons.append(_("Only the handlers and the head of the item's department propose a result."))
    if case.state not in DECIDED:
        reasons.append(_("The case is not decided on yet."))
    if ResultProposal.objects.filter(case=case).exclude(matter=None).exists():
        reasons.append(_("The result was proposed already."))
    return reasons


@transaction.atomic
def propose_again(case: Case, *, by: User) -> ResultProposal:
    """Propose at somebody's wish, where the decision could not or its draft is gone. Raises `ProposalRefused`."""
    case = Case.objects.select_for_update(of=("self",)).select_related("item__department").get(pk=case.pk)
    if reasons := reasons_against_proposing(case, by=by):
        raise ProposalRefused(reasons)
    return propose(case, by=by)


def propose(case: Case, *, by: User) -> ResultProposal:
    """Propose the result of a decided case, which the caller has locked; or write down what stands in the way.

    Never raises for what hinders it: a decision does not wait for its disclosure. `by` is the draft's author, whose
    words it has, so that they do not approve it.
    """
    proposal = ResultProposal.objects.filter(case=case).first() or ResultProposal(case=case)
    if proposal.matter_id is not None:
        return proposal
    proposal.by, proposal.at, proposal.obstacle = by, timezone.now(), ""
    try:
        with transaction.atomic():
            proposal.matter = _drafted(case, by)
    except _Hindered as hindered:
        proposal.obstacle = hindered.obstacle
    except Exception:  # whatever it is: the decision stands, and the case says that nothing was proposed
        logger.exception("The result of case %s could not be proposed", case.number)
        proposal.obstacle = Obstacle.FAILED
    proposal.save()
    if proposal.matter is not None:
        record("hall.result_proposed", thing=case, person=by, facts={"matter": proposal.matter.identifier})
    return proposal


def _drafted(case: Case, by: User) -> ResultPage:
    case = Case.objects.select_related("item__department", "version", "applicant").get(pk=case.pk)
    if not holders(Right.DRAFT_MATTERS, case.item.department).exists():
        raise _Hindered(Obstacle.NO_AUTHOR)
    section = _section(case)
    result = result_of(case)
    lay_down(result, section, by=by)
    return result


def _section(case: Case) -> CategorySection:
    category = Category.objects.filter(code=CATEGORY).first()
    if category is None or category.terms_on() is None:
        raise _Hindered(Obstacle.NO_SECTION)
    try:
        return section_for(case.item.department, category)
    except AudienceSection.DoesNotExist as absent:
        raise _Hindered(Obstacle.NO_SECTION) from absent
