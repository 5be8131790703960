"""Why somebody may or may not read a thing, in a sentence.

Whether they may is never decided here: the rule says so, and this says by which of its clauses. `tests/access` holds
each answer equal to `can_read` and each reason true.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Protocol

from django.db.models import F, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from intranet.access.audience import Audience, allows_shares, narrowest
from intranet.access.carriers import people_by_post
from intranet.access.models import Share, ShareQuerySet
from intranet.access.rights import Right, may
from intranet.access.rule import readers_of
from intranet.access.tokens import (
    LEADERS,
    PUBLIC,
    STAFF,
    AnyUser,
    department_token,
    keys_with_prefix,
    tokens_of,
)
from intranet.listed import listed
from intranet.organisation.membership import facts_of
from intranet.organisation.models import Department, User


class State(Enum):
    """Whether a thing is there to be read."""

    LIVE = auto()
    DRAFT = auto()
    EXPIRED = auto()
    WITHDRAWN = auto()


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What the rule asks of a thing with an audience; `shares` are all that were ever given, past ones too."""

    state: State
    audience: str
    ceiling: str | None
    """The widest audience that its category allows today; None without terms."""
    department: Department
    shares: ShareQuerySet
    deciders: Callable[[], QuerySet[User]] = User.objects.none
    """Who decides its open step now."""

    @property
    def within(self) -> str | None:
        """The audience that remains below the ceiling."""
        return narrowest(self.audience, self.ceiling) if self.ceiling else None

    @property
    def is_narrowed(self) -> bool:
        return self.within is not None and self.within != self.audience

    @property
    def counts_shares(self) -> bool:
        return self.ceiling is not None and allows_shares(self.ceiling)


class Explainable(Protocol):
    """A thing that can tell the facts that its readers follow from."""

    def reader_tokens(self) -> frozenset[str]: ...

    def rule_facts(self) -> RuleFacts: ...


class Why(Enum):
    """The clause of the rule that decides."""

    PUBLIC = auto()
    STAFF = auto()
    DEPARTMENT = auto()
    LEADERS = auto()
    SUPERUSER = auto()
    NAMED = auto()
    IN_NAMED_GROUP = auto()

    DRAFT = auto()
    EXPIRED = auto()
    WITHDRAWN = auto()
    NO_TERMS = auto()
    NO_AUDIENCE = auto()
    NOBODY_LEFT = auto()
    VISITOR = auto()
    CLOSED = auto()
    NO_POST = auto()
    SHARE_OVER = auto()
    SHARES_DO_NOT_COUNT = auto()
    OTHER_DEPARTMENT = auto()
    NOT_A_LEADER = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody may read a thing, the clause that decides, and both in words."""

    reads: bool
    why: Why
    text: str
    share: Share | None = None
    """The share that the clause speaks of."""
    is_editors: bool = False
    """Whether somebody who may not read it sees its text all the same, because they work on it."""


def explain(user: AnyUser | None, thing: Explainable) -> Answer:
    """Whether the user may read the thing now, and why; of who may not, whether they see its text by working on it."""
    facts, tokens = thing.rule_facts(), tokens_of(user)
    meeting = readers_of(thing) & tokens
    if not meeting:
        return _or_as_editor(_why_not(user, facts), user, facts)
    if PUBLIC in meeting:
        return Answer(True, Why.PUBLIC, _("Yes: it is for the public, so everybody may read it."))
    assert isinstance(user, User)
    audiences = [token for token in (STAFF, department_token(facts.department.code), LEADERS) if token in meeting]
    if audiences:
        return _by_audience(user, facts, audiences[0])
    share = _shares_of_reader(facts, tokens).in_force().with_names().first()
    assert share is not None
    if share.user_id is not None:
        return Answer(True, Why.NAMED, _("Yes: %(share)s") % {"share": share_in_words(share)}, share)
    text = _("Yes: a member of the group “%(group)s”: %(share)s")
    return Answer(True, Why.IN_NAMED_GROUP, text % {"group": share.group, "share": share_in_words(share)}, share)


def share_in_words(share: Share) -> str:
    """Until when, by whom and why somebody is named, or when that ended."""
    said = {
        "by": share.granted_by or _("somebody who is no longer known"),
        "reason": share.shown_reason,
        "day": day_in_words(share),
    }
    if share.until is None:
        return _("named without an end by %(by)s. Reason: %(reason)s") % said
    return _("named until %(day)s by %(by)s. Reason: %(reason)s") % said


def day_in_words(share: Share) -> str:
    """The share's last day."""
    return date_format(share.until, "DATE_FORMAT") if share.until else _("without an end")


def narrowing_in_words(facts: RuleFacts) -> str:
    """What the category's widest audience makes of the thing's own; empty where it changes nothing."""
    if facts.ceiling is None:
        return _("Its category has no terms today, so nobody may read it.")
    said = {"audience": label_of(facts.audience), "widest": label_of(facts.ceiling)}
    if facts.is_narrowed:
        return (
            _("Its own audience, %(audience)s, is wider than its category allows today. What counts is: %(widest)s.")
            % said
        )
    if facts.audience and facts.within is None:
        return (
            _(
                "Its category allows no wider audience today than %(widest)s, which has nobody in common with its own, "
                "%(audience)s. So nobody may read it."
            )
            % said
        )
    return ""


def label_of(audience: str) -> str:
    return str(Audience(audience).label) if audience in Audience.values else _("nobody yet")


