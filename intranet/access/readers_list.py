"""All who may read a thing, in one list, each with the clause of the rule that lets them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.access.carriers import members_of, people_by_post
from intranet.access.explaining import Explainable, RuleFacts, State, narrowing_in_words, share_in_words
from intranet.access.models import Share
from intranet.access.rights import Right, holders
from intranet.access.rule import readers_of
from intranet.access.tokens import LEADERS, PUBLIC, STAFF, department_token, tokens_of, user_token
from intranet.organisation.models import User


@dataclass(frozen=True, slots=True)
class Entry:
    """Some of a thing's readers: by which clause, and who."""

    clause: str
    people: Sequence[User] = ()
    """By name, in the order of names; of the whole bureau the number alone is told."""
    number: int | None = None
    """How many, where that is known."""
    why: str = ""
    is_public: bool = False
    is_by_name: bool = False
    """Whether the clause itself says who."""
    is_of_editors: bool = False
    """Whether it names no readers, but those who see the text because they work on it."""


def entries(thing: Explainable) -> list[Entry]:
    """All who may read the thing now, and who works on it; where nobody may, the one entry says why, too."""
    facts, readers = thing.rule_facts(), readers_of(thing)
    if facts.state != State.LIVE:
        return [_editors(facts, _("It is not live: nobody reads it but its editors."))]
    if PUBLIC in readers:
        return [Entry(_("The public: everybody, without signing in."), is_public=True)]
    found = [*_by_audience(facts, readers), *_by_name(facts, readers)]
    if found:
        return [*found, _editors(facts, _("Those who work on it, and see its text in the admin"))]
    return [_editors(facts, narrowing_in_words(facts) or _("Nobody may read it: it has no audience."))]


def _editors(facts: RuleFacts, clause: str) -> Entry:
    drafters, deciders = holders(Right.DRAFT_MATTERS, facts.department), facts.deciders()
    why = _("Its editors draft for %(department)s, or decide the step that it has come to.")
    people = User.objects.filter(Q(pk__in=drafters.values("pk")) | Q(pk__in=deciders.values("pk")))
    return replace(_entry(clause, people, why=why % {"department": facts.department}), is_of_editors=True)


def _by_audience(facts: RuleFacts, readers: frozenset[str]) -> Iterator[Entry]:
    why = narrowing_in_words(facts)
    own = department_token(facts.department.code)
    if STAFF in readers:
        number = people_by_post(STAFF).count()
        everyone = ngettext(
            "The whole bureau: the one person who holds a post today.",
            "The whole bureau: the %(number)s people who hold a post today.",
            number,
        )
        yield Entry(everyone % {"number": number}, number=number, why=why)
    if LEADERS in readers:
        yield _entry(_("The leading group"), people_by_post(LEADERS), why=why)
    if own in readers:
        department = _("The department: %(department)s") % {"department": facts.department}
        yield _entry(department, people_by_post(own), why=why)
    if not readers.isdisjoint({STAFF, LEADERS, own}):
        yield _entry(
            _("Superusers, who keep the portal running and read every audience"),
            User.objects.filter(is_active=True, is_superuser=True),
        )


def _by_name(facts: RuleFacts, readers: frozenset[str]) -> Iterator[Entry]:
    """Named ones that the readers hold: a share that does not count is no entry."""
    if not facts.counts_shares:
        return
    for share in facts.shares.in_force().with_names().order_by("group", "granted_at", "pk"):
        if share.user is not None and user_token(share.user.pk) in readers:
            yield _of_person(share, share.user)
        elif share.group is not None:
            named = _("By group: %(group)s") % {"group": share.group}
            yield _entry(named, members_of(share.group), why=share_in_words(share))


def _of_person(share: Share, person: User) -> Entry:
    named = _("By name: %(person)s") % {"person": person}
    if user_token(person.pk) in tokens_of(person):
        return Entry(named, people=(person,), number=1, why=share_in_words(share), is_by_name=True)
    gives_nothing = _("It gives nothing: the person holds no post today, or the account is closed.")
    return Entry(named, number=0, why=f"{gives_nothing} {share_in_words(share)}")


def _entry(clause: str, people: QuerySet[User], *, why: str = "") -> Entry:
    by_name = tuple(people.order_by("last_name", "first_name", "username"))
    return Entry(clause, people=by_name, number=len(by_name), why=why)
