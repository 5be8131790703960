"""The register of secrecy reviews on the screen, on paper and to take away."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button

from intranet.access.rights import NOBODY, Right, answers_for_all, deciding_rights_of
from intranet.audit.recording import record
from intranet.disclosure.admin_doors import names_in_the_audit_log
from intranet.organisation.models import Department, User
from intranet.periods import period
from intranet.publication.models import SecrecyReview
from intranet.publication.secrecy.in_part import told_of

HEADINGS = {
    "shown_moment": _("Concluded at"),
    "shown_title": _("Matter"),
    "department": _("Department"),
    "category.code": _("Category"),
    "get_conclusion_display": _("Conclusion"),
    "shown_basis": _("Basis"),
    "shown_left_out": _("Left out"),
    "shown_reviewer": _("Reviewer"),
    "get_manner_display": _("How"),
    "shown_reason": _("Reason"),
}
ON_PAPER = 2000
"""Reviews on one printed register; a year of a bureau has fewer."""


def sees_register(user: Any) -> bool:
    """Whether the register is anything to the person: the office, and whoever reviews."""
    return answers_for_all(user) or bool(deciding_rights_of(user).get(Right.REVIEW_SECRECY))


def reviews_seen_by(user: User) -> QuerySet[SecrecyReview]:
    """All of them for the office and its reviewers, else those of the departments that the person reviews."""
    reviews = SecrecyReview.objects.select_related("department", "category", "reviewer", "step__acting_for")
    own = deciding_rights_of(user).get(Right.REVIEW_SECRECY, NOBODY)
    if answers_for_all(user) or Department.objects.offices().filter(pk__in=own).exists():
        return reviews
    return reviews.filter(Q(department__in=own) | Q(department__parent__in=own))


class RegisterFilterSet(WagtailFilterSet):
    concluded_at = period(_("Period"))
    department = django_filters.ModelChoiceFilter(label=_("Department"), queryset=Department.objects.all())

    class Meta:
        model = SecrecyReview
        fields = ["conclusion", "basis", "manner"]


class SecrecyRegister(ReportView):
    """Every conclusion, the newest first. A matter that its reader may not know of is a number."""

    model = SecrecyReview
    page_title = _("Register of secrecy reviews")
    header_icon = "key"
    filterset_class = RegisterFilterSet
    default_ordering = ("-concluded_at", "-pk")
    index_url_name = "publication:secrecy_register"
    index_results_url_name = "publication:secrecy_register_results"
    list_export = list(HEADINGS)
    export_headings = HEADINGS
    columns = [
        Column(name, label=HEADINGS[name])
        for name in ("shown_moment", "shown_title", "department", "get_conclusion_display", "shown_basis")
    ] + [Column(name, label=HEADINGS[name]) for name in ("shown_left_out", "shown_reviewer", "shown_reason")]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sees_register(request.user):
            return permission_denied(request)
        self.is_print = "print" in request.GET
        if self.is_print or request.GET.get("export") in ("csv", "xlsx"):
            record("secrecy_register.export", person=request.user, facts={"asked": request.GET.urlencode()})
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[SecrecyReview]:
        return self.order_queryset(reviews_seen_by(self.request.user))

    def get_paginate_by(self, queryset: Any) -> int | None:
        return ON_PAPER if self.is_print else super().get_paginate_by(queryset)

    def get_template_names(self) -> list[str]:
        return ["publication/secrecy/register_print.html"] if self.is_print else super().get_template_names()

    @property
    def header_more_buttons(self) -> list[Button]:
        asked = self.request.GET.copy()
        asked["print"] = "1"
        button = Button(_("Print"), url=f"?{asked.urlencode()}", icon_name="doc-full", priority=10)
        return [*super().header_more_buttons, button]

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        reviews = list(object_list)
        names = names_in_the_audit_log(self.request, [review.matter_id for review in reviews if review.matter_id])
        for review in reviews:
            is_own = review.reviewer_id == self.request.user.pk
            is_named = is_own or review.matter_id in names
            review.shown_title = review.title if is_named else f"№ {review.pk}"
            review.shown_reason = review.reason if is_named else ""
            review.shown_moment = localtime(review.concluded_at).strftime("%Y-%m-%d %H:%M")
            review.shown_basis = " · ".join(
                str(words) for words in (review.get_basis_display(), review.get_third_party_display()) if words
            )
            review.shown_left_out = told_of(review.passages_left_out, review.files_left_out)
            review.shown_reviewer = _reviewer(review)
        return reviews

    def get_filename(self) -> str:
        return "secrecy-reviews"


def _reviewer(review: SecrecyReview) -> str:
    absent = review.step.acting_for if review.step else None
    reviewer = str(review.reviewer or "")
    return str(_("%(person)s for %(absent)s") % {"person": reviewer, "absent": absent}) if absent else reviewer
