"""Named readers: people and groups who may read one thing besides its audience."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model, Value
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
    people = UserObjectPermission.objects.filter(**named).order_by().annotate(holder=Value("user"))
    groups = GroupObjectPermission.objects.filter(**named).order_by().annotate(holder=Value("group"))
    rows = people.values_list("holder", "user_id").union(groups.values_list("holder", "group_id"))
    return frozenset(user_token(pk) if holder == "user" else group_token(pk) for holder, pk in rows)


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
