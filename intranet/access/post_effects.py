"""What changing a post changes, before it is saved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from intranet.access.rights import Given, Right, given_by_posts
from intranet.access.rights_table import LABELS
from intranet.organisation.groups import opens_the_desk
from intranet.organisation.models import Department, Post, User

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to what one person may do, from a day on; each line is a right and its department."""

    person: User
    on: date
    gained: Sequence[str]
    lost: Sequence[str]
    opens_desk: bool
    closes_desk: bool
    joins_leaders: bool
    leaves_leaders: bool

    @property
    def is_none(self) -> bool:
        return not (
            self.gained or self.lost or self.opens_desk or self.closes_desk or self.joins_leaders or self.leaves_leaders
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What saving a post does: to its holder, to its former holder, and to the department that it is of."""

    effects: Sequence[Effect]
    without_head: Sequence[Department]
    without_liaison: Sequence[Department]
    with_several_heads: Sequence[Department]


def change_by(after: Post, before: Post | None) -> Change:
    """What saving `after` in the place of `before` (None where it is a new post) changes, from which day on."""
    today = timezone.localdate()
    day = max(today, after.starts_on)
    if after.ends_on is not None and after.ends_on < day:
        day = today
    turning = {today, day, *(each for post in (after, before) if post is not None for each in _turning_days(post))}
    days = sorted(each for each in turning if each >= today)
    people = [after.person] if before is None or before.person_id == after.person_id else [before.person, after.person]
    units = {post.department_id: post.department for post in (after, before) if post is not None}
    given = given_by_posts(*Right)
    effects = [effect for person in people for effect in _effects_on(person, days, day, after, given)]
    return Change(
        effects=effects,
        without_head=_left_without(units.values(), days, day, after, Post.Kind.HEAD),
        without_liaison=_left_without(units.values(), days, day, after, Post.Kind.LIAISON),
        with_several_heads=[unit for unit in units.values() if len(_holders(unit, day, after, Post.Kind.HEAD)) > 1],
    )


def _turning_days(post: Post) -> list[date]:
    """The days from which on the post gives something else than on the day before."""
    ends_on = post.ends_on
    return [post.starts_on] if ends_on is None or ends_on == date.max else [post.starts_on, ends_on + A_DAY]


def _effects_on(person: User, days: Sequence[date], day: date, changed: Post, given: Given) -> list[Effect]:
    """What is another than before, from the first such day on; that of `day` alone where nothing is."""
    found: list[Effect] = []
    for each in days:
        effect = _effect_on(person, each, changed, given)
        if replace(effect, on=each) != (replace(found[-1], on=each) if found else _no_effect(person, each)):
            found.append(effect)
    return found or [_no_effect(person, day)]


def _no_effect(person: User, day: date) -> Effect:
    return Effect(person, day, [], [], opens_desk=False, closes_desk=False, joins_leaders=False, leaves_leaders=False)


def _effect_on(person: User, day: date, changed: Post, given: Given) -> Effect:
    before = list(Post.objects.in_office(day).of_person(person).select_related("department"))
    after = [post for post in before if post.pk != changed.pk]
    if changed.person_id == person.pk and _is_held(changed, day):
        after.append(changed)
    had, has = (_rights(posts, given) for posts in (before, after))
    return Effect(
        person=person,
        on=day,
        gained=_told(has - had),
        lost=_told(had - has),
        opens_desk=_at_desk(after) and not _at_desk(before),
        closes_desk=_at_desk(before) and not _at_desk(after),
        joins_leaders=_leads(after) and not _leads(before),
        leaves_leaders=_leads(before) and not _leads(after),
    )


def _is_held(post: Post, day: date) -> bool:
    return post.starts_on <= day and (post.ends_on is None or post.ends_on >= day)


def _rights(posts: Iterable[Post], given: Given) -> frozenset[tuple[str, int]]:
    return frozenset(pair for post in posts for pair in given(post.department_id, post.kind))


def _at_desk(posts: Iterable[Post]) -> bool:
    return any(opens_the_desk(Post.roles_of(post.kind), post.department.kind) for post in posts)


def _leads(posts: Iterable[Post]) -> bool:
    return any(post.is_of_leaders for post in posts)


def _told(pairs: Iterable[tuple[str, int]]) -> list[str]:
    names = {department.pk: department.name for department in Department.objects.all()}
    order = list(Right)
    lines = sorted(pairs, key=lambda pair: (names[pair[1]], order.index(Right(pair[0]))))
    return [f"{names[department]}: {LABELS[Right(right)]}" for right, department in lines]


def _left_without(
    units: Iterable[Department], days: Sequence[date], day: date, changed: Post, kind: str
) -> list[Department]:
    """Those that have nobody of the kind on `day`, and those that on another of the days lose who they would have."""
    found = []
    for unit in units:
        lost = any(_lacking([unit], each, changed, kind) and _has(unit, each, kind) for each in days)
        found += [unit] if lost else _lacking([unit], day, changed, kind)
    return found


def _has(unit: Department, day: date, kind: str) -> bool:
    """Whether somebody holds such a post as things are stored."""
    return Post.objects.in_office(day).filter(department=unit, kind=kind).exists()


def _lacking(units: Iterable[Department], day: date, changed: Post, kind: str) -> list[Department]:
    proper = (unit for unit in units if unit.kind == Department.Kind.DEPARTMENT)
    return [unit for unit in proper if not _holders(unit, day, changed, kind)]


def _holders(unit: Department, day: date, changed: Post, kind: str) -> set[int]:
    posts = Post.objects.in_office(day).filter(department=unit, kind=kind).exclude(pk=changed.pk)
    people = set(posts.values_list("person_id", flat=True))
    if changed.department_id == unit.pk and changed.kind == kind and _is_held(changed, day):
        people.add(changed.person_id)
    return people
