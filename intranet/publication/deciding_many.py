"""Approving many matters at once: each is checked by itself, and each result is told.

Each is decided in a transaction of its own, and one request decides as many as its time allows; the page that it shows
asks for the rest. Whatever breaks off in the middle, what was decided is decided and the rest awaits its decision.
"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from time import monotonic

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from intranet.disclosure.going_live import PublicationRefused
from intranet.organisation.models import User
from intranet.publication.approval import ApprovalRefused
from intranet.publication.awaiting import OpenStep, awaiting
from intranet.publication.models import MatterTaskState
from intranet.publication.submission import SubmissionRefused

logger = logging.getLogger("gongkai.publication")

MOST = 500
"""Matters chosen at once: as many as one can read the titles of."""
SECONDS = 8.0
"""Time in which one request begins decisions; a server gives it up after thirty, and one decision takes far less."""
SALT = "publication.deciding_many"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of them; `reasons` where it was not approved."""

    title: str
    reasons: Sequence[str] = ()


def chosen_steps(user: User, keys: Collection[int]) -> list[OpenStep]:
    """Those of the steps that await this person's decision, the oldest deadline first; no other is named."""
    return [step for step in awaiting(user) if step.state.pk in keys]


def approve_many(steps: Sequence[OpenStep], *, by: User, comment: str = "", seconds: float = SECONDS) -> list[Outcome]:
    """Approve the steps in their order while there is time, at least the first; one refused keeps none of the others.

    The outcomes are those of the first of the steps; the others were not begun.
    """
    until = monotonic() + seconds
    outcomes: list[Outcome] = []
    for step in steps:
        if outcomes and monotonic() > until:
            break
        outcomes.append(Outcome(step.title, _approve(step.state.pk, by, comment)))
    return outcomes


def approved_before(keys: Collection[int], *, by: User) -> list[Outcome]:
    """Those of the steps that this person approved before: by a request whose answer never came."""
    own = MatterTaskState.objects.filter(pk__in=keys, status=MatterTaskState.STATUS_APPROVED, finished_by=by)
    return [Outcome(title) for title in own.order_by("finished_at").values_list("revision__object_str", flat=True)]


def carried(outcomes: Sequence[Outcome], *, by: User) -> str:
    """The outcomes as the page carries them to the next request, which trusts no other words."""
    told = [by.pk, [[outcome.title, list(outcome.reasons)] for outcome in outcomes]]
    return signing.dumps(told, salt=SALT, compress=True)


def told_before(text: str, *, by: User) -> list[Outcome]:
    """What a page has carried; nothing where it is another person's or was made up."""
    try:
        person, told = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return []
    return [Outcome(title, reasons) for title, reasons in told] if person == by.pk else []


def _approve(key: int, by: User, comment: str) -> list[str]:
    """Why it was not approved, read anew: somebody may have been first since the list was made."""
    try:
        with transaction.atomic():
            MatterTaskState.objects.get(pk=key).approve(user=by, comment=comment)
    except (ApprovalRefused, PublicationRefused, SubmissionRefused) as refused:
        return refused.reasons
    except Exception:
        # The transaction has undone all of it; whatever is wrong with this one is none of the others' business.
        logger.exception("Step %s was not approved with the others", key)
        return [_("It could not be approved: a fault of the portal, which is in its log. Nothing of it has changed.")]
    return []
