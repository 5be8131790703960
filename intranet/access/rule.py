"""The one rule: a reader and a thing meet in a token.

Three shapes of the same rule: `can_read` for one thing, `readable_by` on querysets (`restricted_q` makes their
condition), and `readers_of`, which is what the search index stores. `tests/access` holds them equal.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Protocol, runtime_checkable

from django.db.models import Q

from intranet.access.audience import Audience, allows_shares, narrowest, pairs_giving
from intranet.access.models import Share
from intranet.access.tokens import (
    LEADERS,
    PUBLIC,
    STAFF,
    AnyUser,
    department_token,
    group_token,
    keys_with_prefix,
    tokens_of,
    user_token,
)

NOBODY: frozenset[str] = frozenset()


@runtime_checkable
class Readable(Protocol):
    """A thing that knows the facts the rule needs and answers with its readers."""

    def reader_tokens(self) -> frozenset[str]: ...


def readers_of(thing: object) -> frozenset[str]:
    """The tokens of those who may read the thing now; none for a thing the rule knows nothing of."""
    return thing.reader_tokens() if isinstance(thing, Readable) else NOBODY


def can_read(user: AnyUser | None, thing: object) -> bool:
    """Whether the user may read the thing now."""
    readers = readers_of(thing)
    return bool(readers) and not readers.isdisjoint(tokens_of(user))


def are_leaders_alone(readers: frozenset[str]) -> bool:
    """Whether a thing with these readers is the leading group's, and no wider circle's; named readers do not count.

    To read such a thing is an act that is recorded.
    """
    departments = keys_with_prefix(readers, department_token(""))
    return LEADERS in readers and readers.isdisjoint({PUBLIC, STAFF}) and not departments


def restricted_readers(
    *, audience: str, ceiling: str | None, department_code: str, shares: Callable[[], Iterable[str]]
) -> frozenset[str]:
    """The readers of a live thing with an audience, below the ceiling of its category.

    `shares` fetches the `user:` and `group:` tokens named for it; they count only below a ceiling that holds the
    whole bureau, and add nobody to what everybody may read.
    """
    if ceiling is None:
        return NOBODY
    within = narrowest(audience, ceiling)
    if within == Audience.PUBLIC:
        return frozenset({PUBLIC})
    readers = set(shares()) if allows_shares(ceiling) else set()
    match within:
        case Audience.STAFF:
            readers.add(STAFF)
        case Audience.LEADERS:
            readers.add(LEADERS)
        case Audience.DEPARTMENT:
            readers.add(department_token(department_code))
    return frozenset(readers)


def restricted_q(
    tokens: frozenset[str], *, ceiling_q: Callable[[list[str]], Q], shared_model: tuple[str, str], day: date
) -> Q:
    """`restricted_readers` on this day as a condition on a model with `visibility` and `department`.

    `ceiling_q(ceilings)` is the condition that the thing's ceiling is one of these; `shared_model` is the
    (app label, model name) under which shares are kept. The number of clauses is fixed by the rule, whatever the
    number of things, departments or shares.
    """
    either = []
    for audience, token in ((Audience.PUBLIC, PUBLIC), (Audience.STAFF, STAFF), (Audience.LEADERS, LEADERS)):
        if token in tokens:
            either.append(_audience_q(audience, ceiling_q))
    if codes := keys_with_prefix(tokens, department_token("")):
        either.append(_audience_q(Audience.DEPARTMENT, ceiling_q) & Q(department__code__in=codes))
    people, groups = (list(map(int, keys_with_prefix(tokens, prefix))) for prefix in ("user:", "group:"))
    if people or groups:
        shares = Share.objects.of_kind(*shared_model).in_force(day).held_by(people=people, groups=groups)
        ceilings = [ceiling for ceiling in Audience.values if allows_shares(ceiling)]
        either.append(Q(pk__in=shares.order_by().values("object_id")) & ceiling_q(ceilings))
    return reduce(or_, either) if either else Q(pk__in=[])


def _audience_q(audience: str, ceiling_q: Callable[[list[str]], Q]) -> Q:
    ceilings: dict[str, list[str]] = defaultdict(list)
    for own, ceiling in pairs_giving(audience):
        ceilings[own].append(ceiling)
    return reduce(or_, (Q(visibility=own) & ceiling_q(below) for own, below in ceilings.items()))


__all__ = [
    "NOBODY",
    "are_leaders_alone",
    "can_read",
    "group_token",
    "readers_of",
    "restricted_q",
    "restricted_readers",
    "tokens_of",
    "user_token",
]
