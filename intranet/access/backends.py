"""Authentication whose permissions follow today's posts."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Model, QuerySet

from intranet.access.rights import may
from intranet.organisation.membership import groups_of, synchronise
from intranet.organisation.models import Department, User


class PostBackend(ModelBackend):
    """Model permissions through the groups of today's posts; object permissions on departments.

    `get_user` runs once a request: there the person's group rows are brought in line with the posts of the
    day, so that Wagtail's own queries, which join these rows, see a post end on the day it ends.
    """

    def get_user(self, user_id: int) -> User | None:
        user = super().get_user(user_id)
        if user is not None:
            synchronise(user)
        return user

    def _get_group_permissions(self, user_obj: User) -> QuerySet[Permission]:
        return Permission.objects.filter(group__in=groups_of(user_obj))

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        if isinstance(obj, Department):
            return may(user_obj, perm.rpartition(".")[2], obj)
        return super().has_perm(user_obj, perm, obj)
