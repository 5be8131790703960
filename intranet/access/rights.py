"""Who may do what: object permissions on departments, held through posts alone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from guardian.models import GroupObjectPermission

from intranet.organisation.groups import ON_DEPARTMENTS, opens_the_desk
from intranet.organisation.membership import facts_of
from intranet.organisation.models import Delegation, Department, Post, User

NOBODY: frozenset[int] = frozenset()


class Right(StrEnum):
    """The permissions on a department, as `Department.Meta.permissions` has them."""

    READ_INTERNAL = "read_internal"
    DRAFT_MATTERS = "draft_matters"
    REVIEW_SECRECY = "review_secrecy"
    APPROVE_MATTERS = "approve_matters"
    APPROVE_FOR_OFFICE = "approve_for_office"
    HANDLE_CASES = "handle_cases"
    DECIDE_CASES = "decide_cases"
    HANDLE_HEARINGS = "handle_hearings"


DECIDING = (Right.APPROVE_MATTERS, Right.REVIEW_SECRECY, Right.APPROVE_FOR_OFFICE, Right.DECIDE_CASES)
"""The rights by which somebody decides, and that are delegated during an absence."""

Holders = dict[str, dict[int, frozenset[int]]]
"""Who holds a right on a department: `{right: {department: people}}`."""
StandIns = dict[str, dict[int, dict[int, frozenset[int]]]]
"""Who decides in whose place: `{right: {department: {delegate: those who are absent}}}`."""
Given = Callable[[int, str], list[tuple[str, int]]]
"""Pairs of right and department that a post gives, by its department and kind."""

KEPT = "_rights_of_this_request"
KEPT_WITH_DELEGATIONS = "_deciding_rights_of_this_request"


def rights_of(user: User | AnonymousUser) -> Mapping[str, frozenset[int]]:
    """The departments on which the user holds each right by a post of today, by primary keys.

    Read once for an account that was loaded for a request, as its posts are. Superusers hold none of these: deciding
    on a matter is an office, and an office is a post.
    """
    if not isinstance(user, User) or not user.is_active:
        return {}
    facts = facts_of(user)
    kept = getattr(user, KEPT, None)
    if kept is not None and kept[0] is facts:
        return kept[1]
    found: dict[str, set[int]] = defaultdict(set)
    rows = GroupObjectPermission.objects.filter(**ON_DEPARTMENTS, group__in=facts.groups)
    for right, key in rows.values_list("permission__codename", "object_pk"):
        found[right].add(int(key))
    rights = {right: frozenset(keys) for right, keys in found.items()}
    setattr(user, KEPT, (facts, rights))
    return rights


def holds(user: User | AnonymousUser, right: str) -> bool:
    """Whether the user holds the right on any department today."""
    return bool(rights_of(user).get(right))


def may(user: User | AnonymousUser, right: str, department: Department) -> bool:
    """Whether the user holds the right on the department today."""
    return department.pk in rights_of(user).get(right, NOBODY)


def departments_where(user: User | AnonymousUser, right: str) -> QuerySet[Department]:
    """The departments on which the user holds the right today."""
    return Department.objects.filter(pk__in=rights_of(user).get(right, NOBODY))


def holders(right: str, department: Department, *, on: date | None = None) -> QuerySet[User]:
    """The people who hold the right on the department on the day (today unless said)."""
    people = holders_by_department(right, on=on)[right].get(department.pk, NOBODY)
    return User.objects.filter(pk__in=people, is_active=True)


def holders_by_department(*rights: str, on: date | None = None) -> Holders:
    """For each of the rights, who holds it on each department by a post of the day (today unless said), by keys."""
    return holders_and_stand_ins(*rights, on=on)[0]


def holders_and_stand_ins(*rights: str, on: date | None = None) -> tuple[Holders, StandIns]:
    """Who holds each of the rights on each department by a post of the day (today unless said), and who decides in
    whose place: `{delegate: those who are absent}`; all by keys. Two queries.
    """
    held: dict[str, dict[int, set[int]]] = {right: defaultdict(set) for right in rights}
    given = given_by_posts(*rights)
    posts = list(Post.objects.held_by_open_accounts(on).with_stand_ins(on))
    for department, kind, person, _delegate in posts:
        for right, over in given(department, kind):
            held[right][over].add(person)
    holders = {right: {over: frozenset(people) for over, people in each.items()} for right, each in held.items()}
    return holders, _stand_ins(rights, given, [post for post in posts if post[-1] is not None])


def deciders(right: str, department: int, held: Holders, stand_ins: StandIns) -> frozenset[int]:
    """Who decides on the department, by the answers of `holders_and_stand_ins`: the holders, and in whose place."""
    return held[right].get(department, NOBODY) | stand_ins[right].get(department, {}).keys()


def stand_ins_by_department(*rights: str, on: date | None = None) -> StandIns:
    """The stand-ins of `holders_and_stand_ins`: one query, and one more where anybody is absent."""
    rows = Delegation.objects.in_force(on).order_by()
    absences = list(rows.values_list("post__department_id", "post__kind", "post__person_id", "delegate_id"))
    return _stand_ins(rights, given_by_posts(*rights) if absences else lambda department, kind: [], absences)


def _stand_ins(rights: Iterable[str], given: Given, absences: Iterable[tuple[int, str, int, int]]) -> StandIns:
    """Of absences as department and kind of the post, its holder, the delegate."""
    found: StandIns = {right: defaultdict(dict) for right in rights}
    for department, kind, absent, delegate in absences:
        for right, over in given(department, kind):
            stand_ins = found[right][over]
            stand_ins[delegate] = stand_ins.get(delegate, NOBODY) | {absent}
    return found


def given_by_posts(*rights: str) -> Given:
    """What a post of a kind in a department gives of these rights: pairs of right and department. One query."""
    rows = GroupObjectPermission.objects.filter(**ON_DEPARTMENTS, permission__codename__in=rights)
    owners = rows.exclude(group__department_group=None).values_list(
        "permission__codename", "object_pk", "group__department_group__department_id", "group__department_group__role"
    )
    by_role: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
    for right, key, department, role in owners:
        by_role[department, role].append((right, int(key)))

    def given(department: int, kind: str) -> list[tuple[str, int]]:
        return [pair for role in Post.roles_of(kind) for pair in by_role.get((department, role), [])]

    return given


def deciding_rights_of(user: User | AnonymousUser) -> Mapping[str, frozenset[int]]:
    """`rights_of`, and what the user decides today in the place of somebody absent. Read once a request, like it."""
    own = rights_of(user)
    if not isinstance(user, User) or not user.is_active:
        return own
    kept = getattr(user, KEPT_WITH_DELEGATIONS, None)
    if kept is not None and kept[0] is own:
        return kept[1]
    rights = dict(own)
    for right, departments in stand_ins_by_department(*DECIDING).items():
        over = {department for department, stand_ins in departments.items() if user.pk in stand_ins}
        if over:
            rights[right] = rights.get(right, NOBODY) | over
    setattr(user, KEPT_WITH_DELEGATIONS, (own, rights))
    return rights


def decides(user: User | AnonymousUser) -> bool:
    """Whether the user decides anything at all today, by a post or in the place of somebody absent."""
    rights = deciding_rights_of(user)
    return any(rights.get(right) for right in DECIDING)


def may_decide(user: User | AnonymousUser, right: str, department: Department) -> bool:
    """`may`, or in the place of somebody absent who may."""
    return department.pk in deciding_rights_of(user).get(right, NOBODY)


def works_at_the_desk(user: User | AnonymousUser) -> bool:
    """Whether the user works in the admin: by a post that drafts, reviews, approves, handles cases or keeps lists."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_superuser:
        return True
    posts = facts_of(user).posts
    return any(opens_the_desk(post.roles, post.unit_kind) for post in posts)


