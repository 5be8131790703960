"""Registrations in the Wagtail admin."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from intranet.audit.wording import Fact, register_act, register_facts
from intranet.organisation import closing_views
from intranet.organisation.closing import reasons_against_changing, reasons_against_closing, reasons_against_opening
from intranet.organisation.models import Department, Post, User
from intranet.organisation.panels import CalendarPanel, VacanciesPanel
from intranet.organisation.viewsets import OrganisationGroup

register_snippet(OrganisationGroup)


@hooks.register("construct_homepage_panels", order=300)
def warn_of_what_is_missing(request: HttpRequest, panels: list[Any]) -> None:
    panels += [VacanciesPanel(), CalendarPanel()]


@hooks.register("register_admin_urls")
def people_urls() -> list:
    patterns = [
        path("<int:pk>/close/", closing_views.close, name="close"),
        path("<int:pk>/open/", closing_views.open_again, name="open"),
    ]
    return [path("people/", include((patterns, "people"), namespace="people"))]


@hooks.register("register_user_listing_buttons")
def account_buttons(user: User, request_user: User) -> Iterator[Button]:
    if not reasons_against_closing(user, by=request_user):
        yield Button(_("Close account"), url=reverse("people:close", args=[user.pk]), icon_name="lock", priority=50)
    if not reasons_against_opening(user, by=request_user):
        yield Button(_("Open account"), url=reverse("people:open", args=[user.pk]), icon_name="lock-open", priority=50)


@hooks.register("before_edit_user")
def refuse_a_superusers_account(request: HttpRequest, user: User) -> None:
    """Who could give a superuser another password would be one."""
    if reasons_against_changing(user, by=request.user):  # type: ignore[arg-type]
        raise PermissionDenied


@hooks.register("before_bulk_action")
def refuse_bulk_actions_on_people(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Groups follow from posts, and accounts are closed one by one, on a screen that says what ends."""
    if User in action.models:
        raise PermissionDenied


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("gongkai.close_account", _("Close account"), _("Account closed, posts ended"))
    actions.register_action("gongkai.open_account", _("Open account"), _("Account opened again"))
    register_act(actions, "post.saved", _("Post entered or changed"))
    register_act(actions, "post.deleted", _("Post deleted"))
    register_facts(
        "gongkai.close_account",
        facts={"forgotten": _("personal details removed"), "groups": _("taken out of the groups")},
    )
    register_facts(
        "post",
        facts={
            "holder": _("holder of the post"),
            "department": Fact(_("department"), _names_of_departments),
            "kind": Fact(_("post"), dict(Post.Kind.choices)),
            "from": _("first day"),
            "to": _("last day"),
        },
    )


def _names_of_departments() -> dict[str, str]:
    return {department.code: department.name for department in Department.objects.all()}
