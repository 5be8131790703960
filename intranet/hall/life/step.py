"""One move of a case: locked, checked, made, written down, told; or refused, and then nothing has changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.access.handling import Actor, actors_of
from intranet.access.rights import Right
from intranet.access.standing_in import in_whose_place
from intranet.audit.recording import record
from intranet.hall.deemed import deemed_accepted_on, state_on
from intranet.hall.life.table import MOVES, TELLING, Need, Rule
from intranet.hall.models.cases import Case, State
from intranet.hall.models.moves import Act, Move
from intranet.hall.refusals import MoveRefused
from intranet.hall.told import keep_what_is_told
from intranet.listed import listed
from intranet.organisation.models import User


def reasons_against(case: Case, act: Act, *, by: User, today: date | None = None) -> list[str]:
    """Why the person may not do this to the case now, whatever they say with it: its state, or who they are.

    The same words for a greyed button and for the refusal. `item.department` should be loaded.
    """
    return _reasons(case, act, actors_of(by, case.item.department), state_on(case, today or timezone.localdate()))


def _reasons(case: Case, act: Act, actors: frozenset[Actor], state: State) -> list[str]:
    rule = MOVES[act]
    reasons = []
    if not actors & rule.who:
        reasons.append(_words_for_strangers(rule))
    if state not in rule.start:
        said = {"number": case.number, "state": state.label, "act": act.label}
        reasons.append(_("Case %(number)s is %(state)s; “%(act)s” is not possible then.") % said)
        if state != case.state:
            reasons.append(_("Nothing was said in time, so that it counts as accepted."))
    return reasons


def moves_open_to(case: Case, by: User, today: date | None = None) -> list[Act]:
    """What the person can do to the case now, in the order of its life."""
    actors, state = actors_of(by, case.item.department), state_on(case, today or timezone.localdate())
    return [act for act in MOVES if not _reasons(case, act, actors, state)]


@dataclass(slots=True)
class Step:
    """A move that is being made on the locked case. Collect every reason first, then `complete`."""

    case: Case
    act: Act
    by: User
    on: date
    reason: str
    document_number: str
    reasons: list[str] = field(default_factory=list)

    def refuse_where(self, is_wrong: bool, words: str) -> None:
        """Refuse the move with these words, if it is so."""
        if is_wrong:
            self.reasons.append(words)

    def refuse_naming(self, things: Iterable[object], words: str) -> None:
        """Refuse the move where there is any of these; the words have a place for their `names`."""
        if names := [str(each) for each in things]:
            self.reasons.append(words % {"names": listed(names)})

    def check(self) -> None:
        """Raises `MoveRefused` with every reason that was found so far."""
        if self.reasons:
            raise MoveRefused(self.reasons)

    def complete(self, *changed: str) -> Case:
        """Save the case in its new state with these fields, write the move down, keep what it tells."""
        self.check()
        before = State(self.case.state)
        self.case.state = MOVES[self.act].end or before
        self.case.save(update_fields=["state", *changed])
        write_down(
            self.case,
            self.act,
            before=before,
            on=self.on,
            by=self.by,
            reason=self.reason,
            document_number=self.document_number,
        )
        return self.case


def begin(
    case: Case, act: Act, *, by: User, on: date | None = None, reason: str = "", document_number: str = ""
) -> Step:
    """Lock the case and check what holds for every move; its day is today unless said, and never before the last one.

    What silence has decided meanwhile is written down first. Raises `MoveRefused`. Within a transaction.
    """
    today = timezone.localdate()
    case = Case.objects.select_for_update(of=("self",)).select_related("item__department", "version").get(pk=case.pk)
    if reasons := reasons_against(case, act, by=by, today=today):
        raise MoveRefused(reasons)
    write_down_silence(case, today)
    step = Step(case, act, by, on or today, reason.strip(), document_number.strip())
    needs = MOVES[act].needs
    step.refuse_where(Need.REASON in needs and not step.reason, _("Give the reason."))
    step.refuse_where(
        Need.DOCUMENT in needs and not step.document_number, _("Give the number of the written document.")
    )
    step.refuse_where(step.on > today, _("This day lies in the future."))
    last = Move.objects.filter(case=case).exclude(act=Act.DEEM).order_by("-on").values_list("on", flat=True).first()
    step.refuse_where(
        last is not None and step.on < last,
        _("This day lies before the last thing that happened to the case, on %(day)s.") % {"day": last},
    )
    return step


def write_down_silence(case: Case, today: date) -> None:
    """Write down that a locked case was accepted by silence, where it was; by nobody."""
    day = deemed_accepted_on(case, today)
    if case.is_deemed_accepted or day is None:
        return
    before = State(case.state)
    case.state, case.accepted_on, case.is_deemed_accepted = State.ACCEPTED, day, True
    case.save(update_fields=["state", "accepted_on", "is_deemed_accepted"])
    write_down(case, Act.DEEM, before=before, on=day, by=None)


def write_down(
    case: Case,
    act: Act,
    *,
    before: State | str,
    on: date,
    by: User | None,
    reason: str = "",
    document_number: str = "",
) -> None:
    """Append the move to the case and to the audit log; where it tells the applicant due days, keep these.

    The audit log is read by people who read no case: of what was said only the document's number goes there.
    """
    absent = _in_place_of(case, act, by)
    Move.objects.create(
        case=case,
        act=act,
        from_state=before,
        to_state=case.state,
        on=on,
        by=by,
        in_place_of=absent,
        reason=reason,
        document_number=document_number,
    )
    facts = {"from": str(before), "to": case.state, "on": on, "document": document_number, "in_place_of": absent}
    record(f"hall.{act.value}", thing=case, person=by, facts={name: said for name, said in facts.items() if said})
    if act in TELLING:
        keep_what_is_told(Case.objects.with_clocks().get(pk=case.pk), timezone.localdate())


def _in_place_of(case: Case, act: Act, by: User | None) -> str:
    """The names of the absent in whose place somebody acts as head; none for who is head."""
    if by is None or act not in MOVES or MOVES[act].who != frozenset({Actor.HEAD}):
        return ""
    return in_whose_place(by, Right.DECIDE_CASES, case.item.department)


def _words_for_strangers(rule: Rule) -> str:
    if rule.who == frozenset({Actor.HEAD}):
        return _("Only the head of the item's department does this, or who stands in for the head.")
    if Actor.CLERK in rule.who:
        return _("Only the hall's clerks and the handlers of the item's department do this.")
    return _("Only the handlers of the item's department do this.")
