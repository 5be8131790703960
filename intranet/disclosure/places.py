"""Categories and departments as places of the search: who can open their page may be led there."""

from collections.abc import Iterator

from django.urls import reverse

from intranet.access.tokens import STAFF, AnyUser, tokens_of
from intranet.disclosure.models import Category, Side
from intranet.organisation.models import Department
from search.adapters import Place, register_places


@register_places
def categories(user: AnyUser | None) -> Iterator[Place]:
    """The categories of the catalogue; internal ones are nobody's outside the bureau, names included."""
    found = Category.objects.select_related("responsible_department")
    for category in found if STAFF in tokens_of(user) else found.filter(side=Side.EXTERNAL):
        answers = category.responsible_department
        yield Place(
            kind="category",
            value=category.code,
            text=category.name,
            url=reverse("catalogue:category", args=[category.code]),
            names=(category.name_zh, category.name_bo, category.name_en),
            answers=answers.code if answers else "",
        )


@register_places
def departments(user: AnyUser | None) -> Iterator[Place]:
    """Every department: what they are and how to reach them is public."""
    for department in Department.objects.all():
        yield Place(
            kind="department",
            value=department.code,
            text=department.name,
            url=reverse("departments:detail", args=[department.code]),
            names=(department.name_zh, department.name_bo, department.name_en),
            phone=department.phone,
            answers=department.code,
            is_office=department.kind == Department.Kind.LEADING_GROUP_OFFICE,
        )
