"""The moves that a case may make: from where to where, by whom, and what each needs. The one place that says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from intranet.access.handling import Actor
from intranet.hall.deemed import SILENT
from intranet.hall.models.cases import OPEN, State
from intranet.hall.models.moves import Act


class Need(Enum):
    """What has to be said with a move."""

    REASON = auto()
    DOCUMENT = auto()
    """The number of a written document."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When and by whom an act is done."""

    start: frozenset[State]
    end: State | None
    """Where it leads; None where the case stays where it is."""
    who: frozenset[Actor]
    needs: frozenset[Need] = frozenset()


WINDOW = frozenset({Actor.CLERK, Actor.HANDLER})
DEPARTMENT = frozenset({Actor.HANDLER})
HEAD = frozenset({Actor.HEAD})

MOVES: Mapping[Act, Rule] = {
    Act.NOTIFY: Rule(frozenset(SILENT), State.NOTIFIED, WINDOW),
    Act.SUPPLEMENT: Rule(frozenset({State.NOTIFIED}), State.SUPPLEMENTED, WINDOW),
    Act.ACCEPT: Rule(frozenset(SILENT), State.ACCEPTED, WINDOW),
    Act.NOT_ACCEPT: Rule(
        frozenset({State.RECEIVED, State.NOTIFIED, State.SUPPLEMENTED}),
        State.NOT_ACCEPTED,
        WINDOW,
        frozenset({Need.REASON, Need.DOCUMENT}),
    ),
    Act.TAKE_IN: Rule(frozenset({State.ACCEPTED, State.IN_REVIEW, State.PAUSED}), None, WINDOW),
    Act.BEGIN: Rule(frozenset({State.ACCEPTED}), State.IN_REVIEW, DEPARTMENT),
    Act.PAUSE: Rule(frozenset({State.IN_REVIEW}), State.PAUSED, DEPARTMENT, frozenset({Need.REASON, Need.DOCUMENT})),
    Act.RESUME: Rule(frozenset({State.PAUSED}), State.IN_REVIEW, DEPARTMENT),
    Act.EXTEND: Rule(frozenset({State.ACCEPTED, State.IN_REVIEW}), None, HEAD, frozenset({Need.REASON, Need.DOCUMENT})),
    Act.FILE: Rule(frozenset({State.IN_REVIEW}), None, DEPARTMENT),
    Act.SIGN: Rule(frozenset({State.IN_REVIEW}), None, HEAD),
    Act.UNSIGN: Rule(frozenset({State.IN_REVIEW}), None, HEAD, frozenset({Need.REASON})),
    Act.GRANT: Rule(frozenset({State.IN_REVIEW}), State.GRANTED, DEPARTMENT, frozenset({Need.DOCUMENT})),
    Act.REFUSE: Rule(frozenset({State.IN_REVIEW}), State.REFUSED, DEPARTMENT, frozenset({Need.DOCUMENT})),
    Act.DELIVER: Rule(frozenset({State.GRANTED, State.REFUSED}), State.DELIVERED, WINDOW),
    Act.CLOSE: Rule(frozenset({State.DELIVERED}), State.CLOSED, WINDOW),
    Act.WITHDRAW: Rule(
        frozenset(OPEN),
        State.WITHDRAWN,
        WINDOW,
        frozenset({Need.REASON}),
    ),
}
"""Receipt (`receiving.py`) makes a case, and silence (`deemed.py`) accepts one: neither is anybody's move on it."""

TELLING: frozenset[Act] = frozenset(
    {
        Act.RECEIVE, Act.NOTIFY, Act.SUPPLEMENT, Act.ACCEPT, Act.DEEM, Act.PAUSE, Act.RESUME, Act.EXTEND,
        Act.GRANT, Act.REFUSE,
    }
)  # fmt: skip
"""The acts that give the applicant a paper or change a limit: from then on the days of that moment count as told. No
other act stands for that, or the next of them would make a change of the calendar be forgotten (`told.differing`)."""
