"""The rights table in the admin, and the question before a post is saved."""

from collections.abc import Iterator
from copy import copy
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from intranet.access.post_effects import change_by
from intranet.access.rights import Right, answers_for_all, works_at_the_desk
from intranet.access.rights_table import LABELS, Holding, rights_table
from intranet.audit.recording import record
from intranet.organisation.models import Department, Post

A_PAGE = 100
"""Holdings on a page."""
CONFIRMED = "effect_confirmed"


class RightsFilterForm(forms.Form):
    person = forms.CharField(label=_("Person"), required=False)
    department: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.all(), required=False
    )
    right = forms.ChoiceField(label=_("What they may do"), choices=[("", "—"), *LABELS.items()], required=False)
    on = forms.DateField(label=_("On the day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def keeps(self, holding: Holding) -> bool:
        """Whether the holding is one that was asked for."""
        asked = self.cleaned_data
        name = f"{holding.person} {holding.person.get_username()}"
        return (
            asked.get("person", "").strip().lower() in name.lower()
            and asked.get("department") in (None, holding.department)
            and (not asked.get("right") or asked["right"] in holding.rights)
        )


class RightsTable(SpreadsheetExportMixin, TemplateView):
    """Who may do what today, or on another day: all of it for the office, the own rights for everybody else."""

    template_name = "access/rights_table.html"
    list_export = ["person", "username", "department", "right", "source", "since", "until", "by", "why"]
    export_headings = {
        "person": _("Person"),
        "username": _("Account"),
        "department": _("Department"),
        "right": _("What they may do"),
        "source": _("From"),
        "since": _("Since"),
        "until": _("Until"),
        "by": _("Entered by"),
        "why": _("Why"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not works_at_the_desk(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RightsFilterForm(request.GET or None)
        is_asked = form.is_bound and form.is_valid()
        whose = None if answers_for_all(request.user) else [request.user.pk]
        holdings = rights_table(form.cleaned_data.get("on") if is_asked else None, people=whose)  # type: ignore[arg-type]
        if is_asked:
            holdings = [holding for holding in holdings if form.keeps(holding)]
        if request.GET.get("export") in self.FORMATS:
            record("rights.export", person=request.user, facts={"asked": request.GET.urlencode()})
            return self.as_spreadsheet(list(_lines(holdings)), request.GET["export"])
        page = Paginator(holdings, A_PAGE).get_page(request.GET.get("p"))
        asked = request.GET.copy()
        asked.pop("p", None)
        context = {
            "form": form,
            "page": page,
            "rights": [(str(right), label) for right, label in LABELS.items()],
            "sees_all": whose is None,
            "asked": asked.urlencode(),
        }
        return self.render_to_response(self.get_context_data(**context))

    def get_filename(self) -> str:
        return "rights"


def _lines(holdings: list[Holding]) -> Iterator[dict[str, Any]]:
    """A line for each person, department and right."""
    for holding in holdings:
        held: list[Right | None] = [right for right in Right if right in holding.rights]
        for right in held or [None]:
            yield {
                "person": str(holding.person),
                "username": holding.person.get_username(),
                "department": holding.department.name if holding.department else "",
                "right": str(LABELS[right]) if right else "",
                "source": holding.source.value,
                "since": holding.since,
                "until": holding.until,
                "by": holding.by,
                "why": holding.why,
            }


class PostForm(forms.ModelForm):
    """What the editor of posts asks, read once more to say what it would change."""

    class Meta:
        model = Post
        fields = ("person", "department", "kind", "starts_on", "ends_on")


def ask_before_saving(request: HttpRequest, post: Post | None) -> HttpResponse | None:
    """Show what saving the post changes, and go on once that was confirmed; what is not valid goes on to be told."""
    if request.method != "POST" or CONFIRMED in request.POST:
        return None
    before = Post.objects.select_related("person", "department").get(pk=post.pk) if post is not None else None
    form = PostForm(request.POST, instance=copy(post) if post is not None else None)
    if not form.is_valid():
        return None
    after = form.save(commit=False)
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {"post": after, "change": change_by(after, before), "fields": fields, "confirmed": CONFIRMED}
    return render(request, "access/post_change.html", context)
