"""Which filings wait for a signature, and by when their cases are to be decided."""

from dataclasses import dataclass

from intranet.access.rights import (
    NOBODY,
    Holders,
    Right,
    StandIns,
    deciders,
    deciding_rights_of,
    holders_and_stand_ins,
)
from intranet.hall.clocks import Clocks
from intranet.hall.due import Awaited, awaited
from intranet.hall.models.cases import Case, State
from intranet.hall.models.records import NegativeFiling, NegativeFilingQuerySet
from intranet.organisation.models import User
from intranet.organisation.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class AwaitedSignature:
    """A filing that a head has still to sign."""

    filing: NegativeFiling
    case: Case
    """With its clocks."""
    due: Awaited
    """The decision that the signature holds up, with its day."""


def awaited_signatures(
    filings: NegativeFilingQuerySet | None = None, calendar: WorkingCalendar | None = None
) -> list[AwaitedSignature]:
    """Those of the filings (all, unless said) that wait for a signature; what is to be decided first comes first."""
    if filings is None:
        filings = NegativeFiling.objects.all()
    waiting = {filing.case_id: filing for filing in filings.to_sign().select_related("prepared_by")}
    if not waiting:
        return []
    clocks, found = Clocks(calendar=calendar), []
    for case in Case.objects.filter(pk__in=waiting).with_clocks(own_stages=False):
        due = awaited(case, clocks)
        if due is not None and due.on is not None:
            found.append(AwaitedSignature(waiting[case.pk], case, due))
    return sorted(found, key=lambda one: (one.due.on, one.case.pk))


def signers_of(filing: NegativeFiling, case: Case, held: Holders, stand_ins: StandIns) -> frozenset[int]:
    """Who can sign the filing, by the answers of `holders_and_stand_ins`: never who prepared it."""
    return deciders(Right.DECIDE_CASES, case.item.department_id, held, stand_ins) - {filing.prepared_by_id}


def waits_for_nobody(filing: NegativeFiling | None, case: Case) -> bool:
    """Whether the filing waits for a signature that nobody in office can give."""
    if filing is None or filing.is_signed or case.state != State.IN_REVIEW:
        return False
    return not signers_of(filing, case, *holders_and_stand_ins(Right.DECIDE_CASES))


def signatures_awaited_from(user: User, calendar: WorkingCalendar | None = None) -> list[AwaitedSignature]:
    """Those that the user can give: of the departments that the user heads or stands in for, of others' filings."""
    headed = deciding_rights_of(user).get(Right.DECIDE_CASES, NOBODY)
    if not headed:
        return []
    return awaited_signatures(
        NegativeFiling.objects.filter(case__item__department__in=headed).exclude(prepared_by=user), calendar
    )