def people_at_the_desk() -> QuerySet[User]:
    """`works_at_the_desk` as a queryset, superusers without a post left out."""
    opening = Q(pk__in=[])
    for unit_kind in Department.Kind:
        kinds = [kind for kind in Post.Kind if opens_the_desk(Post.roles_of(kind), unit_kind)]
        opening |= Q(kind__in=kinds, department__kind=unit_kind)
    held = Post.objects.in_office().filter(opening)
    return User.objects.filter(is_active=True, pk__in=held.values("person"))


def posts_that_decide() -> QuerySet[Post]:
    """The posts not over yet that decide on matters: what can be delegated."""
    given = given_by_posts(*DECIDING)
    posts = Post.objects.not_over().filter(person__is_active=True)
    keys = [pk for pk, department, kind in posts.values_list("pk", "department_id", "kind") if given(department, kind)]
    return Post.objects.filter(pk__in=keys).select_related("person", "department")


def is_office(user: User | AnonymousUser) -> bool:
    """Whether the user acts for the leading group's office today: its staff and its heads."""
    return holds(user, Right.APPROVE_FOR_OFFICE)


def answers_for_all(user: User | AnonymousUser) -> bool:
    """Whether the user answers for the whole bureau today: the leading group's office, and superusers."""
    return bool(user.is_superuser) or is_office(user)
