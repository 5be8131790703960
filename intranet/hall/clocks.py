"""By when what must be done in a case: by law and by promise, with what does not count and how it was counted.

Due days are computed whenever they are asked for and never kept; what an applicant was told is (`told.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.hall.deemed import SILENT, deemed_accepted_on, notice_due_on, state_on
from intranet.hall.models.cases import Case, State
from intranet.hall.models.items import ItemVersion
from intranet.hall.models.records import Extension, ToldDay
from intranet.organisation.derivation_words import full, told_of
from intranet.organisation.working_days import Derivation, WorkingCalendar

Limit = ToldDay.Limit
Span = tuple[date, date]
"""Time that does not count: after the first day, up to and including the last. The first day itself counts, as it
does not where a count begins (Civil Code, article 201)."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day in time, and how it was counted."""

    on: date
    start: date
    """Counted from the day after."""
    days: int
    """Working days that law or promise gives, an extension left out."""
    extension: int
    not_counted: int
    """Working days of pauses between `start` and `on`."""
    estimated: bool
    """A year without an official calendar was counted on weekends alone."""
    derivation: Derivation

    @property
    def counted(self) -> str:
        """How it was counted, in words."""
        days = ngettext("%(days)d working day", "%(days)d working days", self.days)
        told = [_("from %(day)s") % {"day": full(self.start)}, days % {"days": self.days}]
        if self.extension:
            told.append(_("extended by %(days)d") % {"days": self.extension})
        if self.not_counted:
            told.append(_("paused for %(days)d") % {"days": self.not_counted})
        told += told_of(self.derivation)
        return _("%(reasons)s: to be done by %(day)s") % {"reasons": _(", ").join(told), "day": full(self.on)}


@dataclass(frozen=True, slots=True)
class StageClock:
    """One stage of a case with its limits, and the day on which it was done."""

    limit: str
    """A `ToldDay.Limit`: notice, decision, delivery; or empty for a stage of the item's own, or a pause, within the
    decision."""
    name: str
    legal: Due
    promised: Due | None
    done_on: date | None
    is_paused: bool = False

    @property
    def due(self) -> Due:
        """The earlier of the two limits."""
        return self.promised if self.promised and self.promised.on < self.legal.on else self.legal

    @property
    def due_on(self) -> date:
        return self.due.on

    @property
    def due_name(self) -> str:
        """What is due on that day: of a decision, whether law or promise says so."""
        if not self.limit:
            return self.name
        is_promise = self.limit == Limit.DECISION and self.due is not self.legal
        return str((Limit.PROMISE if is_promise else Limit(self.limit)).label)


def due_after(
    calendar: WorkingCalendar, start: date, days: int, *, extension: int = 0, spans: Sequence[Span] = ()
) -> Due:
    """The day that lies `days` and `extension` working days after `start`, those in the spans not counted.

    Source: Administrative Licensing Law, articles 42 and 45. The spans do not overlap.
    """
    wanted = days + extension
    skipped, known = 0, -1
    reached = calendar.working_days_after(start, wanted)
    while skipped != known:
        known = skipped
        skipped = sum(_within(calendar, span, start, reached.on) for span in spans)
        reached = calendar.working_days_after(start, wanted + skipped)
    return Due(
        on=reached.on,
        start=start,
        days=days,
        extension=extension,
        not_counted=skipped,
        estimated=reached.estimated,
        derivation=calendar.derivation(start, reached.on),
    )


def _within(calendar: WorkingCalendar, span: Span, start: date, end: date) -> int:
    """Working days of the span that lie after `start` and not after `end`."""
    first, last = max(span[0], start), min(span[1], end)
    return calendar.working_days_until(first, last) if first < last else 0


