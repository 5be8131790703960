"""The audit log as the office reads it: filtered, and to take away."""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from intranet.audit.acts import acts_to_choose_from
from intranet.audit.models import AuditEntry
from intranet.audit.names import names_for
from intranet.audit.recording import record
from intranet.audit.wording import Telling, act_in_words, facts_as_recorded
from intranet.periods import period

MAY_VIEW = "audit.view_auditentry"
HEADINGS = {
    "position": _("Place in the chain"),
    "at": _("Moment"),
    "action": _("Code of the act"),
    "shown_act": _("Act"),
    "person_name": _("Person"),
    "subject_type": _("Kind of thing"),
    "subject": _("Number of the thing"),
    "shown_name": _("Thing"),
    "shown_facts": _("Facts"),
    "recorded_facts": _("Facts as recorded"),
    "seal": _("Seal"),
}


class AuditFilterSet(WagtailFilterSet):
    at = period(_("Period"))
    person_name = django_filters.CharFilter(label=_("Person"), lookup_expr="icontains")
    action = django_filters.ChoiceFilter(label=_("Act"))
    subject = django_filters.CharFilter(label=_("Number of the thing"))

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["action"].extra["choices"] = acts_to_choose_from()


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
        Column("shown_person", label=HEADINGS["person_name"]),
        Column("shown_act", label=HEADINGS["shown_act"]),
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
        names, telling = names_for(self.request, entries), Telling()
        accounts = get_user_model().objects.in_bulk({entry.person for entry in entries if entry.person is not None})
        for entry in entries:
            entry.shown_person = _shown_person(entry, accounts.get(entry.person))
            told = entry.facts if entry.pk in names else {}
            entry.shown_act = act_in_words(entry.action)
            entry.shown_name = names.get(entry.pk) or (f"№ {entry.subject}" if entry.subject else "")
            entry.shown_facts = telling.in_words(entry.action, told)
            entry.recorded_facts = facts_as_recorded(told)
        return entries

    def get_filename(self) -> str:
        return "audit-log"


def _shown_person(entry: AuditEntry, account: Any) -> str:
    """The name of who did it, with the account's of the day; or that the portal, a command or a stranger did."""
    if not entry.person_name:
        return gettext("no account")
    name = str(account) if account is not None else entry.person_name
    if name == entry.person_name:
        return name
    return gettext("%(name)s (%(account)s)") % {"name": name, "account": entry.person_name}
