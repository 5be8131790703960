"""Taking a step in hand, so that two people do not read the same matter, and handing it over."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from intranet.organisation.models import User
from intranet.publication.approval import ApprovalRefused, already_decided, reasons_against_person
from intranet.publication.deciders import find_deciders
from intranet.publication.leaving import Part
from intranet.publication.models import MatterTaskState


@transaction.atomic
def claim(state: MatterTaskState, *, by: User) -> None:
    """Take the step in hand, from somebody else's hands too; logged. Raises `ApprovalRefused`."""
    locked = _locked(state, by=by)
    if locked.claimed_by_id != by.pk:
        taken_from = str(locked.claimed_by or "")
        _put_into_hands(locked, of=by, handed_over_by=None, note="")
        log(
            instance=locked.matter, action="gongkai.claim", user=by, data={"step": locked.task.name, "from": taken_from}
        )


@transaction.atomic
def give_back(state: MatterTaskState, *, by: User) -> None:
    """Put the step down again; anybody who decides it may take it. Raises `ApprovalRefused`."""
    locked = _locked(state, by=by)
    if locked.claimed_by_id != by.pk:
        raise ApprovalRefused([_("This step is not in your hands.")])
    _put_into_hands(locked, of=None, handed_over_by=None, note="")
    log(instance=locked.matter, action="gongkai.give_back", user=by, data={"step": locked.task.name})


@transaction.atomic
def hand_over(state: MatterTaskState, *, by: User, to: User, note: str = "") -> None:
    """Put the step into the hands of another person who decides it; logged. Raises `ApprovalRefused`."""
    locked = _locked(state, by=by)
    if to.pk == by.pk or to.pk not in find_deciders(locked.task.specific, locked.matter).keys:
        raise ApprovalRefused([_("%(person)s does not decide this step: choose one of those who do.") % {"person": to}])
    _put_into_hands(locked, of=to, handed_over_by=by, note=note.strip()[:255])
    told = {"step": locked.task.name, "to": str(to), "comment": note.strip()}
    log(instance=locked.matter, action="gongkai.hand_over", user=by, data=told)


def _locked(state: MatterTaskState, *, by: User) -> MatterTaskState:
    locked = state.locked()
    if locked.status != locked.STATUS_IN_PROGRESS:
        raise ApprovalRefused([already_decided(locked)])
    if reasons := reasons_against_person(locked, by=by):
        raise ApprovalRefused(reasons)
    return locked


def _put_into_hands(state: MatterTaskState, *, of: User | None, handed_over_by: User | None, note: str) -> None:
    state.claimed_by, state.claimed_at = of, timezone.now() if of else None
    state.handed_over_by, state.claim_note = handed_over_by, note
    state.save(update_fields=["claimed_by", "claimed_at", "handed_over_by", "claim_note"])


def claims_of(person: User) -> Part | None:
    """The steps that a person who leaves has in hand: they hold nothing once the post has ended."""
    held = MatterTaskState.objects.filter(claimed_by=person, status=MatterTaskState.STATUS_IN_PROGRESS)
    names = [(str(_("%(step)s, taken in hand on %(day)s")) % _told(state), "") for state in held.select_related("task")]
    if not names:
        return None
    return Part(_("Steps in hand"), _("They fall back to everybody who decides them once the post ends."), names)


def _told(state: MatterTaskState) -> dict[str, str]:
    day = date_format(localtime(state.claimed_at), "DATE_FORMAT") if state.claimed_at else ""
    return {"step": state.step_name, "day": day}
