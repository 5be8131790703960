"""Who carries a reader token today: `tokens_of` turned round. `tests/access` holds the two equal."""

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from intranet.access.tokens import LEADERS, STAFF
from intranet.organisation.models import DepartmentGroup, Post, User


def people_by_post(token: str) -> QuerySet[User]:
    """The people with an open account to whom a post of today gives the token; nobody for `public`, which is no
    person's."""
    people = User.objects.filter(is_active=True)
    held = Post.objects.in_office()
    kind, _colon, key = token.partition(":")
    if kind == STAFF:
        return people.filter(pk__in=held.values("person"))
    if kind == LEADERS:
        return people.filter(pk__in=held.leaders().values("person"))
    if kind == "department":
        own = held.filter(Q(department__code=key) | Q(department__parent__code=key))
        return people.filter(pk__in=own.values("person"))
    if kind == "user":
        return people.filter(pk=int(key), pk__in=held.values("person"))
    if kind == "group":
        return people.filter(pk__in=held.values("person")) & _members(int(key))
    return people.none()


def people_carrying(token: str) -> QuerySet[User]:
    """Everybody who carries the token today, by a post or as a superuser; see `people_by_post`."""
    kind, _colon, key = token.partition(":")
    superusers = User.objects.filter(is_active=True, is_superuser=True)
    if kind == "user":
        superusers = superusers.filter(pk=int(key))
    elif kind == "group":
        superusers &= _members(int(key))
    elif kind not in (STAFF, LEADERS, "department"):
        return User.objects.none()
    return User.objects.filter(Q(pk__in=people_by_post(token).values("pk")) | Q(pk__in=superusers.values("pk")))


def members_of(group: Group) -> QuerySet[User]:
    """Those of the group's members who carry its token today."""
    return people_carrying(f"group:{group.pk}")


def _members(group: int) -> QuerySet[User]:
    """Who is in the group: by a post of today where a department owns it, else by name."""
    owned = DepartmentGroup.objects.filter(group=group).first()
    if owned is None:
        return User.objects.filter(pk__in=User.objects.filter(groups=group).values("pk"))
    kinds = [kind for kind in Post.Kind if owned.role in Post.roles_of(kind)]
    held = Post.objects.in_office().filter(department=owned.department_id, kind__in=kinds)
    return User.objects.filter(pk__in=held.values("person"))
