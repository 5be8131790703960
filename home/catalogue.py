"""The catalogue with what of it a reader may read."""

from dataclasses import dataclass

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.listing import page_of
from intranet.access.tokens import STAFF, AnyUser, tokens_of
from intranet.disclosure.models import Category, MatterPage, Side
from intranet.organisation.models import Department
from search.query import storable
from search.views import mark_private


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category with the number of its matters that this reader may read."""

    category: Category
    count: int

    @property
    def url(self) -> str:
        return reverse("catalogue:category", args=[self.category.code])


def catalogue_rows(user: AnyUser) -> dict[str, list[CategoryRow]]:
    """The categories of both sides with counts for this reader, in two queries."""
    readable = MatterPage.objects.readable_by(user).order_by()
    counts = dict(readable.values_list("category").annotate(Count("pk")))
    rows: dict[str, list[CategoryRow]] = {side: [] for side in Side.values}
    for category in Category.objects.all():
        rows[category.side].append(CategoryRow(category, counts.get(category.pk, 0)))
    return rows


def is_of_the_bureau(user: AnyUser) -> bool:
    """Whether the reader belongs to the bureau today, and so sees that there is an internal side."""
    return STAFF in tokens_of(user)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = catalogue_rows(request.user)
    context = {
        "external": rows[Side.EXTERNAL],
        "internal": rows[Side.INTERNAL],
        "is_cadre": is_of_the_bureau(request.user),
    }
    return mark_private(request, render(request, "catalogue/index.html", context))


@require_safe
def category(request: HttpRequest, code: str) -> HttpResponse:
    """A category's matters; an internal one is nobody's outside the bureau, name and terms included."""
    found = get_object_or_404(Category, code=code.upper())
    if found.side == Side.INTERNAL and not is_of_the_bureau(request.user):
        raise Http404
    matters = MatterPage.objects.readable_by(request.user).in_category(found.code)
    department = _department(request.GET.get("department", ""))
    if department:
        matters = matters.of_department(department.code)
    context = {
        "category": found,
        "terms": found.terms_on(),
        "department": department,
        "trail": [(_("Catalogue"), reverse("catalogue:index"))],
        **page_of(request, matters),
    }
    return mark_private(request, render(request, "catalogue/category.html", context))


def _department(code: str) -> Department | None:
    return get_object_or_404(Department, code=storable(code)) if code else None
