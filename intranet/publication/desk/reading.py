"""What one person's desk stands on, read once for all of its panels."""

from functools import cached_property

from django.http import HttpRequest

from intranet.access.rights import answers_for_all
from intranet.organisation.models import Department, User
from intranet.organisation.working_days import WorkingCalendar
from intranet.publication.awaiting import OpenStep, awaited_by, open_steps
from intranet.publication.deadlines import Deadlines
from intranet.publication.deciders import departments_in_reach

KEPT = "_desk_of_this_request"


class DeskReading:
    """The open steps in a person's reach, and the calendar and terms by which everything on the desk is due."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return WorkingCalendar()

    @cached_property
    def deadlines(self) -> Deadlines:
        return Deadlines(self.calendar)

    @cached_property
    def steps(self) -> list[OpenStep]:
        """Those of the whole bureau for who answers for it, else those in the person's reach."""
        reach = Department.objects.all() if answers_for_all(self.user) else departments_in_reach(self.user)
        return open_steps(reach, self.deadlines)

    @property
    def awaited(self) -> list[OpenStep]:
        """What the person decides."""
        return awaited_by(self.user, self.steps)


def desk_of(request: HttpRequest) -> DeskReading:
    """The reading of this request."""
    kept: DeskReading | None = getattr(request, KEPT, None)
    if kept is None:
        kept = DeskReading(request.user)  # type: ignore[arg-type]
        setattr(request, KEPT, kept)
    return kept
