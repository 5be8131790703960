"""The results of the demo's running cases: proposed as a decision proposes them, the older ones disclosed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from intranet.access.audience import Audience
from intranet.access.rights import Right, holders
from intranet.demo.states import REASON
from intranet.hall.models import Case, ResultProposal, State
from intranet.hall.results.proposing import propose
from intranet.publication.release import release_imported

RUNNING_FOR = timedelta(days=90)
DISCLOSED = (State.DELIVERED, State.CLOSED)


@transaction.atomic
def load_results() -> None:
    """Propose the results that none was proposed of yet, and disclose those of delivered cases."""
    running = Case.objects.filter(received_on__gte=timezone.localdate() - RUNNING_FOR, result_proposal=None)
    decided = running.exclude(outcome="").select_related("item__department")
    for case in decided.order_by("decided_on", "pk"):
        handlers = holders(Right.HANDLE_CASES, case.item.department).order_by("pk")
        proposal = propose(case, by=handlers.filter(posts__kind="clerk").first() or handlers.first() or case.clerk)
        if case.state in DISCLOSED:
            _disclose(proposal)


def _disclose(proposal: ResultProposal) -> None:
    matter = proposal.matter
    if matter is not None:
        matter.visibility = Audience.PUBLIC
        matter.save_revision(user=proposal.by)
        release_imported(matter, by=None, reason=REASON)
