"""The audit log as the office reads it: filtered, and to take away."""

from typing import Any

import django_filters
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import registry as log_action_registry

from intranet.audit.models import AuditEntry
from intranet.audit.names import names_for
from intranet.audit.recording import record

MAY_VIEW = "audit.view_auditentry"
HEADINGS = {
    "position": _("Place in the chain"),
    "at": _("Moment"),
    "action": _("Act"),
    "person_name": _("Person"),
    "subject_type": _("Kind of thing"),
    "subject": _("Number of the thing"),
    "shown_name": _("Thing"),
    "shown_facts": _("Facts"),
    "seal": _("Seal"),
}


class AuditFilterSet(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=_("Period"), widget=DateRangePickerWidget)
    person_name = django_filters.CharFilter(label=_("Person"), lookup_expr="icontains")
    action = django_filters.CharFilter(label=_("Act"), lookup_expr="icontains")
    subject = django_filters.CharFilter(label=_("Number of the thing"))

    class Meta:
        model = AuditEntry
        fields: list[str] = []


class AuditReport(ReportView):
    """Every act that bears on access, the newest first; what is taken away is an act, too."""

    model = AuditEntry
    page_title = _("Audit log")
    header_icon = "history"
    filterset_class = AuditFilterSet
    default_ordering = "-pk"
    index_url_name = "audit:log"
    index_results_url_name = "audit:log_results"
    list_export = list(HEADINGS)
    export_headings = HEADINGS
    columns = [
        Column("at", label=HEADINGS["at"], accessor=lambda entry: localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")),
        Column("person_name", label=HEADINGS["person_name"]),
        Column("action", label=HEADINGS["action"], accessor=lambda entry: act_in_words(entry.action)),
        Column("shown_name", label=HEADINGS["shown_name"]),
        Column("shown_facts", label=HEADINGS["shown_facts"]),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(MAY_VIEW):
            return permission_denied(request)
        if request.GET.get("export") in ("csv", "xlsx"):
            record("audit.export", person=request.user, facts={"asked": request.GET.urlencode()})
        return super().dispatch(request, *args, **kwargs)

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """A thing that the reader may not know of has a number here, and nothing said of it is told."""
        entries = list(object_list)
        names = names_for(self.request, entries)
        for entry in entries:
            entry.shown_name = names.get(entry.pk) or (f"№ {entry.subject}" if entry.subject else "")
            entry.shown_facts = facts_in_words(entry) if entry.pk in names else ""
        return entries

    def get_filename(self) -> str:
        return "audit-log"


ACTS = {
    "sign_in": _("Signed in"),
    "sign_in.failed": _("Failed to sign in"),
    "sign_in.locked": _("Refused for a while after failing too often"),
    "session.ended": _("Session ended: account closed, last post ended or password changed"),
    "second_factor.added": _("Second factor set up"),
    "second_factor.removed": _("Second factor removed"),
    "post.saved": _("Post entered or changed"),
    "post.deleted": _("Post deleted"),
    "matter.live": _("Went live"),
    "matter.read": _("Read what is the leading group's"),
    "terms.created": _("Terms of a category entered"),
    "terms.changed": _("Terms of a category changed"),
    "terms.deleted": _("Terms of a category deleted"),
    "audit.export": _("Audit log taken away"),
    "secrecy_register.export": _("Register of secrecy reviews taken away"),
    "rights.export": _("Rights table taken away"),
    "matters.export": _("Matters exported"),
    "search_demand.export": _("Report on searches taken away"),
}
"""The acts that Wagtail's log does not know."""


def act_in_words(action: str) -> str:
    """The act in the reader's language; one that nothing here knows any more by its code."""
    if action in ACTS:
        return str(ACTS[action])
    known = log_action_registry.action_exists(action)
    return str(log_action_registry.get_action_label(action)) if known else action


def facts_in_words(entry: AuditEntry) -> str:
    """The facts of an entry in one line; what Wagtail keeps of a workflow by its names alone."""
    told = []
    for name, value in entry.facts.items():
        if name == "workflow" and isinstance(value, dict):
            value = (value.get("task") or {}).get("title") or value.get("title")
        elif isinstance(value, dict | list):
            continue
        if value not in (None, ""):
            told.append(f"{name}: {value}")
    return "; ".join(told)
