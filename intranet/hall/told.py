"""What applicants were told of due days, and where that is no more what is computed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from intranet.access.rights import is_office
from intranet.audit.recording import record
from intranet.hall.clocks import Clocks
from intranet.hall.models.cases import Case, CaseQuerySet, State
from intranet.hall.models.items import ItemVersion
from intranet.hall.models.records import ToldDay
from intranet.organisation.models import User
from intranet.refusals import Refused

Limit = ToldDay.Limit


@dataclass(frozen=True, slots=True)
class Difference:
    """A day that stands on an applicant's paper and is not the one that is computed today."""

    case: Case
    limit: str
    told_on: date
    """The day that the applicant was told."""
    due_on: date
    """The day that is computed now."""

    @property
    def limit_label(self) -> str:
        """The limit in words."""
        return str(Limit(self.limit).label)


def keep_what_is_told(case: Case, today: date) -> None:
    """Keep each due day of the case that its paper says from now on, where it is another than before."""
    told = dict(ToldDay.objects.filter(case=case).in_force().values_list("limit", "due_on"))
    rows = [
        ToldDay(case=case, limit=limit, due_on=day)
        for limit, day in days_of(case, Clocks(today)).items()
        if told.get(limit) != day
    ]
    ToldDay.objects.bulk_create(rows)


@transaction.atomic
def confirm_told_anew(case: Case, limit: str, *, due_on: date, by: User) -> ToldDay:
    """Write down that the applicant was told this day in place of the one on the paper; it leaves `differing`.

    Raises `Refused` for who is not of the office, and where the case's day is another by now.
    """
    if not is_office(by):
        raise Refused([_("Only the leading group's office confirms that an applicant was told.")])
    Case.objects.select_for_update().get(pk=case.pk)
    case = Case.objects.with_clocks().get(pk=case.pk)
    if days_of(case, Clocks()).get(limit) != due_on:
        raise Refused([_("The day is another by now: look at the list again.")])
    told = ToldDay.objects.create(case=case, limit=limit, due_on=due_on)
    record("hall.told_anew", thing=case, person=by, facts={"limit": limit, "day": due_on})
    return told


def told_days_of(case: Case) -> dict[str, date]:
    """The day that the applicant was told last of each limit. Load `told_days`."""
    return {row.limit: row.due_on for row in case.told_days.all()}


def days_of(case: Case, clocks: Clocks) -> dict[str, date]:
    """The due days of the case's unfinished stages, by limit; none of a case that has ended."""
    found: dict[str, date] = {}
    if case.ended_on is not None:
        return found
    for stage in clocks.of(case):
        if not stage.limit or stage.done_on is not None or stage.is_paused or _waits(case, stage.limit):
            continue
        found[stage.limit] = stage.legal.on
        if stage.promised is not None:
            found[Limit.PROMISE] = stage.promised.on
    return found


def differing(today: date | None = None, cases: CaseQuerySet | None = None) -> Iterator[Difference]:
    """Every day told in an open or undelivered case that the calendar, since it was told, has moved; oldest first.

    Of these cases, or of all. Nobody is told anew by the portal: the office sees the list, decides, and confirms who
    was told (`confirm_told_anew`).
    """
    clocks = Clocks(today)
    cases = Case.objects.all() if cases is None else cases
    running = cases.filter(ended_on=None, delivered_on=None).with_clocks().order_by("received_on", "pk")
    for case in running.prefetch_related("told_days"):
        computed = days_of(case, clocks)
        for limit, day in told_days_of(case).items():
            if limit in computed and computed[limit] != day:
                yield Difference(case=case, limit=limit, told_on=day, due_on=computed[limit])


def _waits(case: Case, limit: str) -> bool:
    """Whether the limit moves day by day while the applicant supplements: no day of it is told, none has changed."""
    is_stopped = case.state == State.NOTIFIED and case.version.clock == ItemVersion.Clock.RECEIPT
    return is_stopped and limit == Limit.DECISION
