"""Audiences, how wide each is, and what a category's ceiling makes of them."""

from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """To whom a matter is disclosed (公开范围)."""

    PUBLIC = "public", _("the public")
    STAFF = "staff", _("the whole bureau")
    DEPARTMENT = "department", _("own department")
    LEADERS = "leaders", _("leading group")


def is_within(audience: str, ceiling: str) -> bool:
    """Whether everyone of the audience is also of the ceiling."""
    if audience == ceiling or ceiling == Audience.PUBLIC:
        return True
    return ceiling == Audience.STAFF and audience in (Audience.DEPARTMENT, Audience.LEADERS)


def narrowest(audience: str, ceiling: str) -> str | None:
    """The audience that remains below a category's widest one; None where they have nobody in common.

    A category may be narrowed while its matters are live: what was wider then counts as the category's own
    audience. Department and leading group are not comparable, so nobody remains.
    """
    if audience not in Audience.values or ceiling not in Audience.values:
        return None
    if is_within(audience, ceiling):
        return audience
    if is_within(ceiling, audience):
        return ceiling
    return None


@cache
def pairs_giving(audience: str) -> tuple[tuple[str, str], ...]:
    """Every (audience, ceiling) of which `narrowest` makes this audience: the rule turned round for queries."""
    audiences = Audience.values
    return tuple((own, ceiling) for own in audiences for ceiling in audiences if narrowest(own, ceiling) == audience)


def allows_shares(ceiling: str) -> bool:
    """Whether named people and groups may be added: only below a ceiling that holds the whole bureau."""
    return ceiling in (Audience.PUBLIC, Audience.STAFF)
