"""What the office is told: which words were asked, and what came of it. Words and numbers, nothing else."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from intranet.access.rights import answers_for_all
from intranet.audit.recording import record
from intranet.periods import period
from search.addresses import search_address
from search.curation.keepers import keeps_search
from search.curation.models import QueryRule, Synonyms
from search.demand.masking import in_words
from search.demand.models import STEPS, Asking, Verdict

Row = dict[str, Any]


def address_of(row: Row) -> str | None:
    """The search itself; None where its words are not whole."""
    return None if row["is_masked"] else search_address(row["text"])


def results_in_words(row: Row) -> str:
    """The step of the number of results: 0, 1–10, 11–100, …"""
    first = row["results"]
    if not first:
        return "0"
    next_step = min((step for step in STEPS if step > first), default=None)
    return f"{first}–{next_step - 1}" if next_step else f"{first}+"


HEADINGS = {
    "text": _("Words"),
    "asked": _("Asked"),
    "results": _("Results"),
    "opened": _("Opened"),
    "asked_anew": _("Asked anew"),
    "abandoned": _("Abandoned"),
    "helpful": _("Helpful"),
    "unhelpful": _("Not helpful"),
    "words": _("Words left"),
    "last_asked": _("Last asked"),
}


def words_column() -> TitleColumn:
    return TitleColumn(
        "text",
        label=HEADINGS["text"],
        accessor=lambda row: in_words(row["text"]),
        get_url=address_of,
        sort_key="text",
    )


def results_column() -> Column:
    return Column("results", label=HEADINGS["results"], accessor=results_in_words, sort_key="results")


def number_column(name: str) -> NumberColumn:
    return NumberColumn(name, label=HEADINGS[name], sort_key=name)


class MendingColumn(Column):
    """Where to go from words without result: to a synonym or a pin that begins with them."""

    cell_template_name = "search/demand/mending_cell.html"

    def get_cell_context_data(self, instance: Row, parent_context: dict[str, Any]) -> dict[str, Any]:
        ways = []
        if not instance["is_masked"] and keeps_search(parent_context["request"].user):
            asked = urlencode({"asked": instance["text"]})
            for label, model in ((_("Add a synonym"), Synonyms), (_("Pin a matter"), QueryRule)):
                address = reverse(model.snippet_viewset.get_url_name("add"))
                ways.append((label, f"{address}?{asked}"))
        return {**super().get_cell_context_data(instance, parent_context), "ways": ways}


class AskingFilterSet(WagtailFilterSet):
    asked_at = period(_("Period"))
    side = django_filters.ChoiceFilter(label=_("Side"), choices=Asking.Side.choices)
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.CONTENT_LANGUAGES)

    class Meta:
        model = Asking
        fields: list[str] = []


class DemandReport(ReportView):
    """A report of words that were asked, filtered before they are counted."""

    model = Asking
    filterset_class = AskingFilterSet
    header_icon = "search"
    export_headings = HEADINGS
    slug: str = ""
    empty: str | Promise = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not answers_for_all(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def count(self, rows: QuerySet) -> QuerySet:
        """The lines of the report."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet:
        return self.order_queryset(self.count(self.filter_queryset(Asking.objects.all()).by_words()))

    def get_filtered_queryset(self) -> QuerySet:
        return self.get_queryset()

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return super().order_queryset(queryset).order_by(self.ordering, "text")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """The lines are changed where they are: the table holds them already."""
        if self.is_export:
            record("search_demand.export", person=self.request.user, facts={"report": self.slug})
            for row in object_list:
                row |= {"text": in_words(row["text"]), "results": results_in_words(row)}
        return object_list

    def get_index_url(self) -> str:
        return reverse(f"demand:{self.slug}")

    def get_index_results_url(self) -> str:
        return reverse(f"demand:{self.slug}_results")

    def get_filename(self) -> str:
        return f"searches-{self.slug}"

    @cached_property
    def no_results_message(self) -> str | Promise:
        if self.is_filtering:
            return _("No search in this period, on this side, in this language. Take a filter off.")
        return self.empty


class MostAsked(DemandReport):
    slug = "most_asked"
    page_title = _("Most asked")
    empty = _("Nobody has searched yet. Searches of the last 90 days are counted here as they come.")
    default_ordering = "-asked"
    columns = [
        words_column(),
        number_column("asked"),
        results_column(),
        number_column("opened"),
        number_column("asked_anew"),
        number_column("abandoned"),
    ]
    list_export = ["text", "asked", "results", "opened", "asked_anew", "abandoned"]

    def count(self, rows: QuerySet) -> QuerySet:
        return rows


class WithoutResult(DemandReport):
    slug = "without_result"
    page_title = _("Asked without result")
    empty = _("Every search of the last 90 days had results. Look at what was abandoned instead.")
    default_ordering = "-asked"
    columns = [
        words_column(),
        number_column("asked"),
        number_column("asked_anew"),
        DateColumn("last_asked", label=HEADINGS["last_asked"], sort_key="last_asked"),
        MendingColumn("ways", label=_("Mend")),
    ]
    list_export = ["text", "asked", "asked_anew", "last_asked"]

    def count(self, rows: QuerySet) -> QuerySet:
        return rows.filter(results_from=0)


class Abandoned(DemandReport):
    slug = "abandoned"
    page_title = _("Abandoned searches")
    empty = _(
        "No search of the last 90 days was abandoned: a result was opened, or other words were tried. "
        "Searches of this hour are not counted yet."
    )
    default_ordering = "-abandoned"
    columns = [
        words_column(),
        number_column("abandoned"),
        number_column("asked"),
        results_column(),
    ]
    list_export = ["text", "abandoned", "asked", "results"]

    def count(self, rows: QuerySet) -> QuerySet:
        return rows.filter(abandoned__gt=0)


class LeastHelpful(DemandReport):
    slug = "least_helpful"
    page_title = _("Least helpful")
    empty = _("Nobody has answered “no” to “Was this helpful?” yet. The question stands below every page of results.")
    default_ordering = "-unhelpful"
    columns = [
        words_column(),
        number_column("unhelpful"),
        number_column("helpful"),
        Column("words", label=HEADINGS["words"], accessor=lambda row: " · ".join(row["words"])),
    ]
    list_export = ["text", "unhelpful", "helpful", "words"]

    def count(self, rows: QuerySet) -> QuerySet:
        return rows.filter(unhelpful__gt=0)

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        said = self.filter_queryset(Asking.objects.filter(text__in={row["text"] for row in object_list}))
        left: dict[str, list[str]] = defaultdict(list)
        verdicts = Verdict.objects.filter(asking__in=said).exclude(words="").order_by("-pk")
        for text, words in verdicts.values_list("asking__text", "words"):
            left[text].append(in_words(words))
        for row in object_list:
            row["words"] = left[row["text"]]
        return super().decorate_paginated_queryset(object_list)


REPORTS = (MostAsked, WithoutResult, Abandoned, LeastHelpful)
