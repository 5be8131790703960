"""Who keeps the search: the leading group's office, by the permissions of its posts, and superusers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.permission_policies import ModelPermissionPolicy

from intranet.access.tokens import AnyUser

View = Callable[..., HttpResponse]


def keeps_search(user: AnyUser) -> bool:
    """Whether the user keeps synonyms, pins and exclusions today."""
    return user.has_perm("curation.change_synonyms") and user.has_perm("curation.change_queryrule")


def keepers_only(view: View) -> View:
    """The view for those who keep the search; 403 for everybody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if keeps_search(request.user) else render(request, "403.html", status=403)

    return guarded


class NothingVanishes(ModelPermissionPolicy):
    """What was in force stays on record: it is taken out of force with a reason, and never deleted."""

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)
