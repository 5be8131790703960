"""What the registers share: who reads them, filters, the printed page, and that taking one away is logged."""

import unicodedata
from itertools import product
from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button

from intranet.access.handling import reach_of, reads_cases
from intranet.audit.recording import record
from intranet.hall.models.items import ServiceItem
from intranet.organisation.models import Department

ON_PAPER = 2000
"""Rows on one printed register, which says what it leaves out; a year of a bureau has fewer."""
EXPORTED = "hall.register.export"


def items_read_by(request: HttpRequest | None) -> QuerySet[ServiceItem]:
    """The items whose cases the reader reads."""
    if request is None:
        return ServiceItem.objects.none()
    reach = reach_of(request.user)
    items = ServiceItem.objects.all()
    return items if reach.everywhere else items.filter(department__in=reach.departments)


def departments_read_by(request: HttpRequest | None) -> QuerySet[Department]:
    """The departments with items whose cases the reader reads."""
    return Department.objects.filter(pk__in=items_read_by(request).values("department"))


class RegisterFilterSet(WagtailFilterSet):
    """Words, item and department; subclasses say where these stand, and add the period."""

    words = django_filters.CharFilter(label=_("Number or words"), method="with_words")
    item = django_filters.ModelChoiceFilter(label=_("Service item"), queryset=items_read_by)
    department = django_filters.ModelChoiceFilter(label=_("Department"), queryset=departments_read_by)

    searched: ClassVar[tuple[str, ...]]
    """The fields in which the words are looked for."""

    def with_words(self, queryset: QuerySet, name: str, words: str) -> QuerySet:
        """Those of which any searched field has the words."""
        wanted, ways = Q(), {words.strip(), unicodedata.normalize("NFKC", words).strip()}
        for field, text in product(self.searched, ways):
            wanted |= Q(**{f"{field}__icontains": text})
        return queryset.filter(wanted)


class Register(ReportView):
    """A register: `rows_for` says what is in it for a person, `HEADINGS` its columns, in order."""

    HEADINGS: ClassVar[dict[str, Any]]
    unit = ""
    """What the register is called in the log of what was taken away."""
    print_note: ClassVar[Any] = ""
    """The rule that the register answers to, below its heading on paper."""

    while_empty: ClassVar[Any] = ""
    """What stands there before anything is in it, and how something comes into it."""

    @property
    def no_results_message(self) -> Any:
        return _("Nothing matches. Take a filter off.") if self.is_filtering else self.while_empty

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not reads_cases(request.user):
            return permission_denied(request)
        self.is_print = "print" in request.GET
        if self.is_print or request.GET.get("export") in ("csv", "xlsx"):
            facts = {"register": self.unit, "asked": _asked(request)}
            record(EXPORTED, person=request.user, facts=facts)
        return super().dispatch(request, *args, **kwargs)

    def rows_for(self, user: Any) -> QuerySet:
        """The rows that the user may read, loaded with what the columns show."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet:
        return self.order_queryset(self.rows_for(self.request.user))

    def get_paginate_by(self, queryset: Any) -> int | None:
        return ON_PAPER if self.is_print else super().get_paginate_by(queryset)

    def get_template_names(self) -> list[str]:
        return ["hall/registers/print.html"] if self.is_print else super().get_template_names()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if self.is_print:
            context |= {"headings": list(self.HEADINGS.values()), "print_note": self.print_note}
            in_all = context["page_obj"].paginator.count
            context |= {"left_out": max(0, in_all - ON_PAPER), "on_paper": ON_PAPER}
            context |= {"title": self.page_title, "printed_at": timezone.now(), "chosen": self._chosen()}
        return context

    def _chosen(self) -> list[str]:
        """What the printed rows were chosen by, in words."""
        form = self.filters.form if self.filters is not None else None
        if form is None or not form.is_valid():
            return []
        told = []
        for name, value in form.cleaned_data.items():
            if isinstance(value, slice):
                value = " – ".join(f"{day:%Y-%m-%d}" for day in (value.start, value.stop) if day)
            if value not in (None, "", []):
                told.append(f"{form.fields[name].label}: {value}")
        return told

    @property
    def header_more_buttons(self) -> list[Button]:
        asked = self.request.GET.copy()
        asked["print"] = "1"
        button = Button(_("Print"), url=f"?{asked.urlencode()}", icon_name="doc-full", priority=10)
        return [*super().header_more_buttons, button]

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Give each row what its columns show, by the columns' names; on paper as a list beside."""
        rows = list(object_list)
        for row in rows:
            for name, shown in self.shown(row).items():
                setattr(row, name, shown)
            row.cells = [getattr(row, name) for name in self.HEADINGS]
        return rows

    def shown(self, row: Any) -> dict[str, Any]:
        """What the columns show of the row."""
        raise NotImplementedError


def _asked(request: HttpRequest) -> str:
    """What was asked for, for the log: that words were looked for and not which, they may name an applicant."""
    asked = request.GET.copy()
    if asked.get("words"):
        asked["words"] = "*"
    return asked.urlencode(safe="*")
