"""What the leading group is told: how disclosure stands in the bureau, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from intranet.organisation.models import Department
from intranet.publication.awaiting import open_steps
from intranet.publication.deadlines import Deadlines
from intranet.publication.desk.bureau import Standing, overdue_of, standings, unmanned_of
from intranet.publication.desk.undisclosed import undisclosed
from intranet.publication.emergency import debts


@dataclass(frozen=True, slots=True)
class Summary:
    """Matters by number; none is named, whatever its readers."""

    overdue: int
    in_review: int
    unmanned: int
    """Steps that nobody else in office decides."""
    debts: int
    """Emergency releases whose steps are still to be made."""
    disclosed_this_year: int
    standings: Sequence[Standing]


def summary() -> Summary:
    """The bureau as it stands now, in a fixed number of queries."""
    everywhere, deadlines = Department.objects.all(), Deadlines()
    rows = undisclosed(everywhere, deadlines)
    departments = standings(rows)
    return Summary(
        overdue=sum(len(group.matters) for group in overdue_of(rows)),
        in_review=sum(one.in_review for one in departments),
        unmanned=len(unmanned_of(open_steps(everywhere, deadlines))),
        debts=debts().count(),
        disclosed_this_year=sum(one.disclosed_this_year for one in departments),
        standings=departments,
    )
