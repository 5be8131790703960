"""Approving several matters at once: each is checked by itself, and each result is told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from intranet.disclosure.going_live import PublicationRefused
from intranet.organisation.models import User
from intranet.publication.approval import ApprovalRefused
from intranet.publication.awaiting import OpenStep, awaiting
from intranet.publication.models import MatterTaskState
from intranet.publication.submission import SubmissionRefused

MOST = 50
"""Matters approved by one request, which a server gives up after thirty seconds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of them; `reasons` where it was not approved."""

    step: OpenStep
    reasons: Sequence[str] = ()


def chosen_steps(user: User, keys: Collection[int]) -> list[OpenStep]:
    """Those of the steps that await this person's decision, the oldest deadline first; no other is named."""
    return [step for step in awaiting(user) if step.state.pk in keys]


def approve_many(steps: Collection[OpenStep], *, by: User, comment: str = "") -> list[Outcome]:
    """Approve each of the steps; one that is refused keeps none of the others."""
    return [Outcome(step, _approve(step.state.pk, by, comment)) for step in steps]


def _approve(key: int, by: User, comment: str) -> list[str]:
    """Why it was not approved, read anew: somebody may have been first since the list was made."""
    try:
        with transaction.atomic():
            MatterTaskState.objects.get(pk=key).approve(user=by, comment=comment)
    except (ApprovalRefused, PublicationRefused, SubmissionRefused) as refused:
        return refused.reasons
    return []
