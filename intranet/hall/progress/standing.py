"""How far a case has come, in the applicant's words: what it waits for, from whom, until when, and what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.hall.clocks import Clocks, StageClock
from intranet.hall.deemed import SILENT, deemed_accepted_on, state_on
from intranet.hall.due import was_overdue_before_its_pause
from intranet.hall.models.cases import Case, State
from intranet.hall.models.moves import Act
from intranet.hall.models.records import Pause
from intranet.hall.told import told_days_of

Words = str | Promise

STAGES: Mapping[State, tuple[Words, Words]] = {
    State.RECEIVED: (
        gettext_lazy("Received"),
        gettext_lazy("Your application has come in. The hall looks whether everything is there."),
    ),
    State.NOTIFIED: (
        gettext_lazy("Something is missing"),
        gettext_lazy("The hall has told you in writing what is still to be brought. It stands in the notice below."),
    ),
    State.SUPPLEMENTED: (
        gettext_lazy("Supplemented"),
        gettext_lazy("What you brought later has come in. The hall looks whether everything is there."),
    ),
    State.ACCEPTED: (
        gettext_lazy("Accepted"),
        gettext_lazy("Your application is complete. The department takes it up for review."),
    ),
    State.NOT_ACCEPTED: (
        gettext_lazy("Not accepted"),
        gettext_lazy("Your application was not accepted. Why, and what you can do, stands in the notice below."),
    ),
    State.IN_REVIEW: (gettext_lazy("In review"), gettext_lazy("The department reviews your application.")),
    State.PAUSED: (
        gettext_lazy("In review, the clock stands still"),
        gettext_lazy(
            "The review waits for something whose time does not count. What it is stands in the notice below."
        ),
    ),
    State.GRANTED: (
        gettext_lazy("Granted"),
        gettext_lazy("It was decided for you. The document is being handed over to you."),
    ),
    State.REFUSED: (
        gettext_lazy("Not granted"),
        gettext_lazy("It was decided not to grant it. The decision is being handed over to you, with its reasons."),
    ),
    State.DELIVERED: (gettext_lazy("Delivered"), gettext_lazy("The decision has been handed over to you.")),
    State.CLOSED: (gettext_lazy("Closed"), gettext_lazy("The decision has been handed over and the case is closed.")),
    State.WITHDRAWN: (
        gettext_lazy("Withdrawn"),
        gettext_lazy("You have withdrawn your application; the case is at an end."),
    ),
}

STEPS: Mapping[Act, Words] = {
    Act.RECEIVE: gettext_lazy("Application received"),
    Act.NOTIFY: gettext_lazy("Told what is missing"),
    Act.SUPPLEMENT: gettext_lazy("What was missing received"),
    Act.ACCEPT: gettext_lazy("Accepted"),
    Act.DEEM: gettext_lazy("Accepted, since nothing was said in time"),
    Act.NOT_ACCEPT: gettext_lazy("Not accepted"),
    Act.BEGIN: gettext_lazy("Review begun"),
    Act.TAKE_IN: gettext_lazy("Further material received"),
    Act.PAUSE: gettext_lazy("Clock stopped"),
    Act.RESUME: gettext_lazy("Clock runs again"),
    Act.EXTEND: gettext_lazy("Time limit extended"),
    Act.GRANT: gettext_lazy("Granted"),
    Act.REFUSE: gettext_lazy("Not granted"),
    Act.DELIVER: gettext_lazy("Decision delivered"),
    Act.CLOSE: gettext_lazy("Case closed"),
    Act.WITHDRAW: gettext_lazy("Withdrawn"),
}
"""What the applicant is told of. Filing and signing a refusal are the bureau's own until it is issued."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """Something that has happened, and when; not by whom."""

    on: date
    name: Words


class Standing:
    """Where one case stands on a day. Load it `with_clocks`, with `moves` and `told_days`."""

    def __init__(self, case: Case, today: date) -> None:
        self.case = case
        self._today = today
        self._state = state_on(case, today)

    @property
    def stage(self) -> Words:
        return STAGES[self._state][0]

    @property
    def explanation(self) -> Words:
        """The stage in a sentence; of acceptance by silence, why it is so."""
        if self._state == State.ACCEPTED and self._deemed_on is not None:
            return _(
                "Nothing was said to you in time, so that your application counts as accepted as of the day on which "
                "it came in (Administrative Licensing Law, article 32). The department takes it up for review."
            )
        return STAGES[self._state][1]

    @property
    def awaited(self) -> str:
        """What is awaited from whom; empty where nothing is any more."""
        department = self.case.item.department.name
        if self._state in SILENT:
            return _("From the hall: a word on whether everything is there.")
        if self._state == State.NOTIFIED:
            return _("From you: the materials that the notice names.")
        if self._state == State.ACCEPTED:
            return _("From %(department)s: the review and the decision.") % {"department": department}
        if self._state in (State.IN_REVIEW, State.PAUSED):
            return _("From %(department)s: the decision.") % {"department": department}
        if self._state in (State.GRANTED, State.REFUSED):
            return _("From the hall: handing the decision over to you.")
        return ""

    @property
    def is_paused(self) -> bool:
        return self._state == State.PAUSED

    @property
    def pause(self) -> Pause | None:
        """That for which the clock stands still now."""
        return next((pause for pause in self.case.pauses.all() if pause.ended_on is None), None)

    @property
    def is_awaiting_the_applicant(self) -> bool:
        return self._state == State.NOTIFIED

    @cached_property
    def clock(self) -> StageClock | None:
        """By when the bureau must act next; None where it need not."""
        return Clocks(self._today).current(self.case)

    @property
    def due_label(self) -> str:
        """What the clock's day is."""
        if not self.is_paused and not self.is_awaiting_the_applicant:
            return _("At the latest by")
        if self.is_awaiting_the_applicant:
            return _("Was due, before the clock stopped")
        if self.clock is not None and was_overdue_before_its_pause(self.case, self.clock):
            return _("Was due, before the clock stopped")
        return _("If the clock ran again today")

    @property
    def told_otherwise(self) -> date | None:
        """The day that the applicant's paper says, where the calendar has moved it since."""
        clock = self.clock
        if clock is None or clock.is_paused:
            return None
        told = told_days_of(self.case)
        limits = {clock.limit: clock.legal.on}
        if clock.promised is not None:
            limits = {"promise": clock.promised.on}
        return next((told[limit] for limit, on in limits.items() if told.get(limit, on) != on), None)

    @property
    def steps(self) -> list[StepTaken]:
        """What has happened, the first thing first; acceptance by silence as soon as it is so."""
        taken = [StepTaken(move.on, STEPS[Act(move.act)]) for move in self.case.moves.all() if move.act in STEPS]
        if self._deemed_on is not None and not self.case.is_deemed_accepted:
            taken.append(StepTaken(self._deemed_on, STEPS[Act.DEEM]))
        return taken

    @cached_property
    def _deemed_on(self) -> date | None:
        return deemed_accepted_on(self.case, self._today)
