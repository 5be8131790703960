"""Named readers: people and groups who may read one thing besides its audience."""

from collections import defaultdict
from collections.abc import Collection

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
    return share_tokens_of_each(model, [pk], right)[pk]


def share_tokens_of_each(
    model: type[Model], pks: Collection[int | None], right: str
) -> dict[int | None, frozenset[str]]:
    """`share_tokens` of many things of the model by their primary keys, in one query."""
    named = {
        "permission__content_type__app_label": model._meta.app_label,
        "permission__content_type__model": model._meta.model_name,
        "permission__codename": right,
        "object_pk__in": [str(pk) for pk in pks],
    }
    people = UserObjectPermission.objects.filter(**named).order_by().annotate(holder=Value("user"))
    groups = GroupObjectPermission.objects.filter(**named).order_by().annotate(holder=Value("group"))
    rows = people.values_list("object_pk", "holder", "user_id").union(
        groups.values_list("object_pk", "holder", "group_id")
    )
    tokens: dict[str, set[str]] = defaultdict(set)
    for thing, holder, key in rows:
        tokens[thing].add(user_token(key) if holder == "user" else group_token(key))
    return {pk: frozenset(tokens.get(str(pk), ())) for pk in pks}


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