class Clocks:
    """The clocks of however many cases on a day: the calendar is read once. Load cases `with_clocks`."""

    def __init__(self, today: date | None = None, calendar: WorkingCalendar | None = None) -> None:
        self.today = today or timezone.localdate()
        self._calendar = calendar or WorkingCalendar()

    def of(self, case: Case) -> list[StageClock]:
        """Every stage whose limit runs, ran or was met, in the order of the case's life."""
        found = [self.notice(case)]
        decision = self.decision(case)
        if decision is not None:
            found += [*self._own_stages(case), decision]
        if case.decided_on is not None:
            found.append(self._delivery(case))
        return found

    def current(self, case: Case) -> StageClock | None:
        """The stage in which somebody of the bureau must act now, or was late already when the applicant had to.

        None while the applicant must act, or nobody.
        """
        state = state_on(case, self.today, self._calendar)
        if state in SILENT:
            return self._first_due(case)
        if state == State.NOTIFIED:
            return self._overdue_when_told(case)
        if state in (State.ACCEPTED, State.IN_REVIEW, State.PAUSED):
            return self.decision(case)
        return self._delivery(case) if state in (State.GRANTED, State.REFUSED) else None

    def days_as_accepted(self, case: Case) -> dict[str, date]:
        """By law and by promise, as they were on the day of acceptance; empty where the case is not accepted."""
        accepted_on = case.accepted_on or deemed_accepted_on(case, self.today, self._calendar)
        start = self._start(case)
        if accepted_on is None or start is None:
            return {}
        spans = [span for span in self._not_counted(case) if span[1] <= accepted_on]
        days = {Limit.DECISION: case.version.legal_days, Limit.PROMISE: case.version.promised_days}
        return {str(limit): due_after(self._calendar, start, each, spans=spans).on for limit, each in days.items()}

    def _first_due(self, case: Case) -> StageClock:
        """The word of the hall, or the decision where it counts from receipt and is due before that."""
        notice, decision = self.notice(case), self.decision(case)
        return decision if decision is not None and decision.due_on < notice.due_on else notice

    def _overdue_when_told(self, case: Case) -> StageClock | None:
        """The decision that was overdue when the applicant was told what is missing: no wait makes it good."""
        decision = self.decision(case)
        told_on = max(
            (notice.given_on for notice in case.notices.all() if notice.supplemented_on is None), default=None
        )
        is_overdue = decision is not None and told_on is not None and decision.due_on < told_on
        return decision if is_overdue else None

    def days_left(self, stage: StageClock) -> int:
        """Working days from tomorrow up to the stage's due day; less than zero where it has passed."""
        return self._calendar.working_days_until(self.today, stage.due_on)

    def state(self, case: Case) -> State:
        """Where the case stands today, acceptance by silence included."""
        return state_on(case, self.today, self._calendar)

    def notice(self, case: Case) -> StageClock:
        """Telling what is missing, or accepting."""
        due = due_after(self._calendar, case.materials_on, case.version.notice_days)
        return StageClock(Limit.NOTICE, str(Limit.NOTICE.label), due, None, self._answered_on(case))

    def decision(self, case: Case) -> StageClock | None:
        """The decision; None before anything runs: an item that counts from acceptance is not accepted."""
        start = self._start(case)
        if start is None:
            return None
        version = case.version
        extension = getattr(case, "extension", None)
        legal = self._limit(case, start, version.legal_days, extension)
        promised = self._limit(case, start, version.promised_days)
        # What was overdue by the promise when it was extended stays so.
        if extension is not None and extension.given_on <= promised.on:
            promised = self._limit(case, start, version.promised_days, extension)
        return StageClock(Limit.DECISION, _("decision"), legal, promised, case.decided_on, case.state == State.PAUSED)

    def open_pause(self, case: Case) -> StageClock | None:
        """The pause that goes on, and by when its applicant was told that it is over; None where nobody was told.

        Source: Administrative Licensing Law, article 45: the applicant is told in writing what time is needed.
        """
        for pause in case.pauses.all():
            if pause.ended_on is None and pause.expected_days is not None:
                over = due_after(self._calendar, pause.began_on, pause.expected_days)
                return StageClock(limit="", name=_("end of the pause"), legal=over, promised=None, done_on=None)
        return None

    def _own_stages(self, case: Case) -> Iterable[StageClock]:
        """The item's own stages, each due when it and those before it have had their days."""
        start, legal, promised = self._start(case), 0, 0
        if start is None:
            return
        spans = self._not_counted(case)
        for stage in case.version.stages.all():
            legal, promised = legal + stage.legal_days, promised + stage.promised_days
            yield StageClock(
                limit="",
                name=stage.name,
                legal=due_after(self._calendar, start, legal, spans=spans),
                promised=due_after(self._calendar, start, promised, spans=spans),
                done_on=case.decided_on,
                is_paused=case.state == State.PAUSED,
            )

    def _delivery(self, case: Case) -> StageClock:
        decided_on = case.decided_on or self.today
        due = due_after(self._calendar, decided_on, case.version.delivery_days)
        return StageClock(Limit.DELIVERY, str(Limit.DELIVERY.label), due, None, case.delivered_on)

    def _limit(self, case: Case, start: date, days: int, extension: Extension | None = None) -> Due:
        return due_after(
            self._calendar,
            start,
            days,
            extension=extension.days if extension else 0,
            spans=self._not_counted(case),
        )

    def _start(self, case: Case) -> date | None:
        if case.version.clock == ItemVersion.Clock.RECEIPT:
            return case.received_on
        return case.accepted_on or deemed_accepted_on(case, self.today, self._calendar)

    def _not_counted(self, case: Case) -> list[Span]:
        """Pauses; for limits from receipt also the time that the applicant took. What goes on, up to the case's end."""
        last = case.ended_on or self.today
        spans = [(pause.began_on, pause.ended_on or last) for pause in case.pauses.all()]
        if case.version.clock == ItemVersion.Clock.RECEIPT:
            spans += [(notice.given_on, notice.supplemented_on or last) for notice in case.notices.all()]
        return spans

    def _answered_on(self, case: Case) -> date | None:
        """The day on which the applicant of the last materials was told, accepted, or accepted by silence."""
        unanswered = [notice.given_on for notice in case.notices.all() if notice.supplemented_on is None]
        if unanswered:
            return max(unanswered)
        deemed = deemed_accepted_on(case, self.today, self._calendar)
        if deemed is not None:
            return notice_due_on(case, self._calendar) + timedelta(days=1)
        return case.accepted_on