def _by_audience(user: User, facts: RuleFacts, token: str) -> Answer:
    said = {"person": user, "department": facts.department}
    if not _by_post(user, token):
        text = _("Yes: this account is a superuser's, which reads every audience.")
        return Answer(True, Why.SUPERUSER, text)
    if token == STAFF:
        why, text = Why.STAFF, _("Yes: it is for the whole bureau, and %(person)s holds a post today.")
    elif token == LEADERS:
        why, text = Why.LEADERS, _("Yes: it is for the leading group, and %(person)s belongs to it.")
    else:
        why, text = Why.DEPARTMENT, _("Yes: it is for %(department)s, and %(person)s belongs to it.")
    narrowing = narrowing_in_words(facts)
    return Answer(True, why, f"{text % said} {narrowing}".strip())


def _by_post(user: User, token: str) -> bool:
    """Whether a post of today gives the token, and not the rank of a superuser alone."""
    return not user.is_superuser or people_by_post(token).filter(pk=user.pk).exists()


def _why_not(user: AnyUser | None, facts: RuleFacts) -> Answer:
    states = {
        State.DRAFT: (Why.DRAFT, _("No: it is not live. Nobody reads it but its editors.")),
        State.EXPIRED: (Why.EXPIRED, _("No: it has expired. Nobody reads it but its editors.")),
        State.WITHDRAWN: (
            Why.WITHDRAWN,
            _("No: it was withdrawn. Whoever could read it is told so; nobody reads it but its editors."),
        ),
    }
    if facts.state in states:
        why, text = states[facts.state]
        return Answer(False, why, text)
    if facts.ceiling is None:
        return Answer(False, Why.NO_TERMS, _("No: its category has no terms today, so nobody may read it."))
    if not isinstance(user, User):
        text = _("No: it is not for the public, and a visitor has no account.")
        return Answer(False, Why.VISITOR, text)
    if not user.is_active:
        return Answer(False, Why.CLOSED, _("No: the account of %(person)s is closed.") % {"person": user})
    if not facts_of(user).posts and not user.is_superuser:
        text = _("No: %(person)s holds no post today, so the account reads what the public reads and no more.")
        return Answer(False, Why.NO_POST, text % {"person": user})
    return _why_not_by_share(user, facts) or _why_not_by_audience(user, facts)


def _or_as_editor(answer: Answer, user: AnyUser | None, facts: RuleFacts) -> Answer:
    """The answer to who is no reader, in other words where they see the text in the admin."""
    if not isinstance(user, User):
        return answer
    if may(user, Right.DRAFT_MATTERS, facts.department):
        text = _("Not as a reader, but as its editor: %(person)s drafts for %(department)s.")
    elif facts.deciders().filter(pk=user.pk).exists():
        text = _("Not as a reader, but as its editor: %(person)s decides the step that it has come to.")
    elif user.is_superuser:
        text = _("Not as a reader, but as its editor: this account is a superuser's, which opens every matter.")
    else:
        return answer
    return replace(answer, text=text % {"person": user, "department": facts.department}, is_editors=True)


def _why_not_by_share(user: User, facts: RuleFacts) -> Answer | None:
    """A share that does not count, or no more: it is what the reader will ask about."""
    own = _shares_of_reader(facts, tokens_of(user)).with_names()
    if share := own.in_force().first():
        text = _(
            "No: the category allows no wider audience today than %(widest)s, so this share does not count: %(share)s"
        )
        said = {"share": share_in_words(share), "widest": label_of(facts.ceiling or "")}
        return Answer(False, Why.SHARES_DO_NOT_COUNT, text % said, share)
    if share := own.over().first():
        return Answer(False, Why.SHARE_OVER, _("No: %(end)s") % {"end": end_in_words(share)}, share)
    return None


def end_in_words(share: Share) -> str:
    """When and how a share ended that is over."""
    if share.ended_by is not None and share.ended_at is not None:
        said = {"moment": date_format(localtime(share.ended_at), "DATETIME_FORMAT"), "by": share.ended_by}
        return _("the share was ended on %(moment)s by %(by)s.") % said
    if share.until is not None:
        return _("the share ended with its last day, %(day)s.") % {"day": day_in_words(share)}
    return _("the share was ended.")


def _why_not_by_audience(user: User, facts: RuleFacts) -> Answer:
    if not facts.audience:
        return Answer(False, Why.NO_AUDIENCE, _("No: it has no audience yet."))
    said = {"person": user, "department": facts.department, "units": _units_of(user)}
    if facts.within is None:
        return Answer(False, Why.NOBODY_LEFT, _("No: %(why)s") % {"why": narrowing_in_words(facts)})
    if facts.within == Audience.LEADERS:
        why, text = Why.NOT_A_LEADER, _("No: it is for the leading group, and %(person)s belongs to %(units)s.")
    else:
        why, text = Why.OTHER_DEPARTMENT, _("No: it is for %(department)s, and %(person)s belongs to %(units)s.")
    return Answer(False, why, f"{text % said} {narrowing_in_words(facts)}".strip())


def _units_of(user: User) -> str:
    units = Department.objects.filter(pk__in=[post.department_id for post in facts_of(user).posts])
    return listed(units)


def _shares_of_reader(facts: RuleFacts, tokens: frozenset[str]) -> ShareQuerySet:
    """Those that name the reader, or a group of the reader's, the person's own first and then the newest."""
    own = facts.shares.held_by(
        people=map(int, keys_with_prefix(tokens, "user:")), groups=map(int, keys_with_prefix(tokens, "group:"))
    )
    return own.order_by(F("group").asc(nulls_first=True), "-granted_at", "-pk")
