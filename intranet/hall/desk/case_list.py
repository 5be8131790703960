"""The list of cases, for who handles them or decides on them."""

from typing import Any

import django_filters
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from intranet.access.handling import reads_cases, receives_at_all
from intranet.hall.case_links import address_of
from intranet.hall.clocks import Clocks
from intranet.hall.due import Light, awaited
from intranet.hall.due_cases.finding import due_cases
from intranet.hall.finding import cases_found, is_identifier, items_found
from intranet.hall.item_field import BY_WORDS
from intranet.hall.models import Case, ServiceItem, State
from intranet.hall.models.cases import CaseQuerySet
from intranet.hall.search import Indexed, cases_in_index
from intranet.organisation.models import User
from intranet.organisation.working_days import WorkingCalendar

DUE = [
    (Light.OVERDUE.value, _("overdue")),
    (Light.OVERRUN.value, _("paused longer than told")),
    (Light.TODAY.value, _("due today")),
    (Light.SOON.value, _("due within two working days")),
]


def _clerks(request: HttpRequest) -> QuerySet[User]:
    """Who received a case; `Exists` looks for one of each, where a list of all cases' clerks would be read whole."""
    return User.objects.filter(Exists(Case.objects.readable_by(request.user).filter(clerk=OuterRef("pk"))))


class CaseFilterSet(WagtailFilterSet):
    state_today = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)
    due = django_filters.ChoiceFilter(label=_("Due"), choices=DUE, method="filter_due")
    item = django_filters.CharFilter(label=_("Service item"), method="filter_item", help_text=BY_WORDS)
    clerk = django_filters.ModelChoiceFilter(label=_("Received by"), queryset=_clerks)

    class Meta:
        model = Case
        fields: tuple[str, ...] = ()

    def filter_item(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """By words: a list to choose from would have thousands of items on every page."""
        return cases.filter(item__in=[item.pk for item in items_found(ServiceItem.objects.all(), value)])

    def filter_due(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Days due are no column: they are counted for each case whose clock runs. The oldest first."""
        found = [due.case.pk for due in due_cases(cases) if due.light == value]
        return cases.filter(pk__in=found).order_by("received_on", "pk")


class DueColumn(Column):
    cell_template_name = "hall/desk/due_cell.html"


class CaseList(BaseListingView):
    """The cases that the person reads, the newest first."""

    model = Case
    page_title = _("Cases")
    header_icon = "folder-open-inverse"
    template_name = "hall/desk/case_list.html"
    results_template_name = "hall/desk/case_list_results.html"
    index_url_name = "window:cases"
    index_results_url_name = "window:cases_results"
    filterset_class = CaseFilterSet
    is_searchable = True
    default_ordering = ("-received_on", "-pk")
    paginate_by = 50
    verbose_name_plural = Case._meta.verbose_name_plural
    columns = [
        TitleColumn("number", label=_("Case number"), get_url=address_of),
        Column("item", label=_("Service item"), accessor="item.name"),
        Column("shown_applicant", label=_("Applicant")),
        Column("subject", label=_("Subject")),
        Column("shown_state", label=_("State")),
        DueColumn("awaited", label=_("Awaited and due")),
        Column("clerk", label=_("Received by")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not reads_cases(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not receives_at_all(self.request.user):
            return []
        return [HeaderButton(_("Receive an application"), url=reverse("window:receive"), icon_name="plus")]

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Read once a request."""
        return WorkingCalendar()

    def get_base_queryset(self) -> CaseQuerySet:
        cases = Case.objects.readable_by(self.request.user)
        return cases.as_of(calendar=self.calendar).with_clocks(own_stages=False).select_related("clerk")

    def search_queryset(self, queryset: CaseQuerySet) -> CaseQuerySet:
        if not self.is_searching:
            return queryset
        return cases_found(queryset, self.search_query, indexed=self.indexed.pks)

    @cached_property
    def indexed(self) -> Indexed:
        """What the index has of the words; an identifier is looked for in the database alone."""
        words = self.search_query if self.is_searching else ""
        return Indexed() if is_identifier(words) else cases_in_index(words, by=self.request.user)

    def paginate_queryset(self, queryset: CaseQuerySet, page_size: int) -> tuple[Paginator, Page, list[Case], bool]:
        paginator, page, found, is_paginated = super().paginate_queryset(queryset, page_size)
        clocks = Clocks(calendar=self.calendar)
        cases: list[Any] = list(found)
        for case in cases:
            case.awaited = awaited(case, clocks)
            case.shown_state = clocks.state(case).label
        page.object_list = cases
        return paginator, page, cases, is_paginated
