"""Named readers: people and groups who may read one thing besides its audience."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model
from guardian.models import GroupObjectPermission, UserObjectPermission
from guardian.shortcuts import assign_perm, remove_perm
from wagtail.log_actions import log

from intranet.access.tokens import group_token, user_token
from intranet.organisation.models import User


def share_tokens(model: type[Model], pk: int | None, right: str) -> frozenset[str]:
    """The tokens of the people and groups named as readers of the model's thing with this primary key."""
    named = {
        "permission__content_type__app_label": model._meta.app_label,
        "permission__content_type__model": model._meta.model_name,
        "permission__codename": right,
        "object_pk": str(pk),
    }
    people = UserObjectPermission.objects.filter(**named).values_list("user_id", flat=True)
    groups = GroupObjectPermission.objects.filter(**named).values_list("group_id", flat=True)
    return frozenset({*map(user_token, people), *map(group_token, groups)})


@transaction.atomic
def grant(thing: Model, right: str, *, to: User | Group, by: User | None) -> None:
    """Name a person or a group as reader of the thing; logged."""
    assign_perm(right, to, thing)
    log(instance=thing, action="gongkai.share", user=by, data={"with": str(to)})


@transaction.atomic
def revoke(thing: Model, right: str, *, of: User | Group, by: User | None) -> None:
    """Take the name off again; logged. It holds at the doors at once."""
    remove_perm(right, of, thing)
    log(instance=thing, action="gongkai.unshare", user=by, data={"with": str(of)})
