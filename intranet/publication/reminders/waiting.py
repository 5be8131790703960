"""Of what each person is to be reminded today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from intranet.access.rights import NOBODY, Right, holders_and_stand_ins, holders_by_department
from intranet.organisation.models import Department, Post
from intranet.publication.awaiting import OpenStep, open_steps
from intranet.publication.desk.bureau import Overdue, overdue_of, unmanned_of
from intranet.publication.desk.held_back import HeldBack, held_back
from intranet.publication.desk.undisclosed import Stage, Undisclosed, undisclosed
from intranet.publication.looking_again import DueLook, due_looks
from intranet.publication.models import WithdrawalAtOnce, WithdrawalRequest
from intranet.publication.reminders.parts import Part, parts_by_person
from intranet.publication.withdrawal_requests import open_requests

AUTHORS = frozenset({"soon", "next", "overdue"})
"""When a liaison officer is told of a draft: from five working days before its deadline on."""
DECIDERS = frozenset({"next", "overdue"})
"""When whoever decides is told of a step: from two working days before the deadline on; of a debt, at once."""


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """What waits in a department for which nobody in office drafts; by number, as the office is told of drafts."""

    department: Department
    drafts: frozenset[int]
    looks: frozenset[int]


@dataclass(slots=True)
class Waiting:
    """What waits for one person, the oldest deadline first in each list."""

    drafts: list[Undisclosed] = field(default_factory=list)
    """To be submitted: drafts and what came back."""
    steps: list[OpenStep] = field(default_factory=list)
    """To be decided."""
    held_back: list[HeldBack] = field(default_factory=list)
    """Approved and not live at their moment: for who drafts and who approves."""
    overdue: Sequence[Overdue] = ()
    """Late anywhere in the bureau, by department and category: for the office."""
    unmanned: Sequence[OpenStep] = ()
    """Steps that nobody else in office decides: for the office."""
    left_alone: Sequence[LeftAlone] = ()
    """What waits where nobody drafts any more: for the office."""

    looks: list[DueLook] = field(default_factory=list)
    """To be looked at again."""
    withdrawals: list[WithdrawalRequest] = field(default_factory=list)
    """Withdrawals that somebody else has asked for, to be decided."""
    at_once: list[WithdrawalAtOnce] = field(default_factory=list)
    """Withdrawals made at once, to be confirmed by the office."""
    parts: list[Part] = field(default_factory=list)
    """What other apps know of."""

    @property
    def count(self) -> int:
        """Matters, each once, and the things of other apps."""
        return self._matters + sum(len(part.lines) for part in self.parts)

    @property
    def _matters(self) -> int:
        named = {one.matter.pk for one in self.drafts} | {step.matter.pk for step in (*self.steps, *self.unmanned)}
        named |= {look.matter.pk for look in self.looks} | {one.matter.pk for one in self.held_back}
        named |= {asked.matter_id for asked in self.withdrawals} | {made.matter_id for made in self.at_once}
        named = named.union(*(group.drafts | group.looks for group in self.left_alone))
        return len(named.union(*(group.matters for group in self.overdue)))


def waiting_by_person() -> Mapping[int, Waiting]:
    """What waits for each person today, by the account's primary key; in a fixed number of queries."""
    found: dict[int, Waiting] = defaultdict(Waiting)
    everywhere = Department.objects.all()
    rows, steps = undisclosed(everywhere), open_steps(everywhere)
    authors = _authors()
    drafts = [row for row in rows if _is_to_be_told(row)]
    looks = due_looks(everywhere, ahead=0)
    for row in drafts:
        for person in authors.get(row.matter.department_id, ()):
            found[person].drafts.append(row)
    for step in steps:
        is_urgent = step.due is not None and step.due.urgency in DECIDERS
        if (is_urgent or step.is_debt or step.corrects) and not step.is_changed:
            for person in step.deciders.keys:
                found[person].steps.append(step)
    for look in looks:
        for person in authors.get(look.matter.department_id, ()):
            found[person].looks.append(look)
    if held := held_back():
        approvers = _approvers()
        for one in held:
            department = one.matter.department_id
            for person in authors.get(department, NOBODY) | approvers.get(department, NOBODY):
                found[person].held_back.append(one)
    for asked, deciders in open_requests():
        for person in deciders.keys:
            found[person].withdrawals.append(asked)
    _tell_the_office(found, rows, steps, left_alone(drafts, looks, authors))
    for person, part in parts_by_person():
        found[person].parts.append(part)
    return found


def _is_to_be_told(row: Undisclosed) -> bool:
    """What somebody sent back and no deadline will bring up waits for its author alone: a new version, for one."""
    if row.stage == Stage.RETURNED and row.due is None:
        return True
    return row.stage in (Stage.DRAFT, Stage.RETURNED) and row.urgency in AUTHORS


def left_alone(
    drafts: Iterable[Undisclosed], looks: Iterable[DueLook], authors: Mapping[int, frozenset[int]]
) -> list[LeftAlone]:
    """The departments for whose drafts and looks nobody is there, and how many of them wait."""
    waiting: dict[Department, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for kind, matters in enumerate(([one.matter for one in drafts], [one.matter for one in looks])):
        for matter in matters:
            if not authors.get(matter.department_id):
                waiting[matter.department][kind].add(matter.pk)
    return [LeftAlone(department, *map(frozenset, kinds)) for department, kinds in waiting.items()]


def _authors() -> dict[int, frozenset[int]]:
    """Whom each department's drafts wait for: its liaison officers, else whoever may draft for it."""
    liaisons: dict[int, set[int]] = defaultdict(set)
    held = Post.objects.in_office().filter(kind=Post.Kind.LIAISON, person__is_active=True)
    for department, person in held.values_list("department_id", "person_id"):
        liaisons[department].add(person)
    drafting = holders_by_department(Right.DRAFT_MATTERS)[Right.DRAFT_MATTERS]
    return drafting | {department: frozenset(people) for department, people in liaisons.items()}


def _approvers() -> dict[int, frozenset[int]]:
    """Who approves each department's matters, and who does so in the place of somebody absent."""
    holders, stand_ins = holders_and_stand_ins(Right.APPROVE_MATTERS)
    absent = stand_ins[Right.APPROVE_MATTERS]
    return {
        department: people | frozenset(absent.get(department, ()))
        for department, people in holders[Right.APPROVE_MATTERS].items()
    }


def _tell_the_office(
    found: dict[int, Waiting],
    rows: Iterable[Undisclosed],
    steps: Iterable[OpenStep],
    alone: Sequence[LeftAlone],
) -> None:
    overdue, unmanned = overdue_of(rows), unmanned_of(steps)
    at_once = list(WithdrawalAtOnce.objects.unconfirmed().select_related("matter__department", "matter__category"))
    if not (overdue or unmanned or at_once or alone):
        return
    holders = holders_by_department(Right.APPROVE_FOR_OFFICE)[Right.APPROVE_FOR_OFFICE]
    for office in Department.objects.offices().values_list("pk", flat=True):
        for person in holders.get(office, ()):
            found[person].overdue = overdue
            found[person].unmanned = unmanned
            found[person].left_alone = alone
            found[person].at_once = [made for made in at_once if made.by_id != person]
