"""Reader tokens: the short strings by which readers and things meet."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from intranet.organisation.membership import facts_of
from intranet.organisation.models import Department, Post, User


class AnyCadre(AnonymousUser):
    """A cadre who is nobody in particular, by whose eyes an editor looks at a draft; nobody signs in as one.

    With a department one of its cadres, else one of a department that has nothing to do with it.
    """

    def __init__(self, department: str = "") -> None:
        super().__init__()
        self.department = department

    def __str__(self) -> str:
        return str(_("A cadre"))

    @property
    def is_authenticated(self) -> bool:  # type: ignore[override]
        return True

    @property
    def is_anonymous(self) -> bool:  # type: ignore[override]
        return False


AnyUser = User | AnonymousUser

PUBLIC = "public"
STAFF = "staff"
LEADERS = "leaders"


def department_token(code: str) -> str:
    return f"department:{code}"


def group_token(pk: int) -> str:
    return f"group:{pk}"


def user_token(pk: int) -> str:
    return f"user:{pk}"


def tokens_of(user: AnyUser | None) -> frozenset[str]:
    """The tokens that a reader carries now.

    Everybody carries `public`. Who holds a post today carries `staff`, their departments (a section's people
    belong to the department above it too), `leaders` in the leading group, their groups and themselves. An
    account without a post carries no more than a visitor. A superuser carries every audience. `AnyCadre` carries what
    every cadre carries, and nothing that is one person's.
    """
    if isinstance(user, AnyCadre):
        return frozenset({PUBLIC, STAFF} | ({department_token(user.department)} if user.department else set()))
    if not isinstance(user, User) or not user.is_active or user.pk is None:
        return frozenset({PUBLIC})
    tokens = {PUBLIC}
    facts = facts_of(user)
    for post in facts.posts:
        tokens |= {STAFF, department_token(post.code), user_token(user.pk)}
        if post.parent_code:
            tokens.add(department_token(post.parent_code))
        if post.kind in Post.LEADERS or post.unit_kind == Department.Kind.LEADING_GROUP:
            tokens.add(LEADERS)
    if user.is_superuser:
        tokens |= {STAFF, LEADERS, user_token(user.pk)}
        tokens |= {department_token(code) for code in Department.objects.values_list("code", flat=True)}
    if STAFF in tokens:
        tokens |= {group_token(pk) for pk in facts.groups}
    return frozenset(tokens)


def keys_with_prefix(tokens: frozenset[str], prefix: str) -> list[str]:
    """What follows the prefix in the tokens that have it: department codes, primary keys."""
    return sorted(token.removeprefix(prefix) for token in tokens if token.startswith(prefix))
