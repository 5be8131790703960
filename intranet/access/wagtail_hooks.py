"""Registrations in the Wagtail admin: absences, and how acts of access stand in the log."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from intranet.access import delegation_views
from intranet.access.people_chooser import people_chooser
from intranet.access.rights import answers_for_all, decides, works_at_the_desk
from intranet.access.rights_views import RightsTable, ask_before_saving
from intranet.audit.wording import register_act, register_facts
from intranet.organisation.models import Post


class AbsencesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return decides(request.user) or answers_for_all(request.user)


@hooks.register("register_admin_urls")
def access_urls() -> list:
    patterns = [
        path("", delegation_views.absences, name="index"),
        path("<int:delegation_id>/end/", delegation_views.end_absence, name="end"),
    ]
    rights = [path("", RightsTable.as_view(), name="table")]
    return [
        path("rights/", include((rights, "rights"), namespace="rights")),
        path("absences/", include((patterns, "absence"), namespace="absence")),
    ]


@hooks.register("before_create_snippet")
def ask_before_creating_post(request: HttpRequest, model: type) -> HttpResponse | None:
    return ask_before_saving(request, None) if model is Post else None


@hooks.register("before_edit_snippet")
def ask_before_changing_post(request: HttpRequest, instance: object) -> HttpResponse | None:
    return ask_before_saving(request, instance) if isinstance(instance, Post) else None


class RightsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return works_at_the_desk(request.user)


@hooks.register("register_reports_menu_item")
def rights_item() -> MenuItem:
    return RightsItem(
        gettext_lazy("Who may do what"), reverse_lazy("rights:table"), name="rights", icon_name="group", order=680
    )


@hooks.register("register_admin_menu_item")
def absences_item() -> MenuItem:
    return AbsencesItem(
        gettext_lazy("Absences"), reverse_lazy("absence:index"), name="absences", icon_name="calendar-alt", order=320
    )


@hooks.register("register_admin_viewset")
def choosers() -> Any:
    return people_chooser


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action("gongkai.share")
    class ShareAct(LogFormatter):
        label = gettext_lazy("Share")

        def format_message(self, log_entry: Any) -> str:
            named = _("Named as reader: %(name)s") % {"name": log_entry.data.get("with", "")}
            return f"{named}{_terms_in_words(log_entry.data)}"

    @actions.register_action("gongkai.prolong_share")
    class Prolong(LogFormatter):
        label = gettext_lazy("Change the last day of a share")

        def format_message(self, log_entry: Any) -> str:
            said = {
                "name": log_entry.data.get("with", ""),
                "before": log_entry.data.get("from") or _("without an end"),
                "after": log_entry.data.get("until") or _("without an end"),
            }
            return _("Named as reader until %(after)s, no longer %(before)s: %(name)s") % said

    @actions.register_action("gongkai.unshare")
    class Unshare(LogFormatter):
        label = gettext_lazy("End sharing")

        def format_message(self, log_entry: Any) -> str:
            return _("No longer named as reader: %(name)s") % {"name": log_entry.data.get("with", "")}

    register_act(
        actions,
        "gongkai.delegate",
        gettext_lazy("Name stand-in"),
        gettext_lazy("Stands in from %(from)s to %(until)s: %(to)s"),
    )

    actions.register_action(
        "gongkai.end_delegation", gettext_lazy("End a delegation"), gettext_lazy("Delegation ended early")
    )
    register_act(actions, "sign_in", gettext_lazy("Signed in"))
    register_act(actions, "sign_in.failed", gettext_lazy("Failed to sign in"))
    register_act(
        actions,
        "session.ended",
        gettext_lazy("Session ended: account closed, last post ended or password changed"),
    )
    register_act(actions, "rights.export", gettext_lazy("Rights table taken away"))
    named = {"with": gettext_lazy("named reader"), "until": gettext_lazy("last day")}
    register_facts("gongkai.share", "gongkai.unshare", facts=named)
    register_facts("gongkai.prolong_share", facts={**named, "from": gettext_lazy("last day before")})
    register_facts(
        "gongkai.delegate",
        "gongkai.end_delegation",
        facts={
            "to": gettext_lazy("stand-in"),
            "from": gettext_lazy("first day"),
            "until": gettext_lazy("last day"),
        },
    )


def _terms_in_words(data: dict[str, Any]) -> str:
    """Last day and reason of a share, of which the log knows nothing where it is older than they are."""
    if "reason" not in data:
        return ""
    said = {"day": data.get("until") or _("without an end"), "reason": data["reason"]}
    return _(" (last day: %(day)s; reason: %(reason)s)") % said
