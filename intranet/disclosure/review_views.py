"""The office's access review: a report of shares and audiences, and ending several shares at once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from intranet.access.explaining import label_of
from intranet.access.models import Share, ShareQuerySet
from intranet.access.rights import answers_for_all
from intranet.access.sharing import end
from intranet.audit.recording import record
from intranet.disclosure import access_review
from intranet.disclosure.access_review import Wide
from intranet.disclosure.admin_doors import names_in_the_audit_log
from intranet.disclosure.models import MatterPage
from intranet.disclosure.sharing_views import may_share

SHOWN = 100
"""Lines of a list on the screen; the table to take away has them all."""

LONGEST_KEY = 18
"""Digits of a primary key that any database takes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A share or a matter in the review. What the reader may not know of has a number and no more."""

    kind: str
    matter: str
    address: str = ""
    category: str = ""
    department: str = ""
    audience: str = ""
    reader: str = ""
    until: Any = None
    reason: str = ""
    named_by: str = ""
    measure: str = ""
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One list of the review."""

    name: str
    heading: str
    advice: str
    empty: str
    lines: list[Line]
    number: int


HEADINGS = {
    "kind": gettext_lazy("List"),
    "matter": gettext_lazy("Matter"),
    "category": gettext_lazy("Category"),
    "department": gettext_lazy("Department"),
    "audience": gettext_lazy("Audience"),
    "reader": gettext_lazy("Reader"),
    "until": gettext_lazy("Until"),
    "reason": gettext_lazy("Reason"),
    "named_by": gettext_lazy("Named by"),
    "measure": gettext_lazy("Measure"),
}


class AccessReview(SpreadsheetExportMixin, TemplateView):
    """Shares about to end, of people who left, without an end; matters wider than usual."""

    template_name = "disclosure/admin/access_review.html"
    list_export = list(HEADINGS)
    export_headings = HEADINGS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not answers_for_all(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.is_export:
            record("access_review.export", person=request.user, facts={"asked": request.GET.urlencode()})
            lines = [line for part in self.parts(limit=None) for line in part.lines]
            return self.as_spreadsheet(lines, request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "parts": self.parts(limit=SHOWN), "shown": SHOWN}

    def get_filename(self) -> str:
        return "access-review"

    def parts(self, *, limit: int | None) -> list[Part]:
        """The four lists with at most this many lines each."""
        lists: list[tuple[str, str, str, str, ShareQuerySet]] = [
            (
                "ending",
                _("Shares about to end"),
                _("They end within 14 days. Who still needs one has its last day changed by the matter's department."),
                _("No share ends within 14 days."),
                access_review.about_to_end(),
            ),
            (
                "left",
                _("Shares of people who left"),
                _("The account is closed or holds no post: the share gives nothing now, but would if they came back."),
                _("Every person named holds a post."),
                access_review.of_people_who_left(),
            ),
            (
                "endless",
                _("Shares without an end"),
                _("Ask the department for a last day, or end those that nobody needs."),
                _("Every share has a last day."),
                access_review.without_end(),
            ),
        ]
        found = []
        for name, heading, advice, empty, shares in lists:
            chosen = list(shares[:limit])
            lines = list(share_lines(self.request, chosen, kind=heading))
            number = shares.count() if len(chosen) == limit else len(chosen)
            found.append(Part(name, heading, advice, empty, lines, number))
        return [*found, self._wide(limit)]

    def _wide(self, limit: int | None) -> Part:
        wide, number = access_review.wider_than_usual(limit)
        heading = _("Matters wider than usual")
        advice = _(
            "Of the live matters of their category, more than half are for a narrower audience. Compared is what "
            "counts today; a category with fewer than 5 live matters has nothing usual. Ask the department whether it "
            "is meant."
        )
        empty = _("No matter is for a wider audience than most of its category.")
        lines = list(wide_lines(self.request, wide, kind=heading))
        return Part("wide", heading, advice, empty, lines, number)


@require_POST
def end_several(request: HttpRequest) -> HttpResponse:
    """List the chosen shares, and once that is confirmed, end each of them."""
    if not answers_for_all(request.user):
        return permission_denied(request)
    keys = [int(key) for key in request.POST.getlist("share") if key.isdecimal() and len(key) <= LONGEST_KEY]
    chosen = list(access_review.shares_in_force().filter(pk__in=keys))
    if not chosen:
        messages.warning(request, _("Choose at least one share that is not over."))
        return redirect("disclosure:access_review")
    if "confirmed" not in request.POST:
        context = {"lines": list(share_lines(request, chosen, kind=""))}
        return render(request, "disclosure/admin/end_shares.html", context)
    by: Any = request.user
    number = sum(end(share, by=by) for share in chosen)
    messages.success(
        request,
        ngettext("%(number)s share ended.", "%(number)s shares ended.", number) % {"number": number},
    )
    return redirect("disclosure:access_review")


def share_lines(request: HttpRequest, shares: Collection[Share], *, kind: str) -> Iterator[Line]:
    """The shares as the reader may be told of them: of a matter that is not theirs to know, no reason either."""
    keys = {share.object_id for share in shares}
    matters = MatterPage.objects.select_related("category", "department").defer("body").in_bulk(list(keys))
    names = names_in_the_audit_log(request, keys)
    for share in shares:
        matter, name = matters.get(share.object_id), names.get(share.object_id)
        yield Line(
            kind=kind,
            matter=name or numbered(share.object_id),
            address=_address(request, matter) if matter and name else "",
            category=matter.category.code if matter else "",
            department=str(matter.department) if matter else "",
            audience=label_of(matter.visibility) if matter else "",
            reader=str(share.holder),
            until=share.until or _("without an end"),
            reason=share.shown_reason if name else "",
            named_by=str(share.granted_by or ""),
            share=share.pk,
        )


def wide_lines(request: HttpRequest, wide: Collection[Wide], *, kind: str) -> Iterator[Line]:
    names = names_in_the_audit_log(request, [found.matter.pk for found in wide])
    for found in wide:
        name = names.get(found.matter.pk)
        yield Line(
            kind=kind,
            matter=name or numbered(found.matter.pk),
            address=_address(request, found.matter) if name else "",
            category=found.matter.category.code,
            department=str(found.matter.department),
            audience=label_of(found.audience),
            measure=_("%(narrower)s of %(among)s are narrower") % {"narrower": found.narrower, "among": found.among},
        )


def numbered(pk: int) -> str:
    """A matter that the reader may not know of."""
    return f"№ {pk}"


def _address(request: HttpRequest, matter: MatterPage) -> str:
    """The sharing panel for who names its readers, else the matter itself where it can be read."""
    if may_share(request.user, matter):
        return reverse("disclosure:sharing", args=[matter.pk])
    return matter.url or "" if matter.is_disclosed else ""
