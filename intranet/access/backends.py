"""Authentication whose permissions follow today's posts."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Model, QuerySet

from intranet.access.rights import may
from intranet.organisation.membership import facts_of, has_left, keep_for_this_request
from intranet.organisation.models import Department, User


class PostBackend(ModelBackend):
    """Model permissions through the groups of today's posts; object permissions on departments.

    A permission of a person's own counts for nothing: what somebody may do follows from a post or a group.

    `get_user` runs once a request: there the person's group rows are brought in line with the posts of the
    day, so that Wagtail's own queries, which join these rows, see a post end on the day it ends.
    """

    def get_user(self, user_id: int) -> User | None:
        # The admin asks for the profile on every page: the language and the theme are in it.
        user = User.objects.select_related("wagtail_userprofile").filter(pk=user_id, is_active=True).first()
        if user is None:
            return None
        keep_for_this_request(user)
        return None if has_left(user) else user

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and not has_left(user)

    def _get_user_permissions(self, user_obj: User) -> QuerySet[Permission]:
        return Permission.objects.none()

    def _get_group_permissions(self, user_obj: User) -> QuerySet[Permission]:
        return Permission.objects.filter(group__in=facts_of(user_obj).groups)

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        if isinstance(obj, Department):
            return may(user_obj, perm.rpartition(".")[2], obj)
        return super().has_perm(user_obj, perm, obj)
