"""Who may do what, as one table: person, department, right, and what it comes from."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from guardian.models import GroupObjectPermission
from wagtail.models import ModelLogEntry

from intranet.access.rights import DECIDING, Given, Right, given_by_posts
from intranet.organisation.groups import ON_DEPARTMENTS
from intranet.organisation.models import Delegation, Department, Post, User

LABELS = {
    Right.READ_INTERNAL: gettext_lazy("reads internal matters"),
    Right.DRAFT_MATTERS: gettext_lazy("drafts"),
    Right.REVIEW_SECRECY: gettext_lazy("reviews secrecy"),
    Right.APPROVE_MATTERS: gettext_lazy("approves as head"),
    Right.APPROVE_FOR_OFFICE: gettext_lazy("approves for the office"),
    Right.HANDLE_CASES: gettext_lazy("handles cases"),
    Right.DECIDE_CASES: gettext_lazy("extends cases and signs refusals"),
    Right.HANDLE_HEARINGS: gettext_lazy("handles hearings"),
}
"""What each right lets somebody do, in a word."""


class Source(StrEnum):
    """What a right comes from."""

    POST = "post"
    DELEGATION = "delegation"
    GROUP = "group"
    SUPERUSER = "superuser"


@dataclass(frozen=True, slots=True)
class Holding:
    """What one person may do in one department on one ground."""

    person: User
    department: Department | None
    """None for a superuser, who keeps the system everywhere."""
    rights: frozenset[str]
    source: Source
    since: date | None
    until: date | None
    by: str
    """Who entered it, empty where nobody did in the admin."""
    ground: str
    """The post, the delegation or the group, in words."""

    @property
    def why(self) -> str:
        """The whole explanation, in a sentence."""
        days = {"since": _day(self.since), "until": _day(self.until)}
        told = self.ground
        if self.since and self.until:
            told = _("%(ground)s, from %(since)s to %(until)s") % {"ground": told, **days}
        elif self.since:
            told = _("%(ground)s, since %(since)s") % {"ground": told, **days}
        return _("%(ground)s; entered by %(person)s") % {"ground": told, "person": self.by} if self.by else told


def rights_table(on: date | None = None, *, people: Iterable[int] | None = None) -> list[Holding]:
    """Everything that anybody may do on the day (today unless said), ordered by person and department.

    `people` keeps it to these accounts. What a right lets its holder read is the access rule's; this is what they may
    do. In a fixed number of queries.
    """
    departments, given = {department.pk: department for department in Department.objects.all()}, given_by_posts(*Right)
    found = [
        *_by_posts(on, departments, given),
        *_by_delegations(on, departments, given),
        *_by_groups(departments),
        *_by_superusers(),
    ]
    wanted = None if people is None else set(people)
    kept = [holding for holding in found if wanted is None or holding.person.pk in wanted]
    return sorted(kept, key=_order)


def _by_posts(on: date | None, departments: Mapping[int, Department], given: Given) -> Iterator[Holding]:
    posts = list(Post.objects.held_by_open_accounts(on).select_related("person", "department"))
    entered = _entered_by(posts)
    for post in posts:
        for department, rights in _grouped(given(post.department_id, post.kind)).items():
            yield Holding(
                person=post.person,
                department=departments[department],
                rights=rights,
                source=Source.POST,
                since=post.starts_on,
                until=post.ends_on,
                by=entered.get(post.pk, ""),
                ground=_("%(post)s of %(department)s")
                % {"post": post.get_kind_display(), "department": post.department.name},
            )


def _by_delegations(on: date | None, departments: Mapping[int, Department], given: Given) -> Iterator[Holding]:
    rows = Delegation.objects.in_force(on).select_related("delegate", "post__person", "post__department", "entered_by")
    for row in rows:
        for department, rights in _grouped(given(row.post.department_id, row.post.kind), DECIDING).items():
            yield Holding(
                person=row.delegate,
                department=departments[department],
                rights=rights,
                source=Source.DELEGATION,
                since=row.starts_on,
                until=row.ends_on,
                by=str(row.entered_by or ""),
                ground=_("in the place of %(person)s") % {"person": row.post.person},
            )


def _by_groups(departments: Mapping[int, Department]) -> Iterator[Holding]:
    """Groups that no department owns: nobody needs one, so that whatever is here was made by hand."""
    granted = GroupObjectPermission.objects.filter(**ON_DEPARTMENTS, group__department_group=None)
    rights: dict[tuple[int, str, int], set[str]] = defaultdict(set)
    for group, name, key, right in granted.values_list("group", "group__name", "object_pk", "permission__codename"):
        rights[group, name, int(key)].add(right)
    members: dict[int, list[User]] = defaultdict(list)
    keys = {group for group, _name, _over in rights}
    for person in User.objects.filter(groups__in=keys, is_active=True).annotate(of_group=F("groups")):
        members[person.of_group].append(person)
    for (group, name, over), some in rights.items():
        words = _("group %(name)s") % {"name": name}
        for person in members[group]:
            yield Holding(person, departments[over], frozenset(some), Source.GROUP, None, None, "", words)


def _by_superusers() -> Iterator[Holding]:
    for person in User.objects.filter(is_superuser=True, is_active=True):
        words = _("superuser: keeps the system and reads everything; decides on nothing without a post")
        yield Holding(person, None, frozenset(), Source.SUPERUSER, None, None, "", words)


def _grouped(pairs: Sequence[tuple[str, int]], wanted: Container[str] = frozenset(Right)) -> dict[int, frozenset[str]]:
    rights: dict[int, set[str]] = defaultdict(set)
    for right, department in pairs:
        if right in wanted:
            rights[department].add(right)
    return {department: frozenset(some) for department, some in rights.items()}


def _entered_by(posts: Sequence[Model]) -> dict[int, str]:
    """Who changed each of them last in the admin, by primary key."""
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Post), object_id__in=[str(post.pk) for post in posts]
    )
    rows = entries.exclude(user=None).select_related("user").order_by("timestamp")
    return {int(entry.object_id): str(entry.user) for entry in rows}


def _order(holding: Holding) -> tuple:
    department = holding.department
    place = (department.position, department.code) if department else (-1, "")
    return (str(holding.person), holding.person.pk, *place, holding.source)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
